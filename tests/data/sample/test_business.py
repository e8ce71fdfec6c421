"""What the sample world tells beside its campaigns is consistent with how it was played."""

from datetime import date

import numpy as np
import pytest

from data.sample.business import incremental, lift_tests, play_business
from data.sample.campaigns import play_campaigns
from data.sample.details import shared
from data.sample.plans import DAYS

UNTIL = date(2026, 11, 23)
CAMPAIGNS = play_campaigns(7, UNTIL)


def test_advertising_brings_three_tenths_of_the_business_s_revenue():
    business = play_business(7, UNTIL, CAMPAIGNS)
    earned = np.sum([one.earned for one in CAMPAIGNS], axis=0)
    assert earned.sum() / business.revenue.sum() == pytest.approx(0.3, abs=0.02)
    assert np.all(business.revenue > earned)
    assert {0, 1} == set(business.promotion)


def test_what_a_promotion_brings_can_be_seen_beside_the_same_weekdays():
    business = play_business(7, UNTIL, CAMPAIGNS)
    rest = business.revenue - np.sum([one.earned for one in CAMPAIGNS], axis=0)
    on, off = rest[business.promotion == 1].mean(), rest[business.promotion == 0].mean()
    assert 1.1 < on / off < 1.35


def test_what_campaigns_earn_is_what_their_response_says_on_average():
    told = [incremental(one, one.spend).sum() for one in CAMPAIGNS]
    earned = [one.earned.sum() for one in CAMPAIGNS]
    assert sum(earned) == pytest.approx(sum(told), rel=0.03)
    assert np.corrcoef(told, earned)[0, 1] > 0.99


def test_a_lift_test_measures_the_true_response_within_its_width():
    tests = lift_tests(7, CAMPAIGNS)
    assert [-0.5, 0.4] == [test.spend_change for test in tests]
    for test in tests:
        assert np.sign(test.expected) == np.sign(test.spend_change)
        assert test.low < test.lift < test.high
        assert abs(test.lift - test.expected) < 0.4 * abs(test.expected)
        assert 0 <= test.first < test.last < DAYS


@pytest.mark.parametrize("tires", [True, False])
def test_parts_add_up_to_their_campaign_on_every_day(tires):
    for number, one in enumerate(CAMPAIGNS):
        parts, _ = shared(one, ["a", "b", "c"], np.random.default_rng(number), tires=tires)
        for name in ("impressions", "clicks"):
            summed = np.sum([getattr(part, name) for part in parts], axis=0)
            np.testing.assert_array_equal(summed, getattr(one, name))
        for name in ("spend", "revenue", "conversions"):
            summed = np.sum([getattr(part, name) for part in parts], axis=0)
            np.testing.assert_allclose(summed, getattr(one, name), atol=1e-6)
        assert all(np.all(part.clicks >= 0) for part in parts)
