from datetime import date

import numpy as np
import pytest

from data.sample.seasons import black_friday, days_until, holidays, weekly, yearly

TWO_YEARS = days_until(date(2026, 12, 31), 730)


@pytest.mark.parametrize(
    "day", [date(2023, 11, 24), date(2024, 11, 29), date(2025, 11, 28), date(2026, 11, 27)]
)
def test_black_friday_follows_the_fourth_thursday_of_november(day):
    assert day == black_friday(day.year)


def test_days_end_with_the_last_one():
    assert [date(2026, 2, 28), date(2026, 3, 1)] == days_until(date(2026, 3, 1), 2)


def test_a_week_averages_to_one():
    days = days_until(date(2026, 3, 1), 7)

    assert weekly(days, (1.0, 2.0, 1.0, 2.0, 1.0, 0.0, 0.0)).mean() == pytest.approx(1.0)


def test_january_is_busier_than_july():
    factor = dict(zip(TWO_YEARS, yearly(TWO_YEARS, 0.12), strict=True))

    assert factor[date(2026, 1, 15)] == pytest.approx(1.12)
    assert factor[date(2026, 7, 16)] == pytest.approx(0.88, abs=0.001)


def test_holidays_lift_the_week_of_black_friday_and_quieten_christmas():
    factor = dict(zip(TWO_YEARS, holidays(TWO_YEARS), strict=True))

    assert factor[date(2026, 11, 27)] == pytest.approx(1.55)
    assert factor[date(2026, 12, 25)] == pytest.approx(0.55)
    assert factor[date(2026, 4, 1)] == 1.0


def test_a_bump_reaches_over_the_turn_of_the_year():
    days = [date(2025, 12, 31), date(2026, 1, 1)]

    assert np.all(np.diff(holidays(days)) > 0)
