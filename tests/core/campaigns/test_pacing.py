"""Pacing: conservation, honest intervals, and reasons where there is nothing to tell."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.campaigns.pacing import Flight, NoPacing, Pacing, Standing, Unpaced, pace

START = date(2026, 3, 2)
AMOUNTS = st.floats(0, 1e6, allow_nan=False, allow_subnormal=False)


def flight(budget: float | None = 9000.0, days: int | None = 90) -> Flight:
    return Flight(budget, START, START + timedelta(days=days - 1) if days else None)


@settings(deadline=None, max_examples=60)
@given(
    hnp.arrays(float, st.integers(14, 120), elements=AMOUNTS),
    st.floats(1, 1e8),
    st.integers(1, 200),
)
def test_the_projection_lies_in_its_interval_and_never_below_what_is_spent(spend, budget, days):
    found = pace(flight(budget, days), START, spend)
    if isinstance(found, NoPacing):
        assert (Unpaced.TOO_FEW_DAYS, True) == (found.why, found.days < 14)
        return
    assert 0 <= found.spent <= found.low <= found.high
    assert found.spent <= found.projected
    assert all(np.isfinite([found.projected, found.low, found.high, found.p_over, found.expected]))
    assert 0 <= found.p_over <= 1
    assert found.spent == pytest.approx(spend[:days].sum())


@settings(deadline=None, max_examples=40)
@given(hnp.arrays(float, 40, elements=st.floats(1, 1e4)), st.floats(0.01, 100))
def test_another_unit_of_money_changes_nothing_but_the_unit(spend, rate):
    one, other = (pace(flight(9000.0 * r), START, spend * r) for r in (1.0, rate))
    assert isinstance(one, Pacing)
    assert isinstance(other, Pacing)
    assert other.projected == pytest.approx(one.projected * rate, rel=1e-6)
    assert other.high == pytest.approx(one.high * rate, rel=1e-5)
    assert other.p_over == pytest.approx(one.p_over, abs=1e-6)


def test_the_same_amount_every_day_is_projected_exactly():
    found = pace(flight(), START, np.full(30, 120.0))
    assert (3600.0, 3000.0) == (found.spent, found.expected)
    assert (10800.0, 10800.0, 10800.0) == pytest.approx((found.low, found.projected, found.high))
    assert (1.0, Standing.OVER) == (found.p_over, found.standing)
    assert found.day_to_land == pytest.approx(5400 / 60)


def test_the_days_of_the_week_that_are_left_count():
    """Spend on weekdays only; what is left is one weekend, then five weekdays."""
    week = np.array([100.0, 100, 100, 100, 100, 0, 0])
    through_friday = np.tile(week, 8)[:-2]
    weekend = pace(Flight(4000.0, START, START + timedelta(days=55)), START, through_friday)
    assert weekend.projected - weekend.spent < 40
    longer = pace(Flight(5000.0, START, START + timedelta(days=60)), START, through_friday)
    assert longer.projected - longer.spent == pytest.approx(500, rel=0.1)


def test_a_campaign_on_its_way_to_leave_money_is_under_budget():
    spend = 50 + 5 * np.sin(np.arange(60.0))
    assert Standing.UNDER is pace(flight(), START, spend).standing


def test_after_its_end_there_is_no_more_to_come_and_no_day_to_spend_on():
    found = pace(flight(days=20), START, np.full(30, 100.0))
    assert (2000.0, 2000.0, 2000.0) == (found.low, found.projected, found.high)
    assert (0, None, Standing.ENDED) == (found.days_left, found.day_to_land, found.standing)


def test_spend_before_the_start_is_not_counted():
    found = pace(flight(), START - timedelta(days=10), np.full(40, 100.0))
    assert found.spent == 3000.0


def test_a_budget_that_is_spent_before_the_end_leaves_nothing_for_the_days_ahead():
    found = pace(flight(1000.0), START, np.full(30, 100.0))
    assert (Standing.OVER, 0.0, 1.0) == (found.standing, found.day_to_land, found.p_over)


@pytest.mark.parametrize(
    ("plan", "days", "why"),
    [
        (flight(None), 30, Unpaced.NO_BUDGET),
        (flight(days=None), 30, Unpaced.NO_END),
        (flight(), 13, Unpaced.TOO_FEW_DAYS),
        (flight(), 0, Unpaced.NOT_STARTED),
    ],
)
def test_where_nothing_can_be_told_the_reason_is(plan, days, why):
    assert why is pace(plan, START, np.full(days, 100.0)).why


def test_days_before_the_first_spend_do_not_make_a_history():
    found = pace(flight(), START, np.r_[np.zeros(40), np.full(5, 100.0)])
    assert (Unpaced.TOO_FEW_DAYS, 5, 500.0) == (found.why, found.days, found.spent)


@pytest.mark.parametrize(("wander", "least"), [(0.0, 0.88), (0.02, 0.78)])
def test_nine_in_ten_ends_lie_in_the_interval(wander, least):
    random, hits, tries = np.random.default_rng(7), 0, 150
    for _ in range(tries):
        level = 100 * np.exp(np.cumsum(random.normal(0, wander, 90)))
        spend = level * random.gamma(25, 1 / 25, 90)
        found = pace(flight(), START, spend[:40])
        hits += found.low <= spend.sum() <= found.high
    assert hits / tries >= least
