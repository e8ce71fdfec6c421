"""What would have come without the change, from the days before it, with its uncertainty.

A structural model of the logarithm of what came (Harvey, Forecasting, structural time series
models and the Kalman filter, 1989; for effects of interventions Brodersen et al., Inferring
causal impact using Bayesian structural time-series models, 2015), written as one Gaussian
process: trend, days of the week and seasons, series that the change does not touch, what
spend explains, a level that wanders, noise that lasts some days, and noise that does not.
How much of each is weighed by evidence over a grid, so a forecast is as wide as the days
before it make it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

from core.track_record.regressors import Floats, expected, regressors, weeks

LEAST_DAYS = 56  # known days before the plan
DRAWS = 2000
_WANDER = (1e-6, 1e-4, 1e-3, 4e-3, 1.6e-2, 6.4e-2)  # the level's daily variance ÷ noise's
_LASTING = (0.0, 0.5)  # share of the noise that lasts
_DECAY = 0.7  # of lasting noise, a period


@dataclass(frozen=True, slots=True)
class Observed:
    """T days, of which those from ``first`` to ``last`` (both included) had the plan at work.

    ``target`` (T,) is what is to be judged, NaN where it is not known; ``spend`` and
    ``attributed`` (T, C) are the campaigns' own. Where ``repeats``, spend would have gone on
    as in the last weeks before, as the prediction took it; otherwise it is taken as it came.
    ``controls`` are positive series that the plan does not touch, ``facts`` any other.
    """

    first_day: date
    first: int
    last: int
    target: Floats = field(repr=False)
    spend: Floats = field(repr=False)
    attributed: Floats = field(repr=False)
    repeats: bool
    controls: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    facts: Mapping[str, Floats] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Realised:
    """Draws (S,) of what the plan brought, and of what would have come without it.

    ``days`` and ``pre_days`` are those it was measured on and learned from.
    """

    gain: Floats
    without: Floats
    days: int
    pre_days: int
    controls: tuple[str, ...]

    @property
    def share(self) -> Floats:
        """The gain as a share of what would have come without the plan."""
        answer: Floats = self.gain / self.without
        return answer


class TooFewDays(Exception):
    """There are fewer known days before the plan than the model needs; ``days`` are there."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.days = days


class NothingCame(Exception):
    """On many days nothing came, also when weeks are put together, or none of them is known."""


def realised(seen: Observed, seed: int) -> Realised:
    """Draws of a plan's effect. Raises TooFewDays and NothingCame; same seed, same answer."""
    known = np.isfinite(seen.target)
    before = np.arange(len(seen.target)) < seen.first
    if (known & before).sum() < LEAST_DAYS:
        raise TooFewDays(int((known & before).sum()))
    step = 1
    would = expected(seen.spend, seen.attributed, seen.first, seen.repeats)
    if not (seen.target[known] > 0).all():
        step = 7
        seen, would = weeks(seen, would)
        known = np.isfinite(seen.target)
        before = np.arange(len(seen.target)) < seen.first
    after = known & ~before & (np.arange(len(known)) <= seen.last)
    if not after.any() or not (seen.target[known] > 0).all() or (known & before).sum() < 8:
        raise NothingCame
    table, scales, names = regressors(seen, would, step)
    logs = np.log(np.where(known, seen.target, 1.0)) - np.log(would)
    drawn = _forecast(logs, table, scales, known & before, after, np.random.default_rng(seed))
    without = (np.exp(drawn) * would[after]).sum(axis=1)
    gain = seen.target[after].sum() - without
    learned_from = step * int((known & before).sum())
    return Realised(gain, without, step * int(after.sum()), learned_from, names)


def _forecast(
    logs: Floats,
    table: Floats,
    scales: Floats,
    train: NDArray[np.bool_],
    ahead: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Floats:
    """Draws (S, days ahead) of the logarithms, over the grid by evidence."""
    fits = list(_fits(logs, table, scales, train, ahead))
    evidence = np.array([one.evidence for one in fits])
    weight = np.exp(evidence - evidence.max())
    counts = rng.multinomial(DRAWS, weight / weight.sum())
    parts = [fit.draw(int(n), rng) for fit, n in zip(fits, counts, strict=True) if n]
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class _Fit:
    """The forecast under one setting: mean (H,), spread (H, H), and the noise's variance."""

    evidence: float
    mean: Floats
    root: Floats
    shape: float
    rate: float

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        variance = self.rate / rng.gamma(self.shape, 1.0, count)
        normal = rng.normal(size=(count, len(self.mean)))
        drawn: Floats = self.mean + np.sqrt(variance)[:, None] * (normal @ self.root.T)
        return drawn


def _fits(
    logs: Floats,
    table: Floats,
    scales: Floats,
    train: NDArray[np.bool_],
    ahead: NDArray[np.bool_],
) -> Iterator[_Fit]:
    both = np.flatnonzero(train | ahead)
    now = train[both]
    value = logs[both][now]
    rough = _rough_variance(value, table[both][now])
    explained = (table[both] * scales**2 / rough) @ table[both].T
    apart = np.abs(both[:, None] - both[None, :])
    wander = np.minimum(both[:, None], both[None, :]) - both.min() + 1.0
    for step in _WANDER:
        for lasting in _LASTING:
            noise = (1 - lasting) * np.eye(len(both)) + lasting * _DECAY**apart
            yield _fit(explained + step * wander + noise, value, now, rough)


def _fit(cov: Floats, value: Floats, now: NDArray[np.bool_], rough: float) -> _Fit:
    """A Gaussian process whose noise variance has an inverse-gamma prior around the rough one."""
    root = cholesky(cov[np.ix_(now, now)], lower=True)
    half = solve_triangular(root, value, lower=True)
    across = solve_triangular(root, cov[np.ix_(now, ~now)], lower=True)
    spread = cov[np.ix_(~now, ~now)] - across.T @ across + 1e-9 * np.eye(int((~now).sum()))
    shape, rate = 1.0 + len(value) / 2, rough + 0.5 * float(half @ half)
    evidence = -np.log(np.diag(root)).sum() - shape * np.log(rate)
    return _Fit(float(evidence), across.T @ half, np.linalg.cholesky(spread), shape, rate)


def _rough_variance(value: Floats, table: Floats) -> float:
    """About the variance of the noise: what least squares leave, and never nothing."""
    left = value - table @ np.linalg.lstsq(table, value, rcond=None)[0]
    return float(max(left @ left / max(len(value) - table.shape[1], 8), 1e-6))
