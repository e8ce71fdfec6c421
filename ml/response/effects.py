"""What moves a business without advertising, as columns that are fitted beside it.

Level, trend, seasons, day of week and controls are not penalised. Finer seasons and
interactions are shrunken towards nothing. Two more groups are shrunken as much as the data
says: waves of demand that no column tells, and days of the year that return, as holidays do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.history import History
from ml.response.demand import Demand

Floats = NDArray[np.float64]

_YEAR_DAYS = 365.25
_SEASONS = 2  # harmonics of the year that are not penalised
_FINER_SEASONS = 4
_BEND_EVERY_DAYS = 91
_WAVE_EVERY_DAYS = 28
_LEAST_YEARS = 1.2  # of a history in which days of the year return
_DATES_EVERY_DAYS = {1: 5, 7: 14}  # by the days of a period


@dataclass(frozen=True, slots=True)
class Effects:
    """Columns (T, …) of the baseline: not penalised, a little, and two groups of open size.

    ``waves`` and ``dates`` are tents of height one.
    """

    fixed: Floats
    soft: Floats
    waves: Floats
    dates: Floats

    def at(self, known: NDArray[np.bool_]) -> "Effects":
        """Those of some periods."""
        return Effects(self.fixed[known], self.soft[known], self.waves[known], self.dates[known])


def of(history: History, moved: Demand) -> Effects:
    """The columns of a history's periods; those that are constant are dropped."""
    days = np.array([(start - history.starts[0]).days for start in history.starts], dtype=float)
    span = max(days[-1], 1.0)
    trend = days / span - 0.5
    yearly = _harmonics(days, _seasons_that_fit(span))
    finer = _harmonics(days, _FINER_SEASONS)[:, yearly.shape[1] :]
    controls = _varying(history.outcome.controls) if history.outcome else np.empty((len(days), 0))
    weekday = _weekdays(history)
    fixed = np.column_stack([np.ones(len(days)), trend, yearly, weekday, controls])
    if moved.is_seen:
        fixed = np.column_stack([fixed, moved.index])
    bends = [
        np.maximum(days - at, 0) / span
        for at in np.arange(_BEND_EVERY_DAYS, span, _BEND_EVERY_DAYS)
    ]
    products = [trend * column for column in [*yearly.T, *controls.T]]
    products += [season * control for season in yearly.T[:2] for control in controls.T]
    products += [column * control for column in weekday.T for control in controls.T[:2]]
    soft = [column - column.mean() for column in [*finer.T, *bends, *products]]
    return Effects(fixed, _columns(soft, len(days)), _waves(days), _dates(history, span))


def _columns(found: list[Floats], count: int) -> Floats:
    return np.column_stack(found) if found else np.empty((count, 0))


def _waves(days: Floats) -> Floats:
    """Tents in a row, whose sum may follow any slow movement."""
    peaks = np.arange(days[0], days[-1] + _WAVE_EVERY_DAYS, _WAVE_EVERY_DAYS)
    return _tents(days[:, None] - peaks, _WAVE_EVERY_DAYS)


def _dates(history: History, span_days: float) -> Floats:
    """Tents around days of the year, the same in every year."""
    if span_days < _LEAST_YEARS * _YEAR_DAYS:
        return np.empty((history.periods, 0))
    of_year = np.array([start.timetuple().tm_yday for start in history.starts], dtype=float)
    every = _YEAR_DAYS / np.floor(_YEAR_DAYS / _DATES_EVERY_DAYS[history.period_days])
    peaks = np.arange(0.0, _YEAR_DAYS - every / 2, every)
    away = (of_year[:, None] - peaks + _YEAR_DAYS / 2) % _YEAR_DAYS - _YEAR_DAYS / 2
    return _tents(away, every)


def _tents(away: Floats, width: float) -> Floats:
    heights: Floats = np.maximum(0.0, 1.0 - np.abs(away) / width)
    return heights[:, heights.any(axis=0)]


def _seasons_that_fit(span_days: float) -> int:
    """Harmonics of the year that a history can tell from a trend."""
    return _SEASONS if span_days > 1.2 * _YEAR_DAYS else int(span_days > 0.6 * _YEAR_DAYS)


def _harmonics(days: Floats, count: int) -> Floats:
    angle = 2 * np.pi * days[:, None] / _YEAR_DAYS * np.arange(1, count + 1)
    waves: Floats = np.column_stack([np.sin(angle), np.cos(angle)])[:, _interleaved(count)]
    return waves


def _interleaved(count: int) -> list[int]:
    return [
        number
        for pair in zip(range(count), range(count, 2 * count), strict=True)
        for number in pair
    ]


def _weekdays(history: History) -> Floats:
    if history.period_days != 1:
        return np.empty((history.periods, 0))
    number = np.array([start.weekday() for start in history.starts])
    is_weekday: Floats = (number[:, None] == np.arange(1, 7)).astype(float)
    return is_weekday


def _varying(controls: Floats) -> Floats:
    spread = controls.std(axis=0)
    kept = controls[:, spread > 1e-9 * np.maximum(np.abs(controls).max(axis=0), 1e-12)]
    scaled: Floats = (kept - kept.mean(axis=0)) / np.maximum(kept.std(axis=0), 1e-12)
    return scaled
