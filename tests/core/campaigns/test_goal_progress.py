from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.goal_progress import Progress, goal_progress
from core.campaigns.kpis import Totals
from core.campaigns.models import GoalKpi

START, END = date(2026, 3, 1), date(2026, 3, 31)
HALF = date(2026, 3, 15)


def totals(revenue: float = 0.0, spend: float = 100.0, conversions: float = 5.0) -> Totals:
    return Totals(
        spend=spend,
        revenue=revenue,
        conversions=conversions,
        spend_with_conversions=spend,
        spend_with_revenue=spend,
    )


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [(999.0, Progress.ON_TRACK), (440.0, Progress.ON_TRACK), (400.0, Progress.BEHIND)],
)
def test_a_sum_is_measured_by_the_days_so_far(revenue, expected):
    found = goal_progress(GoalKpi.REVENUE, 1000.0, totals(revenue), START, END, HALF)
    assert (expected, pytest.approx(1000 * 15 / 31)) == (found.progress, found.by_now)


def test_a_sum_at_its_target_is_reached_whatever_the_day():
    found = goal_progress(GoalKpi.REVENUE, 1000.0, totals(1000.0), START, None, START)
    assert (Progress.REACHED, 1.0) == (found.progress, found.share)


def test_a_sum_without_a_last_day_is_never_behind():
    found = goal_progress(GoalKpi.REVENUE, 1000.0, totals(1.0), START, None, HALF)
    assert Progress.ON_TRACK is found.progress


@pytest.mark.parametrize(
    ("spend", "expected"),
    [(90.0, Progress.REACHED), (105.0, Progress.ON_TRACK), (120.0, Progress.BEHIND)],
)
def test_a_cost_is_to_stay_below_its_target(spend, expected):
    found = goal_progress(GoalKpi.CPA, 20.0, totals(spend=spend), START, END, HALF)
    assert expected is found.progress


def test_a_ratio_is_measured_by_its_target_from_the_first_day():
    found = goal_progress(GoalKpi.ROAS, 4.0, totals(350.0), START, END, START)
    assert (Progress.BEHIND, 4.0, 3.5) == (found.progress, found.by_now, found.value)


def test_what_is_not_reported_is_not_known():
    unknown = Totals(spend=100.0)
    assert goal_progress(GoalKpi.CPA, 20.0, unknown, START, END, HALF).share is None
    assert Progress.UNKNOWN is goal_progress(GoalKpi.CVR, 0.1, None, START, END, HALF).progress


@given(st.floats(0.01, 1e9), st.floats(0, 1e9), st.integers(-5, 60))
def test_more_never_stands_worse(target, value, day):
    order = [Progress.BEHIND, Progress.ON_TRACK, Progress.REACHED]
    as_of = date.fromordinal(START.toordinal() + day)
    one, more = (
        goal_progress(GoalKpi.REVENUE, target, totals(revenue), START, END, as_of).progress
        for revenue in (value, value * 1.5)
    )
    assert order.index(more) >= order.index(one)
