"""One campaign's response as it is drawn: a line, its doubt, and the points it stands at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.campaigns.optimizer.budget import Interval
from core.campaigns.optimizer.response import ResponseDraws


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a spend over the horizon is expected to bring, in money with its 90% interval."""

    spend: float
    revenue: Interval


@dataclass(frozen=True, slots=True)
class Curve:
    """Points from no spend upwards, with today's and the suggested one.

    ``seen_most`` is the spend up to which the history tells; beyond it the curve is a guess.
    """

    name: str
    points: Sequence[CurvePoint]
    now: CurvePoint
    then: CurvePoint
    seen_most: float


def curve_of(draws: ResponseDraws, campaign: int, multiple: float) -> Curve:
    """The curve of a campaign by its number, with the point at ``multiple`` of its spend."""
    revenue = draws.revenue[:, campaign]
    low, high = np.quantile(revenue, (0.05, 0.95), axis=0)
    spends = draws.multiples * draws.spend[campaign]
    found = zip(spends, revenue.mean(axis=0), low, high, strict=True)
    return Curve(
        draws.names[campaign],
        tuple(CurvePoint(float(one), Interval(*map(float, told))) for one, *told in found),
        point(draws, campaign, 1.0),
        point(draws, campaign, multiple),
        float(draws.seen_most[campaign] * draws.spend[campaign]),
    )


def point(draws: ResponseDraws, campaign: int, multiple: float) -> CurvePoint:
    """What a campaign brings at a multiple of its spend."""
    multiples = np.ones(len(draws.spend))
    multiples[campaign] = multiple
    revenue = Interval.of(draws.at(multiples)[:, campaign])
    return CurvePoint(multiple * float(draws.spend[campaign]), revenue)


def next_unit(draws: ResponseDraws) -> list[Interval]:
    """What one more unit of money brings in each campaign, at today's spend."""
    step = 0.05
    ones = np.ones(len(draws.spend))
    gain = draws.at(ones + step) - draws.at(ones - step)
    each = gain / np.maximum(2 * step * draws.spend, 1e-12)
    return [Interval.of(each[:, c]) for c in range(len(draws.spend))]
