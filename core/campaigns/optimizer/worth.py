"""What parts of one campaign bring: draws of conversions and revenue for each unit put in.

Conversions come by a partially pooled Beta-Binomial (through clicks where they tell more),
revenue per conversion by a Gamma; both after division by their dispersion over the weeks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from core.campaigns.evidence import PartCounts
from core.campaigns.optimizer import dispersion, pooling
from core.campaigns.optimizer.pooling import Floats

_FEWEST_TRIALS = 1.0


class Target(StrEnum):
    """What is to be had more of."""

    REVENUE = "revenue"
    CONVERSIONS = "conversions"


def lately(parts: Sequence[PartCounts], weeks: int) -> list[PartCounts]:
    """The same parts with their last ``weeks`` weeks only."""
    return [
        replace(part, weeks=tuple(week for week in part.weeks if week.ago < weeks))
        for part in parts
    ]


def tells_revenue(parts: Sequence[PartCounts]) -> bool:
    """Whether revenue can be compared: reported, and above zero wherever something converted."""
    totals = [part.total(reporting="revenue") for part in parts]
    sums = [(t.revenue or 0.0, t.conversions or 0.0) for t in totals]
    return any(revenue > 0 for revenue, _ in sums) and all(
        revenue > 0 if conversions > 0 else revenue == 0 for revenue, conversions in sums
    )


def target_of(groups: Iterable[Sequence[PartCounts]], fewest_conversions: int) -> Target:
    """Revenue, wherever one campaign with enough conversions tells it for all its parts."""
    for group in groups:
        conversions = sum(part.total().conversions or 0.0 for part in group)
        if conversions >= fewest_conversions and tells_revenue(group):
            return Target.REVENUE
    return Target.CONVERSIONS


def per_impression(parts: Sequence[PartCounts], target: Target, rng: np.random.Generator) -> Floats:
    """Draws of what one impression of each part brings, ``(DRAWS, parts)``; never all zero."""
    shown = weekly(parts, "impressions", "conversions")
    clicked = weekly(parts, "clicks", "conversions")
    converted = weekly(parts, "conversions", "conversions")
    if bool((clicked.sum(axis=1) < converted.sum(axis=1)).any()):
        draws = _rates(converted, shown, rng)  # conversions after a view, without a click
    else:
        draws = _rates(clicked, shown, rng) * _rates(converted, clicked, rng)
    return draws if target is Target.CONVERSIONS else draws * values(parts, rng)


def _rates(successes: Floats, trials: Floats, rng: np.random.Generator) -> Floats:
    """Draws of pooled rates from ``(parts, weeks)``, with the dispersion taken out."""
    phi = dispersion.of_counts(successes, trials)
    happened = successes.sum(axis=1) / phi
    tried = np.maximum(trials.sum(axis=1) / phi, np.maximum(happened, _FEWEST_TRIALS))
    return pooling.rates(happened, tried, rng)


def values(parts: Sequence[PartCounts], rng: np.random.Generator) -> Floats:
    """Draws of the revenue of one conversion of each part; needs :func:`tells_revenue`."""
    revenue = weekly(parts, "revenue", "revenue")
    conversions = weekly(parts, "conversions", "revenue")
    shape = dispersion.shape_of_amounts(revenue, conversions)
    return pooling.values(revenue.sum(axis=1), conversions.sum(axis=1), shape, rng)


def weekly(parts: Sequence[PartCounts], figure: str, reporting: str) -> Floats:
    """A figure by part and week, ``(parts, weeks)``, of the rows that report another one."""
    count = 1 + max((week.ago for part in parts for week in part.weeks), default=0)
    table = np.zeros((len(parts), count))
    for row, part in enumerate(parts):
        for week in part.weeks:
            if getattr(week.counts, reporting) is not None:
                table[row, week.ago] += getattr(week.counts, figure) or 0.0
    return np.maximum(table, 0.0) if figure != "revenue" else table
