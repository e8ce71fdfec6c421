"""What a daily series would be expected to show, day by day, with its usual range.

Each series is put on a scale on which its noise is even: logarithms for spend and ratios, square
roots for counts and revenue, which have days at zero. The day of the week's effect is taken out
by medians. Then every day is foretold from the days before it only, by exponential smoothing
with a damped trend in which a surprise moves the level by a limited step (Gelper, Fried and
Croux 2010), so that one wild day spoils neither the next day's expectation nor the scale. Three
surprises in a row in the same direction are no surprise any more but a new level.

How far days usually lie from what was foretold is each series' own robust scale. How heavy the
tails are is learned from all series together, for one has too few days to tell.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

HISTORY_DAYS = 119  # seventeen weeks
MIN_DAYS = 42
USUAL_SHARE = 0.95  # of ordinary days that lie in the usual range

_LEVEL, _TREND, _DAMPING = 0.2, 0.05, 0.9
_FIRST_DAYS = 14  # from which the level starts; nothing is foretold of them
_STEP = 2.5  # scales by which a surprise moves the level at most
_SURPRISE, _NEW_LEVEL_AFTER = 4.0, 3
_LOG_FLOOR = 0.05  # of the median, added before the logarithm, so that a day at zero has one
_COUNT_OFFSET = 0.375  # Anscombe (1948): makes the noise of counts even
_SMALLEST_SCALE = {"log": 0.05, "root": 0.03, "count": 0.5}
_SELDOM = 1 / 3  # a series with fewer days above zero has no expectation
_MAD, _Q80 = 0.6745, 1.2816  # of the standard normal
_TAILS = np.array([3.0, 4, 5, 6, 8, 10, 15, 20, 30, 60, 1000])
_USUAL_TAIL, _ENOUGH_ERRORS = 6.0, 500
_FAR = 0.975  # how far out the tail is measured: further out, it is made of true anomalies

Floats = NDArray[np.float64]


class Scale(StrEnum):
    """On which scale a measure's noise is even."""

    LOG = "log"
    ROOT = "root"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Foretold:
    """Expected values and errors; arrays of series by day, NaN where nothing is foretold.

    ``low`` and ``high`` hold 95 of 100 ordinary days; ``error`` is in robust scales.
    """

    expected: Floats
    low: Floats
    high: Floats
    error: Floats
    tail: float


def foretell(
    values: Floats, first_weekday: int, scale: Scale, tail: float | None = None
) -> Foretold:
    """Expectation of each day of each series from the days before it.

    ``values`` is series by consecutive days, NaN where a value is not known; ``first_weekday``
    is 0 for Monday. ``tail`` are degrees of freedom learned elsewhere.
    """
    unit = _unit(values, scale)
    level = _to_even(values, unit, scale)
    effect = _weekday_effects(level, first_weekday)[
        :, (first_weekday + np.arange(values.shape[1])) % 7
    ]
    plain = level - effect
    foretold = _smoothed(plain)
    foretold[_too_little_before(values)] = np.nan
    errors = plain - foretold
    spread = _robust_scale(errors, level, scale)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = errors / spread[:, None]
    tail = tail or tail_of(scaled)
    reach = stdtrit(tail, (1 + USUAL_SHARE) / 2) * _MAD / stdtrit(tail, 0.75) * spread[:, None]
    middle = foretold + effect
    return Foretold(
        expected=_from_even(middle, unit, scale),
        low=_from_even(middle - reach, unit, scale),
        high=_from_even(middle + reach, unit, scale),
        error=scaled,
        tail=tail,
    )


def chances(error: Floats, tail: float) -> Floats:
    """Two-sided probability of errors as large, for Student's t with ``tail`` degrees."""
    matched = np.abs(error) * (stdtrit(tail, 0.75) / _MAD)  # its median is the scale's
    p: Floats = 2 * stdtr(tail, -matched)
    return p


def tail_of(error: Floats) -> float:
    """Degrees of freedom whose Student's t has tails as heavy as these errors."""
    sizes = np.abs(error[np.isfinite(error)])
    if len(sizes) < _ENOUGH_ERRORS:
        return _USUAL_TAIL
    half, far = np.quantile(sizes, [0.5, _FAR])
    if half <= 0:
        return float(_TAILS[0])
    ratios = stdtrit(_TAILS, (1 + _FAR) / 2) / stdtrit(_TAILS, 0.75)  # smaller the lighter the tail
    heavy_enough = _TAILS[ratios >= far / half]
    return float(heavy_enough[-1]) if len(heavy_enough) else float(_TAILS[0])


def _unit(values: Floats, scale: Scale) -> Floats:
    """What each series is measured in: a share of its median day above zero."""
    if scale is Scale.COUNT:
        return np.ones((len(values), 1))
    above = np.where(values > 0, values, np.nan)
    return np.nan_to_num(_median(above), nan=1.0)[:, None]


def _to_even(values: Floats, unit: Floats, scale: Scale) -> Floats:
    kept = np.maximum(values, 0.0) / unit
    if scale is Scale.LOG:
        even: Floats = np.log(kept + _LOG_FLOOR)
        return even
    root: Floats = np.sqrt(kept + (_COUNT_OFFSET if scale is Scale.COUNT else 0.0))
    return root


def _from_even(even: Floats, unit: Floats, scale: Scale) -> Floats:
    if scale is Scale.LOG:
        values = np.exp(even) - _LOG_FLOOR
    else:
        values = np.maximum(even, 0.0) ** 2 - (_COUNT_OFFSET if scale is Scale.COUNT else 0.0)
    known: Floats = np.maximum(values, 0.0) * unit
    return known


def _weekday_effects(level: Floats, first_weekday: int) -> Floats:
    """Each weekday's usual distance from the mean of the week around it, series by weekday."""
    days = level.shape[1]
    distance = level - _week_around(level)
    effects = np.zeros((len(level), 7))
    for weekday in range(7):
        own = distance[:, (weekday - first_weekday) % 7 :: 7]
        counts = np.isfinite(own).sum(axis=1)
        effects[:, weekday] = np.nan_to_num(_median(own)) * counts / (counts + 4)
    return effects - effects.mean(axis=1, keepdims=True) if days >= 7 else np.zeros_like(effects)


def _week_around(level: Floats) -> Floats:
    """The mean of the seven days with each day in the middle, of those that are known."""
    padded = np.pad(level, ((0, 0), (3, 3)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7, axis=1)
    known = np.isfinite(windows)
    sums = np.where(known, windows, 0.0).sum(axis=2)
    with np.errstate(invalid="ignore"):
        mean: Floats = sums / known.sum(axis=2)
    return mean


def _smoothed(plain: Floats) -> Floats:
    """Each day as the days before it foretell it; NaN for the first fourteen."""
    series, days = plain.shape
    foretold = np.full((series, days), np.nan)
    if days <= _FIRST_DAYS:
        return foretold
    step = _STEP * _rough_scale(plain)
    level, slope, run = _median(plain[:, :_FIRST_DAYS]), np.zeros(series), np.zeros(series)
    for day in range(_FIRST_DAYS, days):
        value = plain[:, day]
        known = np.isfinite(value)
        begins = known & np.isnan(level)
        level = np.where(begins, value, level)
        slope *= _DAMPING
        foretold[:, day] = np.where(begins, np.nan, level + slope)
        error = np.where(known, value - (level + slope), 0.0)
        pull = np.clip(error, -step, step)
        sign = np.sign(error) * (np.abs(error) * _STEP > _SURPRISE * step)
        run = np.where(known, np.where(sign * run > 0, run + sign, sign), run)
        moved = np.abs(run) >= _NEW_LEVEL_AFTER
        level = np.where(moved, value, level + slope + _LEVEL * pull)
        slope = np.where(moved, 0.0, slope + _LEVEL * _TREND * pull)
        run[moved] = 0.0
    return foretold


def _rough_scale(plain: Floats) -> Floats:
    """A first scale, from the differences of neighbouring days."""
    scale = _median(np.abs(np.diff(plain, axis=1))) / (_MAD * np.sqrt(2))
    rough: Floats = np.maximum(np.nan_to_num(scale), 1e-6)
    return rough


def _robust_scale(errors: Floats, level: Floats, scale: Scale) -> Floats:
    """The larger of what the middle of the errors and their usual bulk say, never tiny."""
    sizes = np.abs(errors)
    middle = _median(sizes) / _MAD
    bulk = _quantile(sizes, 0.8) / _Q80
    floor = np.full(len(errors), _SMALLEST_SCALE[scale])
    if scale is Scale.ROOT:
        floor = np.maximum(floor, 0.03 * np.nan_to_num(_median(level)))
    spread: Floats = np.fmax(np.fmax(middle, bulk), floor)
    return spread


def _too_little_before(values: Floats) -> NDArray[np.bool_]:
    """Where fewer than six weeks are known before a day, or too few of them are above zero."""
    known = np.cumsum(np.isfinite(values), axis=1)
    busy = np.cumsum(np.nan_to_num(values) > 0, axis=1)
    before = np.pad(known, ((0, 0), (1, 0)))[:, :-1]
    above = np.pad(busy, ((0, 0), (1, 0)))[:, :-1]
    thin: NDArray[np.bool_] = (before < MIN_DAYS) | (above < _SELDOM * before)
    return thin


def _median(values: Floats) -> Floats:
    return _quantile(values, 0.5)


def _quantile(values: Floats, share: float) -> Floats:
    """The quantile of each row's known values, NaN for a row without any."""
    ranked = np.sort(values, axis=1)  # NaN last
    counts = np.isfinite(ranked).sum(axis=1)
    place = share * np.maximum(counts - 1, 0)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, np.maximum(counts - 1, 0))
    rows = np.arange(len(ranked))
    between: Floats = ranked[rows, low] + (place - low) * (ranked[rows, high] - ranked[rows, low])
    return between
