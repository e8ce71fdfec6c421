from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.courses.pace import Standing, pace, teaching_days

MONDAY = date(2026, 3, 2)


def test_teaching_days_are_mondays_to_fridays_before_the_day() -> None:
    assert [0, 1, 5, 5, 5, 6] == [
        teaching_days(MONDAY, MONDAY + timedelta(days=n)) for n in (0, 1, 5, 6, 7, 8)
    ]
    assert 0 == teaching_days(MONDAY, MONDAY - timedelta(days=3))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_counting_by_weeks_is_counting_one_by_one(start: date, days: int) -> None:
    one_by_one = sum((start + timedelta(days=n)).weekday() < 5 for n in range(days))
    assert one_by_one == teaching_days(start, start + timedelta(days=days))


@pytest.mark.parametrize(
    ("share", "standing"),
    [
        (0.5, Standing.ON_TRACK),
        (0.35, Standing.BEHIND),
        (0.65, Standing.AHEAD),
        (0.4, Standing.ON_TRACK),
    ],
)
def test_more_than_a_week_off_is_ahead_or_behind(share: float, standing: Standing) -> None:
    found = pace(share, MONDAY, 8, MONDAY + timedelta(weeks=4))
    assert found is not None
    assert (20, 40, 0.5) == (found.passed_days, found.teaching_days, found.expected_share)
    assert standing is found.standing


def test_there_is_no_pace_before_the_start_after_the_end_or_where_nothing_is_required() -> None:
    assert pace(0.5, MONDAY, 8, MONDAY - timedelta(days=1)) is None
    assert pace(0.5, MONDAY, 8, MONDAY + timedelta(weeks=8, days=1)) is None
    assert pace(None, MONDAY, 8, MONDAY) is None
