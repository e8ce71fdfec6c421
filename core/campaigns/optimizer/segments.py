"""Segments over all campaigns: the plain figure beside the one from within campaigns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.evidence import PartCounts, of_campaigns
from core.campaigns.optimizer import dispersion, segment_rates
from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.segment_rates import Cells, Rates
from core.campaigns.optimizer.worth import weekly


@dataclass(frozen=True, slots=True)
class Segment:
    """An audience by name. Multiples are conversions per spend against the average's.

    ``plain`` adds up all campaigns; ``within``, with its 90% interval, compares inside the same
    campaigns. ``campaigns`` counts where it occurs, ``compared`` where another does too.
    """

    name: str
    campaigns: int
    compared: int
    plain: float
    within: float
    p05: float
    p95: float


def rates_of(parts: Sequence[PartCounts], rng: np.random.Generator) -> Rates:
    """Draws of conversions per unit of spend of each part, and of the segments by their names."""
    campaigns, _ = _numbers([part.campaign_id for part in parts])
    segments, _ = _numbers([_key(part) for part in parts])
    phi = {key: _dispersion(group) for key, group in of_campaigns(parts).items()}
    divisor = np.array([phi[part.campaign_id] for part in parts])
    totals = [part.total(reporting="conversions") for part in parts]
    conversions = np.array([max(total.conversions or 0.0, 0.0) for total in totals])
    spend = np.array([total.spend for total in totals])
    cells = Cells(campaigns, segments, conversions / divisor, spend / divisor)
    return segment_rates.fit(cells, rng)


def describe(parts: Sequence[PartCounts], rates: Rates) -> list[Segment]:
    """Every segment, those with most spend first."""
    numbers, keys = _numbers([_key(part) for part in parts])
    totals = [part.total(reporting="conversions") for part in parts]
    spend = np.bincount(numbers, [total.spend for total in totals])
    conversions = np.bincount(numbers, [max(total.conversions or 0.0, 0.0) for total in totals])
    multiples = np.exp(rates.segments)
    multiples = multiples / (multiples @ (spend / spend.sum()))[:, None]
    low, high = np.quantile(multiples, (0.05, 0.95), axis=0)
    average = conversions.sum() / spend.sum()
    names = {_key(part): part.name for part in parts}
    sizes = {key: len(group) for key, group in of_campaigns(parts).items()}
    found = []
    for i in np.argsort(-spend, kind="stable"):
        mine = [part.campaign_id for part in parts if _key(part) == keys[i]]
        found.append(
            Segment(
                name=names[keys[i]],
                campaigns=len(set(mine)),
                compared=len({campaign for campaign in mine if sizes[campaign] > 1}),
                plain=float(conversions[i] / spend[i] / average),
                within=float(multiples[:, i].mean()),
                p05=float(low[i]),
                p95=float(high[i]),
            )
        )
    return found


def _key(part: PartCounts) -> str:
    return " ".join(part.name.split()).casefold()


def _numbers(keys: Sequence[object]) -> tuple[NDArray[np.int64], list[object]]:
    """Each key's number in order of appearance, and the keys by number."""
    order = list(dict.fromkeys(keys))
    position = {key: number for number, key in enumerate(order)}
    return np.array([position[key] for key in keys]), order


def _dispersion(group: Sequence[PartCounts]) -> float:
    conversions: Floats = weekly(group, "conversions", "conversions")
    return dispersion.of_counts(conversions, weekly(group, "spend", "conversions"))
