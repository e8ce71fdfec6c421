"""Weekdays of many campaigns: what their days have in common by chance, and pooled factors.

Each campaign has its own factors around common ones, which lie around 1. What all campaigns'
days have in common by chance is not taken for a hundred pieces of evidence.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from core.campaigns.optimizer.pooling import Floats, around, drawn
from core.campaigns.optimizer.weekday_fit import Factors

_USUAL_COMMON = 0.2
_USUAL_OWN = 0.15


def surprises(factors: Sequence[Factors]) -> tuple[dict[date, float], float]:
    """By day, how far all campaigns together lay from expectation (0.1 is 10% more).

    Also the variance of an ordinary day beyond what campaigns' own variation explains.
    """
    brought: dict[date, float] = {}
    expected: dict[date, float] = {}
    noise: dict[date, float] = {}
    ordinary: set[date] = set()
    for one in factors:
        days = one.weeks.days()
        seen = (one.expected > 0).ravel()
        usable = one.weeks.usable.ravel()
        for n in np.flatnonzero(seen):
            day, mean = days[n], float(one.expected.flat[n])
            brought[day] = brought.get(day, 0.0) + float(one.weeks.brought.flat[n])
            expected[day] = expected.get(day, 0.0) + mean
            noise[day] = noise.get(day, 0.0) + one.dispersion * mean
            if usable[n]:
                ordinary.add(day)
    off = {day: brought[day] / expected[day] - 1.0 for day in sorted(expected)}
    usual = np.array([off[day] for day in off if day in ordinary])
    alone = np.array([noise[day] / expected[day] ** 2 for day in off if day in ordinary])
    common = float((usual**2).mean()) * 7 / 6 - float(alone.mean()) if len(usual) else 0.0
    return off, max(0.0, common)


def draws(
    factors: Sequence[Factors], common: float, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Draws of every campaign's log factors, ``(DRAWS, campaigns, 7)``, pooled.

    Also those of its retention and its power that belong to them, ``(DRAWS, campaigns)``.
    ``common`` is the variance of what one day's surprise is for all campaigns alike.
    """
    counted = np.max([one.weeks.usable.sum(axis=0) for one in factors], axis=0)
    centre, chance, own = _common(factors, common / np.maximum(counted, 1), rng)
    logs = np.empty((len(centre), len(factors), 7))
    retention, power = np.empty(logs.shape[:2]), np.empty(logs.shape[:2])
    for number, one in enumerate(factors):
        option = rng.choice(len(one.weight), len(centre), p=one.weight)
        logs[:, number] = around(one.logs[option] - chance, one.errors[option], centre, own, rng)
        retention[:, number], power[:, number] = one.retention[option], one.power[option]
    return logs, retention, power


def _common(
    factors: Sequence[Factors], shared: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Draws of the common factors, of chance they all share, and of how far campaigns differ."""
    logs = np.array([one.mean for one in factors])
    errors = np.array([one.error for one in factors])
    within = np.geomspace(0.01, 0.8, 12) if len(factors) > 1 else np.array([1e-3])
    grid = np.array([(tau, omega) for tau in np.geomspace(0.01, 1.0, 12) for omega in within])
    variance = errors**2 + grid[:, 1, None, None] ** 2
    weight = (1.0 / variance).sum(axis=1)
    mean = (logs / variance).sum(axis=1) / weight
    spread = 1.0 / weight + shared + grid[:, 0, None] ** 2
    fit = -0.5 * (np.log(variance) + (logs - mean[:, None]) ** 2 / variance).sum(axis=(1, 2))
    fit += -0.5 * (np.log(weight) + np.log(spread) + mean**2 / spread).sum(axis=1)
    fit += np.log(grid).sum(axis=1)
    fit -= 0.5 * ((grid / (_USUAL_COMMON, _USUAL_OWN)) ** 2).sum(axis=1)
    cell = drawn(fit, rng)
    part = shared / spread[cell]
    chance = rng.normal(part * mean[cell], np.sqrt(np.maximum(shared * (1.0 - part), 0.0)))
    tau, omega = grid[cell, 0, None], grid[cell, 1, None]
    centre = around(mean[cell] - chance, np.sqrt(1.0 / weight[cell]), np.zeros(1), tau, rng)
    return centre, chance, omega
