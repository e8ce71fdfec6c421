"""When people look for courses: by weekday, by time of year, and around holidays."""

from datetime import date, timedelta

import numpy as np

from data.sample.response import Days

_BUMPS = (  # month, day, half-width in days, share added at the peak
    (1, 8, 9, 0.35),  # new year's resolutions
    (9, 5, 12, 0.30),  # back to school
)
_LULLS = ((12, 25, 5, -0.45), (7, 4, 2, -0.15))
_BLACK_FRIDAY_BUMP = 0.55


def days_until(until: date, count: int) -> list[date]:
    """``count`` consecutive days that end with ``until``."""
    return [until - timedelta(days=ago) for ago in range(count - 1, -1, -1)]


def weekly(days: list[date], profile: tuple[float, ...]) -> Days:
    """Factor of each day from a profile Monday-Sunday, scaled to a mean of one."""
    factors = np.array(profile) / np.mean(profile)
    of_each_day: Days = factors[[day.weekday() for day in days]]
    return of_each_day


def yearly(days: list[date], amplitude: float) -> Days:
    """Smooth factor around one that peaks in mid January and is lowest in mid July."""
    turn = np.array([(day.timetuple().tm_yday - 15) / 365.25 for day in days])
    return 1.0 + amplitude * np.cos(2.0 * np.pi * turn)


def holidays(days: list[date]) -> Days:
    """Factor of bumps and lulls around fixed dates and the week of Black Friday."""
    return np.array([1.0 + _bump(day) for day in days])


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    to_thursday = (3 - first.weekday()) % 7
    return first + timedelta(days=to_thursday + 22)


def _bump(day: date) -> float:
    total = _near(day, black_friday(day.year), 4) * _BLACK_FRIDAY_BUMP
    for month, number, width, share in _BUMPS + _LULLS:
        nearest = min(
            (date(day.year + shift, month, number) for shift in (-1, 0, 1)),
            key=lambda peak: abs((day - peak).days),
        )
        total += _near(day, nearest, width) * share
    return total


def _near(day: date, peak: date, width: int) -> float:
    """One at the peak, falling in a straight line to zero past ``width`` days."""
    return max(0.0, 1.0 - abs((day - peak).days) / (width + 1))
