"""Spans of days: the one looked at, the one before it, and how a chart cuts it into bins."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAILY_UP_TO_DAYS = 92
_WEEKLY_UP_TO_DAYS = 740


class Period(StrEnum):
    """The periods offered by name."""

    WEEK = "7d"
    FOUR_WEEKS = "28d"
    QUARTER = "90d"
    YEAR = "12m"
    CUSTOM = "custom"


_DAYS = {Period.WEEK: 7, Period.FOUR_WEEKS: 28, Period.QUARTER: 90}


class Against(StrEnum):
    """What a span can be compared with."""

    BEFORE = "before"
    YEAR = "year"


class Grain(StrEnum):
    """How wide the bins of a chart are; a bin's value is the average of its days."""

    DAY = "day"
    WEEK = "week"
    FOUR_WEEKS = "four weeks"


_BIN_DAYS = {Grain.DAY: 1, Grain.WEEK: 7, Grain.FOUR_WEEKS: 28}


@dataclass(frozen=True, order=True)  # without slots: many are kept, these unpickle faster
class Span:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.end - self.start).days + 1

    @property
    def before(self) -> "Span":
        """The span of equal length that ends on the day before this one starts."""
        return Span(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    @property
    def year_before(self) -> "Span":
        """The span of equal length that ends on the same day a year earlier."""
        end = _a_year_earlier(self.end)
        return Span(end - timedelta(days=self.days - 1), end)

    def earlier(self, against: Against) -> "Span":
        """The span that this one is compared with."""
        return self.before if against is Against.BEFORE else self.year_before

    @property
    def grain(self) -> Grain:
        """The bins a chart of this span has: about a hundred at most."""
        if self.days <= _DAILY_UP_TO_DAYS:
            return Grain.DAY
        return Grain.WEEK if self.days <= _WEEKLY_UP_TO_DAYS else Grain.FOUR_WEEKS

    @property
    def bins(self) -> tuple["Span", ...]:
        """The span cut into bins counted back from its end, oldest first.

        Days left over at the start join the oldest bin, so that no bin is shorter than the
        others and an average over its days stays comparable.
        """
        size = _BIN_DAYS[self.grain]
        count = max(1, self.days // size)
        starts = [self.end - timedelta(days=size * (count - i) - 1) for i in range(count)]
        starts[0] = self.start
        ends = [start - timedelta(days=1) for start in starts[1:]] + [self.end]
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def named(period: Period, last_day: date) -> Span:
    """The span that a named period means when the data ends on ``last_day``.

    Twelve months run from the day after the same day a year earlier.
    """
    if period in _DAYS:
        return Span(last_day - timedelta(days=_DAYS[period] - 1), last_day)
    return Span(_a_year_earlier(last_day) + timedelta(days=1), last_day)


def _a_year_earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
