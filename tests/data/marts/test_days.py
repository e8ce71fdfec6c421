from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.marts.days import date_id, day_of


def test_a_day_is_its_digits() -> None:
    assert 20261122 == date_id(date(2026, 11, 22))


@given(day=st.dates())
def test_a_day_comes_back_from_its_number(day: date) -> None:
    assert day == day_of(date_id(day))
