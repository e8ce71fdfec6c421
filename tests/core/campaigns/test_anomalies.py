"""Anomalies: found where they are, few where there are none, indifferent to units and order."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.campaigns.anomalies import DailyBlock, expected_course, find_anomalies
from core.campaigns.expected import MIN_DAYS, Scale, chances, foretell, tail_of

LAST = date(2026, 11, 22)  # a Sunday
WEEK = np.array([1.1, 1.2, 1.2, 1.1, 0.9, 0.6, 0.5])


def block(spend, conversions=None, revenue=None) -> DailyBlock:
    conversions = spend / 10 if conversions is None else conversions
    revenue = spend * 3 if revenue is None else revenue
    count = len(spend)
    return DailyBlock(
        campaign_ids=tuple(range(count)),
        names=tuple(f"C{n}" for n in range(count)),
        sample=(False,) * count,
        last_day=LAST,
        spend=spend,
        conversions=conversions,
        revenue=revenue,
        spend_converting=spend,
        spend_earning=spend,
    )


def noisy(count: int, days: int = 119, seed: int = 3) -> np.ndarray:
    """Spend with days of the week that count and a fifth of noise; the last day is a Sunday."""
    random = np.random.default_rng(seed)
    return 100 * WEEK[np.arange(-days, 0) % 7] * random.gamma(25, 1 / 25, (count, days))


def test_a_day_far_from_the_expected_is_found_with_its_range():
    spend = noisy(20)
    spend[4, -2] *= 6
    found = find_anomalies(block(spend, np.full((20, 119), np.nan), np.full((20, 119), np.nan)))
    (one,) = found.found
    assert (4, "spend", LAST - timedelta(days=1)) == (one.campaign_id, one.kpi, one.day)
    assert one.is_above
    assert one.is_first
    assert one.low < one.expected < one.high < one.value
    assert one.expected == pytest.approx(60, rel=0.3)  # a Saturday's
    assert 20 == found.judged


def test_a_campaign_that_stops_is_found():
    spend = noisy(20)
    spend[7, -1] = 0.0
    found = find_anomalies(block(spend))
    assert {(7, "spend"), (7, "revenue")} <= {(one.campaign_id, one.kpi) for one in found.found}
    assert not any(one.is_above for one in found.found)


def test_weekends_that_are_always_low_are_no_news():
    assert find_anomalies(block(noisy(30, seed=5))).found == ()


def test_noise_alone_raises_next_to_nothing():
    """Over forty quiet worlds the procedure should be wrong in about one in twenty."""
    wrong = sum(bool(find_anomalies(block(noisy(10, seed=seed))).found) for seed in range(40))
    assert wrong <= 5


def test_three_days_in_a_row_are_a_new_level():
    spend = noisy(20)
    spend[2, -6:] *= 8
    ids = np.full((20, 119), np.nan)
    found = sorted(find_anomalies(block(spend, ids, ids)).found, key=lambda one: one.day)
    assert [LAST - timedelta(days=ago) for ago in (5, 4, 3)] == [one.day for one in found]
    assert [True, False, False] == [one.is_first for one in found]


def test_a_short_history_is_not_judged():
    spend = noisy(3)
    spend[1, : 119 - MIN_DAYS + 7] = np.nan
    found = find_anomalies(block(spend, np.full((3, 119), np.nan), np.full((3, 119), np.nan)))
    assert 2 == found.judged


def test_rare_conversions_have_no_expectation():
    conversions = np.zeros((2, 119))
    conversions[:, ::6] = 1.0
    conversions[0, -1] = 9.0
    found = find_anomalies(block(noisy(2), conversions))
    assert "conversions" not in {one.kpi for one in found.found}


SERIES = hnp.arrays(float, (3, 80), elements=st.one_of(st.just(np.nan), st.floats(0, 1e7)))


@settings(deadline=None, max_examples=60)
@given(SERIES, st.integers(0, 6), st.sampled_from(list(Scale)))
def test_the_usual_range_holds_the_expected_and_nothing_is_negative(values, weekday, scale):
    found = foretell(values, weekday, scale)
    told = np.isfinite(found.expected)
    assert (found.low[told] >= 0).all()
    assert (found.low[told] <= found.expected[told] + 1e-9).all()
    assert (found.expected[told] <= found.high[told] + 1e-9).all()
    p = chances(found.error, found.tail)
    assert ((p >= 0) & (p <= 1))[np.isfinite(found.error)].all()


@settings(deadline=None, max_examples=30)
@given(SERIES, st.floats(1e-3, 1e3))
def test_another_unit_of_money_changes_nothing(values, rate):
    one, other = (foretell(values * r, 0, Scale.LOG, tail=6.0) for r in (1.0, rate))
    np.testing.assert_allclose(one.error, other.error, rtol=1e-6, atol=1e-6)


@settings(deadline=None, max_examples=30)
@given(SERIES, st.permutations(range(3)))
def test_the_order_of_campaigns_changes_nothing(values, order):
    one, other = (foretell(v, 2, Scale.ROOT, tail=6.0) for v in (values, values[list(order)]))
    np.testing.assert_array_equal(one.error[list(order)], other.error)


@settings(deadline=None, max_examples=30)
@given(SERIES, st.floats(0, 1e7))
def test_a_day_is_foretold_from_the_days_before_it(values, last):
    """Days of the week are learned from all weeks, so a day touches others by that alone."""
    values = np.nan_to_num(values, nan=50.0)
    changed = values.copy()
    changed[:, -1] = last
    one, other = (foretell(v, 0, Scale.COUNT, tail=6.0) for v in (values, changed))
    near = np.isfinite(one.expected[:, -1])
    assert (near == np.isfinite(other.expected[:, -1])).all()


def test_heavy_tails_are_learned_from_the_errors():
    random = np.random.default_rng(1)
    assert tail_of(random.standard_t(3, 20_000)) <= 5
    assert tail_of(random.normal(size=20_000)) >= 20


def test_one_campaign_alone_has_the_same_range_as_among_all():
    spend = noisy(12)
    whole = find_anomalies(block(spend))
    one = expected_course(block(spend[5:6]), "spend", whole.tails["spend"], 28)
    among = foretell(spend, (LAST - timedelta(days=118)).weekday(), Scale.LOG)
    assert one.high == pytest.approx(tuple(among.high[5, -28:]))
    assert (28, LAST) == (len(one.days), one.days[-1])
