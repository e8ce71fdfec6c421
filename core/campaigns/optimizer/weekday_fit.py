"""What spend brings by day of the week in one campaign, with everything slower taken out.

Within a week, what is brought is split over its days in proportion to a weekday's factor times
a power of the spend that works on the day. Weeks are taken as they are (conditional likelihood:
Hausman, Hall and Griliches, Econometric models for count data, 1984), so trend, season and
changes of budget cannot look like a weekday. Spend keeps working on the days after it
(geometric carry-over), so a cheap day after an expensive one does not look good for that.
Carry-over and power are weighed on a grid by their likelihood.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.pooling import Floats
from core.campaigns.optimizer.weeks import Weeks

_WIDEST = 1.0  # sd of a weekday's log factor before any data
# Of a day's working spend, the part that works on the next, and how likely it is beforehand:
# platforms mostly count a conversion on the day of the click.
_RETENTIONS = {0.0: 0.4, 0.2: 0.25, 0.4: 0.15, 0.6: 0.12, 0.8: 0.08}
_POWERS = (0.5, 0.75, 1.0)
_STEPS = 12
_CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Factors:
    """A campaign's weekdays: what working spend brings on each, on average, and how sure.

    One row an option of ``retention`` (the share of spend that works on beyond its day) and of
    ``power`` (of working spend, with which grows what it brings), of probability ``weight``:
    ``logs`` with ``errors`` are logarithms around their mean.
    ``dispersion`` says how much days vary, in units of what is brought; ``expected`` is what
    each day of ``weeks`` should have brought.
    """

    weeks: Weeks
    logs: Floats
    errors: Floats
    retention: Floats
    power: Floats
    weight: Floats
    dispersion: float
    expected: Floats

    @property
    def mean(self) -> Floats:
        """The logarithms over all options."""
        mean: Floats = self.weight @ self.logs
        return mean

    @property
    def error(self) -> Floats:
        """Their standard errors, with what the options differ by."""
        error: Floats = np.sqrt(self.weight @ (self.errors**2 + (self.logs - self.mean) ** 2))
        return error


@dataclass(frozen=True, slots=True)
class _Option:
    logs: Floats
    variance: Floats
    retention: float
    power: float
    expected: Floats
    likelihood: float  # before division by the dispersion
    chi: float


def fit(weeks: Weeks, value: float) -> Factors:
    """A campaign's weekdays; ``value`` is what one event at least counts (1 for events).

    Works for money as for counts: only mean and variance are used (quasi-likelihood).
    """
    free = max(int(weeks.usable.sum() - weeks.usable.any(axis=1).sum()) - 8, 1)
    phi = value
    working = {retention: _working(weeks.spend, retention) for retention in _RETENTIONS}
    for powers in (_POWERS[-1:], _POWERS):  # the first round is for the dispersion
        options = [
            _option(weeks, phi, working[retention], retention, power)
            for retention in _RETENTIONS
            for power in powers
        ]
        best = max(options, key=lambda one: one.likelihood)
        phi = max(value, best.chi / free)
    fits = np.array([(one.likelihood - best.likelihood) / phi for one in options])
    weight = np.exp(fits) * np.array([_RETENTIONS[one.retention] for one in options])
    return Factors(
        weeks=weeks,
        logs=np.array([one.logs for one in options]),
        errors=np.sqrt(np.array([one.variance for one in options])),
        retention=np.array([one.retention for one in options]),
        power=np.array([one.power for one in options]),
        weight=weight / weight.sum(),
        dispersion=phi,
        expected=best.expected,
    )


def kernel(retention: float) -> Floats:
    """How a day's spend works over the days of a week that repeats: ``[i, j]`` is i on day j."""
    after = np.arange(7)
    part = (1.0 - retention) * retention**after / (1.0 - retention**7)
    return np.array([np.roll(part, day) for day in range(7)])


def _working(spend: Floats, retention: float) -> Floats:
    """Spend as it still works; constant spend gives itself back (Broadbent 1979)."""
    carried = np.empty(spend.size)
    level = float(spend.mean())
    for day, amount in enumerate(spend.ravel()):
        level = (1.0 - retention) * amount + retention * level
        carried[day] = level
    return carried.reshape(spend.shape)


def _option(weeks: Weeks, phi: float, working: Floats, retention: float, power: float) -> _Option:
    """The weekdays under one carry-over and power, as averages for a unit of working spend."""
    powered = np.power(working, power)
    offset = np.where(weeks.usable, powered, 0.0)
    brought = np.where(weeks.usable, weeks.brought, 0.0)
    total = brought.sum(axis=1, keepdims=True)
    logs, curvature, expected = _mode(offset, brought, total, phi)
    around_mean = np.eye(7) - 1.0 / 7  # the level of all seven together is neither known nor needed
    variance: Floats = np.diag(around_mean @ np.linalg.inv(curvature) @ around_mean)
    seen = expected > 0
    base = (offset * np.exp(logs)).sum(axis=1, keepdims=True)
    per_unit = np.divide(total, base, out=np.zeros_like(total), where=base > 0)
    average = logs + (power - 1.0) * _usual(working, offset > 0)
    return _Option(
        logs=average - average.mean(),
        variance=variance,
        retention=retention,
        power=power,
        expected=powered * np.exp(logs) * per_unit,
        likelihood=float(
            (
                brought[seen] * np.log(expected[seen] / np.broadcast_to(total, seen.shape)[seen])
            ).sum()
        ),
        chi=float(((brought - expected)[seen] ** 2 / expected[seen]).sum()),
    )


def _usual(working: Floats, seen: NDArray[np.bool_]) -> Floats:
    """The mean logarithm of working spend by weekday; of all days where a weekday is not seen."""
    logs = np.log(np.maximum(working, 1e-12))
    count = seen.sum(axis=0)
    whole = float(logs[seen].mean()) if seen.any() else 0.0
    usual: Floats = np.where(
        count > 0, np.where(seen, logs, 0.0).sum(axis=0) / np.maximum(count, 1), whole
    )
    return usual


def _mode(
    offset: Floats, brought: Floats, total: Floats, phi: float
) -> tuple[Floats, Floats, Floats]:
    """The factors' mode under a wide prior, the curvature there, and the expected days."""
    logs = np.zeros(7)
    for _ in range(_STEPS):
        weight = offset * np.exp(logs)
        whole = weight.sum(axis=1, keepdims=True)
        part = np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
        expected = total * part
        slope = (brought - expected).sum(axis=0) / phi - logs / _WIDEST**2
        inner = np.diag(expected.sum(axis=0)) - (part * total).T @ part
        curvature = inner / phi + np.eye(7) / _WIDEST**2
        step = np.clip(np.linalg.solve(curvature, slope), -1.0, 1.0)
        logs = logs + step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return logs, curvature, expected
