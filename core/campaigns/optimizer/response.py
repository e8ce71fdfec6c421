"""What spend is expected to bring: draws of each campaign's response, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ResponseDraws:
    """S joint draws of what C campaigns bring over the next horizon and eight periods after.

    ``spend`` (C,) is the current spend over a horizon; ``multiples`` (J,) of it, rising from
    0, at which ``revenue`` (S, C, J) holds the incremental revenue. ``roi`` (S, C) is that
    of the whole history. ``seen_most`` (C,) is the largest multiple that stays near spend
    that was seen. ``noise`` is how far total revenue strays from what is expected in one
    period of ``period_days``, None where no outcome was given; ``outcome_believed`` is False
    where it said more of advertising than can be, and was left out. Money is in ``currency``.
    """

    campaign_ids: Sequence[str]
    names: Sequence[str]
    types: Sequence[str]
    currency: str
    horizon_days: int
    spend: Floats
    multiples: Floats
    seen_most: Floats
    revenue: Floats = field(repr=False)
    roi: Floats = field(repr=False)
    period_days: int = 1
    noise: float | None = None
    outcome_believed: bool = True

    def at(self, multiples: Floats) -> Floats:
        """Revenue (S, C) where each campaign spends its own multiple (C,)."""
        place = np.clip(np.searchsorted(self.multiples, multiples) - 1, 0, len(self.multiples) - 2)
        low, high = self.multiples[place], self.multiples[place + 1]
        share = (multiples - low) / (high - low)
        each = np.arange(len(place))
        answer: Floats = (1 - share) * self.revenue[:, each, place] + share * self.revenue[
            :, each, place + 1
        ]
        return answer

    def uplift(self, multiples: Floats) -> Floats:
        """Gain (S,) of a plan over today's, as a share of today's incremental revenue."""
        now = self.at(np.ones(len(self.spend))).sum(axis=1)
        gain: Floats = self.at(multiples).sum(axis=1) / np.maximum(now, 1e-12) - 1
        return gain

    def only(self, kept: Sequence[int]) -> "ResponseDraws":
        """The draws of some campaigns, by their numbers."""
        if len(kept) == len(self.campaign_ids):
            return self
        return replace(
            self,
            campaign_ids=tuple(self.campaign_ids[c] for c in kept),
            names=tuple(self.names[c] for c in kept),
            types=tuple(self.types[c] for c in kept),
            spend=self.spend[kept],
            seen_most=self.seen_most[kept],
            revenue=self.revenue[:, kept],
            roi=self.roi[:, kept],
        )
