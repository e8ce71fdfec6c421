"""How a budget is divided: the plan with the best expected outcome within all limits.

Dynamic programming over a common budget, which S-shaped responses do not mislead as they do
methods that follow slopes; then pairs of campaigns exchange ever smaller amounts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 600
_STEPS_A_CAMPAIGN = 24


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a plan must keep: spend of each campaign (C,), of each group, and in total.

    ``group`` (C,) numbers each campaign's group, ``group_most`` (G,) caps their spend.
    """

    low: Floats
    high: Floats
    total: float
    group: NDArray[np.int64]
    group_most: Floats


class _Curves:
    """Values (C, J) at spends (C, J), linear in between."""

    def __init__(self, spends: Floats, values: Floats) -> None:
        self.spends, self.values = spends, values

    def of(self, campaign: int, spend: Floats) -> Floats:
        answer: Floats = np.interp(spend, self.spends[campaign], self.values[campaign])
        return answer


def allocate(spends: Floats, values: Floats, bounds: Bounds) -> Floats:
    """The spend of each campaign (C,) that has the largest sum of values; spends the total.

    ``values`` (C, J) are what campaigns bring at ``spends`` (C, J). The bounds must leave
    room for the total (see :func:`core.campaigns.optimizer.limits.check`).
    """
    curves = _Curves(spends, values)
    count = len(spends)
    room = bounds.total - bounds.low.sum()
    steps = max(_STEPS, _STEPS_A_CAMPAIGN * count)
    unit = room / steps if room > 0 else 0.0
    plan = bounds.low.copy()
    if unit > 0:
        plan += unit * _divide(curves, bounds, unit, steps)
        _spend_rest(curves, plan, bounds)
        _exchange(curves, plan, bounds, unit)
    return plan


def _divide(curves: _Curves, bounds: Bounds, unit: float, steps: int) -> NDArray[np.int64]:
    """Whole units for each campaign by dynamic programming, group by group."""
    groups = np.unique(bounds.group)
    tables, choices = [], []
    for group in groups:
        members = np.flatnonzero(bounds.group == group)
        most = bounds.group_most[group] - bounds.low[members].sum()
        limit = int(min(steps, max(0, np.floor(most / unit + 1e-9))))
        best, chosen = np.zeros(1), []
        for campaign in members:
            best, choice = _joined(best, _gains(curves, bounds, int(campaign), unit, limit), limit)
            chosen.append(choice)
        tables.append(best)
        choices.append((members, chosen))
    best, across = np.zeros(1), []
    for table in tables:
        best, choice = _joined(best, table, steps)
        across.append(choice)
    return _traced(len(bounds.low), len(best) - 1, choices, across)


def _gains(curves: _Curves, bounds: Bounds, campaign: int, unit: float, limit: int) -> Floats:
    own = int(min(limit, np.floor((bounds.high[campaign] - bounds.low[campaign]) / unit + 1e-9)))
    at = bounds.low[campaign] + unit * np.arange(own + 1)
    values = curves.of(campaign, at)
    gains: Floats = values - values[0]
    return gains


def _joined(best: Floats, gains: Floats, limit: int) -> tuple[Floats, NDArray[np.int32]]:
    """Best value of spending n units on what came before and this, and this one's units."""
    size = min(limit, len(best) + len(gains) - 2) + 1
    value = np.full(size, -np.inf)
    choice = np.zeros(size, dtype=np.int32)
    for units, gain in enumerate(gains[:size]):
        last = min(size, units + len(best))
        offered = best[: last - units] + gain
        better = offered > value[units:last]
        value[units:last][better] = offered[better]
        choice[units:last][better] = units
    return value, choice


def _traced(
    count: int,
    total: int,
    choices: list[tuple[NDArray[np.int64], list[NDArray[np.int32]]]],
    across: list[NDArray[np.int32]],
) -> NDArray[np.int64]:
    """Follow the choices back from the whole budget."""
    units = np.zeros(count, dtype=np.int64)
    for (members, chosen), of_group in zip(reversed(choices), reversed(across), strict=True):
        left = int(of_group[total])
        total -= left
        for campaign, choice in zip(reversed(members), reversed(chosen), strict=True):
            units[campaign] = choice[left]
            left -= int(choice[left])
    return units


def _spend_rest(curves: _Curves, plan: Floats, bounds: Bounds) -> None:
    """What whole units left over goes where it brings most, within the limits."""
    while (rest := bounds.total - plan.sum()) > 1e-9 * bounds.total:
        room = np.minimum(bounds.high - plan, _group_room(plan, bounds)[bounds.group])
        able = np.flatnonzero(room > 1e-12 * bounds.total)
        if not len(able):
            return
        amounts = np.minimum(room[able], rest)
        gains = [
            _gain(curves, int(c), plan[c], amount) for c, amount in zip(able, amounts, strict=True)
        ]
        best = int(np.argmax(np.array(gains) / amounts))
        plan[able[best]] += amounts[best]


def _exchange(curves: _Curves, plan: Floats, bounds: Bounds, unit: float) -> None:
    """Pairs of campaigns exchange ever smaller amounts while that brings more."""
    for size in unit * np.array([1.0, 0.3, 0.1]):
        for _ in range(len(plan) * 4):
            gain = np.array([_gain(curves, c, plan[c], size) for c in range(len(plan))])
            loss = np.array([_gain(curves, c, plan[c], -size) for c in range(len(plan))])
            room = np.minimum(bounds.high - plan, _group_room(plan, bounds)[bounds.group])
            gain[room < size] = -np.inf
            loss[plan - bounds.low < size] = -np.inf
            to, away = int(np.argmax(gain)), int(np.argmax(loss))
            if to == away or not gain[to] + loss[away] > 0:
                break
            plan[to] += size
            plan[away] -= size


def _gain(curves: _Curves, campaign: int, spend: float, more: float) -> float:
    low, high = curves.of(campaign, np.array([spend, spend + more]))
    return float(high - low)


def _group_room(plan: Floats, bounds: Bounds) -> Floats:
    spent = np.bincount(bounds.group, plan, minlength=len(bounds.group_most))
    room: Floats = bounds.group_most - spent
    return room
