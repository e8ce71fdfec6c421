from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.courses.activity import counted_seconds


@pytest.mark.parametrize(
    ("gap", "seconds"),
    [
        (timedelta(seconds=40), 40),
        (timedelta(minutes=5), 300),
        (timedelta(minutes=20), 300),
        (timedelta(hours=2), 300),
        (timedelta(hours=2, seconds=1), 0),
        (timedelta(0), 0),
        (timedelta(days=-1), 0),
        (timedelta(days=400), 0),
    ],
)
def test_a_gap_counts_up_to_five_minutes_and_a_jump_of_the_clock_nothing(
    gap: timedelta, seconds: int
) -> None:
    assert seconds == counted_seconds(gap)


@given(st.timedeltas())
def test_no_gap_adds_more_than_the_cap_or_than_itself(gap: timedelta) -> None:
    seconds = counted_seconds(gap)
    assert 0 <= seconds <= 300
    assert seconds <= max(0.0, gap.total_seconds())
