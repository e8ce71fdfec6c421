"""What the track record needs from the warehouse."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.suggestion import Kind
from core.campaigns.periods import Span

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CampaignSeries:
    """Days of the campaigns asked for, and of all others together; money in one currency.

    ``spend`` is (T, C) in the order of ``campaign_ids``; ``revenue`` and ``conversions`` (T,)
    are sums over these campaigns, NaN on days on which one that spent did not report them.
    ``others`` is what the other campaigns reported as revenue.
    """

    first_day: date
    campaign_ids: tuple[int, ...]
    spend: Floats = field(repr=False)
    attributed: Floats = field(repr=False)
    revenue: Floats = field(repr=False)
    conversions: Floats = field(repr=False)
    others: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class BusinessSeries:
    """Days of the whole business, NaN where none is told: revenue (T,), controls by name."""

    revenue: Floats = field(repr=False)
    controls: Mapping[str, Floats] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class CampaignKey:
    """How a campaign is called, and under which keys its platform knows it."""

    campaign_id: int
    name: str
    platform: str
    account_id: str | None
    external_id: str | None
    campaign_type: str | None
    is_sample: bool


class TrackFigures(Protocol):
    """What the platforms and the business reported, by day."""

    def last_day(self, currency: str, campaign_ids: Collection[int] | None) -> date | None:
        """The last day with a row of these campaigns; ``None`` where there is none."""

    def campaigns(self, campaign_ids: Collection[int]) -> Sequence[CampaignKey]:
        """Keys of campaigns, in the order of their ids."""

    def series(
        self, currency: str, span: Span, campaign_ids: Collection[int] | None
    ) -> CampaignSeries:
        """Days of the span, without gaps; ``None`` for all campaigns."""

    def business(self, currency: str, span: Span) -> BusinessSeries | None:
        """The business over the same days; ``None`` where none is told day by day."""

    def parts(self, kind: Kind, currency: str, span: Span) -> Mapping[tuple[int, int], float]:
        """What each campaign gave to its part: (campaign, part) to impressions or spend."""
