from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.periods import Grain, Period, Span, named

LAST = date(2026, 11, 22)
spans = st.builds(
    lambda start, days: Span(start, start + timedelta(days=days)),
    st.dates(date(2015, 1, 1), date(2027, 1, 1)),
    st.integers(0, 2000),
)


def test_named_periods_end_on_the_last_day_with_data() -> None:
    assert named(Period.WEEK, LAST) == Span(date(2026, 11, 16), LAST)
    assert named(Period.FOUR_WEEKS, LAST).days == 28
    assert named(Period.QUARTER, LAST).days == 90
    assert named(Period.YEAR, LAST) == Span(date(2025, 11, 23), LAST)


def test_a_year_that_ends_on_a_leap_day_is_a_year() -> None:
    assert named(Period.YEAR, date(2028, 2, 29)) == Span(date(2027, 3, 1), date(2028, 2, 29))


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    assert Span(date(2026, 11, 16), LAST).before == Span(date(2026, 11, 9), date(2026, 11, 15))


def test_four_weeks_before_start_on_the_same_weekday() -> None:
    span = named(Period.FOUR_WEEKS, LAST)
    assert span.before.start.weekday() == span.start.weekday()


def test_long_spans_are_cut_into_wider_bins() -> None:
    assert named(Period.QUARTER, LAST).grain is Grain.DAY
    assert named(Period.YEAR, LAST).grain is Grain.WEEK
    assert Span(LAST - timedelta(days=1999), LAST).grain is Grain.FOUR_WEEKS


@given(spans)
def test_bins_cover_the_span_once_and_none_is_shorter_than_the_last(span: Span) -> None:
    bins = span.bins
    days = [one.start + timedelta(days=i) for one in bins for i in range(one.days)]
    assert days == [span.start + timedelta(days=i) for i in range(span.days)]
    assert min(one.days for one in bins) == bins[-1].days
    assert len(bins) <= 106


@given(spans)
def test_both_periods_have_as_many_bins(span: Span) -> None:
    assert len(span.bins) == len(span.before.bins)
