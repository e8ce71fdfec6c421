"""What a unit of spend brings by day of the week, with everything slower taken out.

Within a week, what is brought is split over its days in proportion to spend × weekday factor;
weeks are taken as they are (conditional likelihood: Hausman, Hall and Griliches, Econometric
models for count data, 1984), so trend, season and changes of budget cannot look like a weekday.
Campaigns are pooled: each has its own factors around common ones, which lie around 1.
What all campaigns' days have in common by chance is not taken for a hundred pieces of evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from core.campaigns.evidence import DailySeries
from core.campaigns.optimizer.pooling import Floats, around, drawn
from core.campaigns.optimizer.worth import Target

_WIDEST = 1.0  # sd of a weekday's log factor before any data
_USUAL_COMMON = 0.2
_USUAL_OWN = 0.15
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Weeks:
    """One campaign by week (Monday first) and day: ``(weeks, 7)``; unseen days have no spend."""

    campaign_id: int
    first: date
    spend: Floats
    brought: Floats
    usable: NDArray[np.bool_]

    def days(self) -> list[date]:
        """The date of every entry, row by row."""
        return [self.first + timedelta(days=n) for n in range(self.spend.size)]


@dataclass(frozen=True, slots=True)
class Factors:
    """A campaign's log factors by weekday with their errors, and how much its days vary.

    ``expected`` is what each day of ``weeks`` should have brought, also on unusable days.
    """

    weeks: Weeks
    logs: Floats
    errors: Floats
    dispersion: float
    expected: Floats


def by_week(series: DailySeries, target: Target, left_out: Mapping[date, str]) -> Weeks | None:
    """A campaign's days as whole weeks, pieces of a day added up; ``None`` without any day.

    Usable are days with spend that tell the target and are not ``left_out``, in weeks that
    brought something on at least two such days' spend.
    """
    told = [day for day in series.days if getattr(day.counts, target.value) is not None]
    if not told:
        return None
    first = min(day.date for day in told)
    first -= timedelta(days=first.weekday())
    count = (max(day.date for day in told) - first).days // 7 + 1
    spend, brought = np.zeros((count, 7)), np.zeros((count, 7))
    for day in told:
        place = divmod((day.date - first).days, 7)
        spend[place] += day.counts.spend
        brought[place] += getattr(day.counts, target.value)
    usable = spend > 0
    for holiday in left_out:
        place = divmod((holiday - first).days, 7)
        if 0 <= place[0] < count:
            usable[place] = False
    total = np.where(usable, brought, 0.0).sum(axis=1)
    usable &= ((total > 0) & (usable.sum(axis=1) >= 2))[:, None]
    return Weeks(series.campaign_id, first, np.maximum(spend, 0.0), brought, usable)


def fit(weeks: Weeks, value: float) -> Factors:
    """A campaign's weekday factors; ``value`` is what one event at least counts (1 for events).

    Works for money as for counts: only mean and variance are used (quasi-likelihood).
    """
    spend = np.where(weeks.usable, weeks.spend, 0.0)
    brought = np.where(weeks.usable, weeks.brought, 0.0)
    total = brought.sum(axis=1, keepdims=True)
    phi = value
    for _ in range(2):
        logs, curvature, expected = _mode(spend, brought, total, phi)
        residual = (brought - expected)[expected > 0] ** 2 / expected[expected > 0]
        free = int(weeks.usable.sum() - weeks.usable.any(axis=1).sum()) - 6
        phi = max(value, float(residual.sum()) / max(free, 1))
    logs, curvature, _ = _mode(spend, brought, total, phi)
    around_mean = np.eye(7) - 1.0 / 7  # the level of all seven together is not known, nor needed
    errors = np.sqrt(np.diag(around_mean @ np.linalg.inv(curvature) @ around_mean))
    factor = np.exp(logs)
    base = (spend * factor).sum(axis=1, keepdims=True)
    per_unit = np.divide(total, base, out=np.zeros_like(total), where=base > 0)
    return Factors(weeks, logs - logs.mean(), errors, phi, weeks.spend * factor * per_unit)


def _mode(
    spend: Floats, brought: Floats, total: Floats, phi: float
) -> tuple[Floats, Floats, Floats]:
    """The factors' mode under a wide prior, the curvature there, and the expected days."""
    logs = np.zeros(7)
    for _ in range(_STEPS):
        weight = spend * np.exp(logs)
        whole = weight.sum(axis=1, keepdims=True)
        part = np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
        expected = total * part
        slope = (brought - expected).sum(axis=0) / phi - logs / _WIDEST**2
        inner = np.diag(expected.sum(axis=0)) - (part * total).T @ part
        curvature = inner / phi + np.eye(7) / _WIDEST**2
        logs = logs + np.clip(np.linalg.solve(curvature, slope), -1.0, 1.0)
    return logs, curvature, expected


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


def draws(factors: Sequence[Factors], common: float, rng: np.random.Generator) -> Floats:
    """Draws of every campaign's log factors, ``(DRAWS, campaigns, 7)``, pooled.

    ``common`` is the variance of what one day's surprise is for all campaigns alike.
    """
    logs = np.array([one.logs for one in factors])
    errors = np.array([one.errors for one in factors])
    counted = np.max([one.weeks.usable.sum(axis=0) for one in factors], axis=0)
    shared = common / np.maximum(counted, 1)
    between = np.geomspace(0.01, 1.0, 12)
    within = np.geomspace(0.01, 0.8, 12) if len(factors) > 1 else np.array([1e-3])
    grid = np.array([(tau, omega) for tau in between for omega in within])
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
    tau, omega = grid[cell, 0, None], grid[cell, 1, None, None]
    centre = around(mean[cell] - chance, np.sqrt(1.0 / weight[cell]), np.zeros(1), tau, rng)
    return around(logs - chance[:, None, :], errors, centre[:, None, :], omega, rng)
