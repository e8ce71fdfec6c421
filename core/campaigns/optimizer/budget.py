"""The budget optimizer: from draws of what spend brings to the plan that is best, and how sure.

The plan and what is claimed for it come from the same draws, so what the data leaves open
widens the interval and draws the claim in. A cautious reader may ask for the plan whose bad
tenth is best instead of the one that is best on average.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.allocation import Bounds, allocate
from core.campaigns.optimizer.limits import BudgetLimits, bounds
from core.campaigns.optimizer.response import ResponseDraws

Floats = NDArray[np.float64]

_AVERSIONS = (0.5, 1.0, 2.0, 4.0)  # spreads of a campaign's own gain that are taken off
_SHARES_OF_THE_WAY = (0.15, 0.3, 0.5, 0.7, 0.85)  # from today's plan to another
_NEAR = 2e-3  # of a campaign's spend: a plan this near a limit is held by it


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 90% interval."""

    mean: float
    p05: float
    p95: float

    @classmethod
    def of(cls, draws: Floats) -> "Interval":
        """That of S draws."""
        low, high = np.quantile(draws, (0.05, 0.95))
        return cls(float(draws.mean()), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that keeps the plan from being better: which, and of which campaign or type."""

    limit: str
    of: str


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """Spend of each campaign over the horizon (C,), its expected gain, and what holds it back."""

    spend: Floats
    multiples: Floats
    uplift: Interval
    p_gain: float
    binding: tuple[Binding, ...]

    def as_dict(self, draws: ResponseDraws) -> dict[str, Any]:
        """The plan as plain values, in the campaigns' order."""
        allocation = [
            {"campaign_id": name, "current_spend": float(now), "suggested_spend": float(then)}
            for name, now, then in zip(draws.campaign_ids, draws.spend, self.spend, strict=True)
        ]
        gain = self.uplift
        return {
            "allocation": allocation,
            "expected_uplift": {
                "mean": gain.mean,
                "p05": gain.p05,
                "p95": gain.p95,
                "p_gain": self.p_gain,
            },
            "binding": [{"limit": one.limit, "of": one.of} for one in self.binding],
        }


def best_plan(draws: ResponseDraws, limits: BudgetLimits) -> BudgetPlan:
    """The plan with the best outcome within the limits, weighed by the caution asked for."""
    room = bounds(draws, limits)
    now = draws.at(np.ones(len(draws.spend))).sum(axis=1)
    share = draws.revenue / np.maximum(now, 1e-12)[:, None, None]
    spends = draws.multiples[None, :] * draws.spend[:, None]
    plans = [allocate(spends, share.mean(axis=0), room)]
    if _is_allowed(draws.spend, room):
        plans.append(draws.spend)  # a plan is never worse than today's for want of exactness
    if limits.caution > 0:
        plans += _more_careful(draws, share, spends, room, plans[0])
    worth = [_worth(draws, plan, limits.caution) for plan in plans]
    return judged(draws, plans[int(np.argmax(worth))], room, limits)


def judged(draws: ResponseDraws, spend: Floats, room: Bounds, limits: BudgetLimits) -> BudgetPlan:
    """A plan with what is expected of it and the limits it touches."""
    multiples = _multiples(draws, spend)
    gains = draws.uplift(multiples)
    return BudgetPlan(
        spend,
        multiples,
        Interval.of(gains),
        float((gains > 0).mean()),
        _binding(draws, spend, room, limits),
    )


def _more_careful(
    draws: ResponseDraws, share: Floats, spends: Floats, room: Bounds, boldest: Floats
) -> list[Floats]:
    """Plans that avoid uncertain campaigns more and more, and plans part of the way to them."""
    each = np.arange(len(draws.spend))
    at_one = int(np.argmin(np.abs(draws.multiples - 1)))
    spread = (share - share[:, each, at_one][:, :, None]).std(axis=0)
    shy = [
        allocate(spends, share.mean(axis=0) - aversion * spread, room) for aversion in _AVERSIONS
    ]
    stay = _nearest_to_today(draws, room)
    on_the_way = [
        stay + part * (plan - stay) for plan in (boldest, *shy) for part in _SHARES_OF_THE_WAY
    ]
    return [*shy, stay, *on_the_way]


def _nearest_to_today(draws: ResponseDraws, room: Bounds) -> Floats:
    """Today's spend, or where the limits do not allow it, a plan close to it that they do."""
    spends = draws.multiples[None, :] * draws.spend[:, None]
    away = -np.square(draws.multiples - 1.0)[None, :] * draws.spend[:, None]
    return allocate(spends, away, room)


def _is_allowed(spend: Floats, room: Bounds) -> bool:
    of_group = np.bincount(room.group, spend, minlength=len(room.group_most))
    return bool(
        np.isclose(spend.sum(), room.total, rtol=1e-9)
        and (room.low <= spend).all()
        and (spend <= room.high).all()
        and (of_group <= room.group_most).all()
    )


def _worth(draws: ResponseDraws, spend: Floats, caution: float) -> float:
    gains = draws.uplift(_multiples(draws, spend))
    return float((1 - caution) * gains.mean() + caution * np.quantile(gains, 0.1))


def _multiples(draws: ResponseDraws, spend: Floats) -> Floats:
    return np.divide(spend, draws.spend, out=np.ones_like(spend), where=draws.spend > 0)


def _binding(
    draws: ResponseDraws, spend: Floats, room: Bounds, limits: BudgetLimits
) -> tuple[Binding, ...]:
    near = _NEAR * draws.spend
    found = []
    for c, name in enumerate(draws.campaign_ids):
        if name in limits.locked:
            found.append(Binding("locked", name))
        elif spend[c] <= room.low[c] + near[c]:
            found.append(Binding("min", name))
        elif spend[c] >= room.high[c] - near[c]:
            seen = room.high[c] >= (draws.seen_most[c] - _NEAR) * draws.spend[c]
            found.append(Binding("seen_spend" if seen else "max", name))
    spent = np.bincount(room.group, spend, minlength=len(room.group_most))
    capped = np.flatnonzero(spent >= room.group_most * (1 - _NEAR))
    types = sorted(set(draws.types))
    return tuple(found + [Binding("type_most", types[g]) for g in capped])
