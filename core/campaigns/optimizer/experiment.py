"""The next experiment: which campaign to test, how hard and for how long.

A test is worth what knowing its campaign's response would add to the best plan: the draws
are cut by what the campaign really brings, the best plan is made for each part, and their
mean gain is compared with that of one plan for all (expected value of partial perfect
information; Raiffa and Schlaifer, Applied statistical decision theory, 1961). A real test is
not perfect: its share of that value is how much of the doubt its reading removes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.allocation import Bounds, allocate
from core.campaigns.optimizer.history import CARRY_OVER_PERIODS
from core.campaigns.optimizer.limits import BudgetLimits, asked_multiples, bounds
from core.campaigns.optimizer.response import ResponseDraws

Floats = NDArray[np.float64]

_PARTS = 6
_MOST_CAMPAIGNS = 8
_CHANGES = (0.3, -0.3, 0.5, -0.5, 1.0, -1.0)  # of the campaign's own spend, mild ones first
_ROUNDING = 1e-9
_WEEKS = (2, 4, 8)
_ENOUGH = 0.8  # of the most that any test of the campaign would tell


@dataclass(frozen=True, slots=True)
class Experiment:
    """A lift test worth making.

    ``value`` is what its reading is expected to add to the next horizon's incremental
    revenue (money); ``known`` what perfect knowledge would. ``doubt_now`` and ``doubt_after``
    are standard deviations of the campaign's response, as shares of it.
    """

    campaign_id: str
    name: str
    spend_change: float
    weeks: int
    value: float
    known: float
    doubt_now: float
    doubt_after: float


def next_experiment(draws: ResponseDraws, limits: BudgetLimits) -> Experiment | None:
    """The test of most value, in the mildest form that tells nearly as much; None if none helps.

    A test keeps the limits: no locked campaign is touched, none spends less or more than it
    may, and no type more than its cap.
    """
    allowed = _allowed(draws, limits)
    if draws.noise is None or not any(allowed):
        return None
    room = bounds(draws, limits)
    spends = draws.multiples[None, :] * draws.spend[:, None]
    one_plan = allocate(spends, draws.revenue.mean(axis=0), room)
    now = draws.at(np.ones(len(draws.spend)))
    tests = [
        _designed(
            draws,
            c,
            now[:, c],
            _value_of_knowing(draws, spends, room, one_plan, now[:, c]),
            allowed[c],
        )
        for c in _most_doubtful(now, [c for c, changes in enumerate(allowed) if changes])
    ]
    best = max(tests, key=lambda one: one.value)
    return best if best.value > 0 else None


def _allowed(draws: ResponseDraws, limits: BudgetLimits) -> list[list[float]]:
    """The changes of spend that a test of each campaign may make, mild ones first."""
    low, high = asked_multiples(draws, limits)
    most = high * draws.spend
    for kind, cap in limits.type_most.items():
        of_kind = np.array([one == kind for one in draws.types])
        left = cap - float(draws.spend[of_kind].sum())
        most = np.where(of_kind, np.minimum(most, draws.spend + max(0.0, left)), most)
    return [
        [
            change
            for change in _CHANGES
            if low[c] - _ROUNDING <= 1 + change
            and (1 + change) * spend <= most[c] * (1 + _ROUNDING)
        ]
        for c, spend in enumerate(draws.spend)
    ]


def _most_doubtful(now: Floats, testable: Sequence[int]) -> list[int]:
    """Campaigns by how much money the doubt of today's revenue (S, C) is about; eight at most."""
    doubt = now.std(axis=0)
    return sorted(testable, key=lambda c: -float(doubt[c]))[:_MOST_CAMPAIGNS]


def _value_of_knowing(
    draws: ResponseDraws, spends: Floats, room: Bounds, one_plan: Floats, response: Floats
) -> float:
    """Money that knowing one campaign's response (S,) would add to the best plan for all."""
    order = np.argsort(response)
    apart = 0.0
    for part in np.array_split(order, _PARTS):
        known = draws.revenue[part].mean(axis=0)
        gain = _brings(spends, known, allocate(spends, known, room))
        apart += len(part) / len(order) * (gain - _brings(spends, known, one_plan))
    return apart


def _brings(spends: Floats, revenue: Floats, plan: Floats) -> float:
    return sum(float(np.interp(plan[c], spends[c], revenue[c])) for c in range(len(plan)))


def _designed(
    draws: ResponseDraws,
    campaign: int,
    response: Floats,
    known: float,
    changes: Sequence[float],
) -> Experiment:
    """The mildest, shortest test that tells nearly as much as the best one of a campaign."""
    doubt = float(response.std() / max(abs(response.mean()), 1e-12))
    tests = [
        _tested(draws, campaign, max(0.0, known), doubt, weeks, change)
        for weeks in _WEEKS
        for change in changes
    ]
    most = max(test.value for test in tests)
    return next(test for test in tests if test.value >= _ENOUGH * most)


def _tested(
    draws: ResponseDraws, campaign: int, known: float, doubt: float, weeks: int, change: float
) -> Experiment:
    at = draws.multiples
    expected = draws.revenue[:, campaign].mean(axis=0)
    moved = abs(float(np.interp(1 + change, at, expected) - np.interp(1.0, at, expected)))
    lift = moved * 7 * weeks / draws.horizon_days
    periods = 7 * weeks / draws.period_days + CARRY_OVER_PERIODS
    error = (draws.noise or 0.0) * float(np.sqrt(periods)) / max(lift, 1e-12)
    told = doubt**2 / max(doubt**2 + error**2, 1e-300)
    return Experiment(
        draws.campaign_ids[campaign],
        draws.names[campaign],
        change,
        weeks,
        known * told,
        known,
        doubt,
        doubt * float(np.sqrt(1 - told)),
    )
