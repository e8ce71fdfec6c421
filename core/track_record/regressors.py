"""What explains the days before a plan: calendar, untouched series, and spend."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from core.track_record.counterfactual import Observed

Floats = NDArray[np.float64]

_RETENTION = 0.5  # of spend that works on the next day
_ELASTICITY = 0.7  # how what comes grows with spend; what this gets wrong, a slope corrects
_WEEKS_REPEATED = 28  # days whose mean by weekday stands for spend without the plan
_YEAR = 365.25
_LEAST_FOR_SEASONS = 400  # days
# Standard deviations of coefficients before any day is seen, in logarithms.
_LEVEL, _TREND, _WEEKDAY, _SEASON, _CONTROL, _FACT, _SPEND = 10.0, 0.05, 0.5, 0.3, 1.0, 0.3, 0.3


def expected(spend: Floats, attributed: Floats, first: int, repeats: bool) -> Floats:
    """What spend lets expect a day (T,), in money, by a rough curve for each campaign.

    From ``first`` on it is that of the days before repeated where ``repeats``. Ones where
    nothing was spent or nothing attributed.
    """
    would = spend.copy()
    if repeats and first > 0:
        recent = spend[max(0, first - max(_WEEKS_REPEATED, 7)) : first]
        place = np.arange(first - len(recent), first) % 7
        week = np.array(
            [recent[place == day].mean(axis=0) if (place == day).any() else recent.mean(axis=0)
             for day in range(7)]
        )  # fmt: skip
        would[first:] = week[np.arange(first, len(spend)) % 7]
    works = np.power(_carried(would), _ELASTICITY)
    worth = attributed[:first].sum(axis=0) / np.maximum(works[:first].sum(axis=0), 1e-9)
    total = works @ np.nan_to_num(worth)
    usual = float(np.median(total[:first])) if first else 0.0
    if usual <= 0:
        return np.ones(len(spend))
    floored: Floats = np.maximum(total, 0.01 * usual)
    return floored


def regressors(
    seen: "Observed", would: Floats, step: int
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """A column for each thing that explains (T, K), what it may weigh (K,), controls' names."""
    count = len(seen.target)
    days = [seen.first_day + timedelta(days=step * at) for at in range(count)]
    columns: list[tuple[Floats, float]] = [
        (np.ones(count), _LEVEL),
        (np.arange(count) / max(seen.first, 1) - 0.5, _TREND),
        (_standard(np.log(would), seen.first), _SPEND),
    ]
    if step == 1:
        columns += [(one, _WEEKDAY) for one in _weekdays(days)]
    if step * seen.first >= _LEAST_FOR_SEASONS:
        columns += [(one, _SEASON) for one in _seasons(days)]
    controls = _usable(seen.controls, seen.last, positive=True)
    for one in controls.values():
        smooth = _smoothed(np.log(one), 7 if step == 1 else 1)
        columns += [(_centred(smooth, seen.first), _CONTROL)]
        columns += [(np.log(one) - smooth, _CONTROL)] if step == 1 else []
    facts = _usable(seen.facts, seen.last, positive=False)
    columns += [(_standard(one, seen.first), _FACT) for one in facts.values()]
    table = np.column_stack([column for column, _ in columns])
    return table, np.array([scale for _, scale in columns]), (*controls, *facts)


def weeks(seen: "Observed", would: Floats) -> tuple["Observed", Floats]:
    """The same in whole weeks, counted from the plan's first day; a week lacks what a day lacks."""
    skipped = seen.first % 7
    count = (seen.last + 1 - skipped) // 7
    together = replace(
        seen,
        first_day=seen.first_day + timedelta(days=skipped),
        first=seen.first // 7,
        last=count - 1,
        target=_together(seen.target, skipped, count),
        controls={name: _together(one, skipped, count) for name, one in seen.controls.items()},
        facts={name: _together(one, skipped, count) for name, one in seen.facts.items()},
    )
    return together, _together(would, skipped, count)


def _together(series: Floats, skipped: int, count: int) -> Floats:
    sums: Floats = series[skipped : skipped + 7 * count].reshape(count, 7).sum(axis=1)
    return sums


def _carried(spend: Floats) -> Floats:
    """Spend as it still works, scaled so that constant spend gives itself back."""
    carried = np.empty_like(spend)
    level = spend[: max(1, min(7, len(spend)))].mean(axis=0) / (1 - _RETENTION)
    for day, amount in enumerate(spend):
        level = amount + _RETENTION * level
        carried[day] = level
    answer: Floats = carried * (1 - _RETENTION)
    return answer


def _weekdays(days: list[date]) -> list[Floats]:
    number = np.array([day.weekday() for day in days])
    return [(number == one).astype(float) - (number == 6) for one in range(6)]


def _seasons(days: list[date]) -> list[Floats]:
    turn = 2 * np.pi * np.array([day.timetuple().tm_yday for day in days]) / _YEAR
    return [wave(k * turn) for k in (1, 2) for wave in (np.sin, np.cos)]


def _usable(series: Mapping[str, Floats], last: int, *, positive: bool) -> dict[str, Floats]:
    """Those that are known on every day until the plan's last, and that change at all."""
    return {
        name: one
        for name, one in series.items()
        if np.isfinite(one[: last + 1]).all()
        and np.ptp(one[: last + 1]) > 0
        and (not positive or bool((one[: last + 1] > 0).all()))
    }


def _smoothed(column: Floats, width: int) -> Floats:
    """Means of the days around each, fewer at both ends: a control's own noise tells nothing."""
    window = np.ones(width)
    sums = np.convolve(column, window, mode="same")
    smooth: Floats = sums / np.convolve(np.ones(len(column)), window, mode="same")
    return smooth


def _centred(column: Floats, first: int) -> Floats:
    answer: Floats = column - column[:first].mean()
    return answer


def _standard(column: Floats, first: int) -> Floats:
    spread = float(column[:first].std())
    answer: Floats = _centred(column, first) / (spread if spread > 1e-9 else 1.0)
    return answer
