"""Days as the warehouse keeps them: 2026-11-22 is 20261122."""

from datetime import date


def date_id(day: date) -> int:
    """The number of a day."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The day of a number."""
    return date(number // 10000, number // 100 % 100, number % 100)
