"""Ahead, on track or behind: what is done against the teaching days that have passed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_TEACHING_DAYS_A_WEEK = 5
ON_TRACK_DAYS = 5
"""Within so many teaching days, one week, of what the calendar says one is on track."""


class Standing(StrEnum):
    """How a learner stands against the calendar."""

    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Pace:
    """A learner's pace with its arithmetic: ``days`` is by how many teaching days they lead."""

    passed_days: int
    teaching_days: int
    days: float

    @property
    def expected_share(self) -> float:
        """The part (0-1) of the course that the calendar has reached."""
        return self.passed_days / self.teaching_days

    @property
    def standing(self) -> Standing:
        """Ahead or behind by more than a teaching week, else on track."""
        if self.days > ON_TRACK_DAYS:
            return Standing.AHEAD
        return Standing.BEHIND if self.days < -ON_TRACK_DAYS else Standing.ON_TRACK


def teaching_days(start: date, until: date) -> int:
    """Mondays to Fridays from ``start`` up to the day before ``until``; 0 where that is earlier."""
    days = (until - start).days
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    partial = sum(
        (start + timedelta(days=n)).weekday() < _TEACHING_DAYS_A_WEEK for n in range(rest)
    )
    return weeks * _TEACHING_DAYS_A_WEEK + partial


def pace(done_share: float | None, start: date, weeks: int, today: date) -> Pace | None:
    """A learner's pace on a day of the course.

    days = done share x teaching days of the course - teaching days that have passed. None
    where nothing is required, before the course starts and after it has ended.
    """
    end = start + timedelta(weeks=weeks)
    if done_share is None or not start <= today <= end:
        return None
    total, passed = teaching_days(start, end), teaching_days(start, today)
    return Pace(passed, total, done_share * total - passed)
