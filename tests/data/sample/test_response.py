import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sample.response import Response, adstock, hill

SPENDS = st.lists(st.floats(0, 1e5), min_size=1, max_size=40).map(np.array)


def test_constant_spend_works_as_much_as_is_spent_once_it_has_built_up():
    assert adstock(np.full(200, 10.0), 0.6)[-1] == pytest.approx(10.0)


def test_spend_of_one_day_fades_by_the_retention_each_day():
    assert [5.0, 2.5, 1.25] == adstock(np.array([10.0, 0.0, 0.0]), 0.5).tolist()


def test_without_retention_spend_works_on_its_own_day_only():
    assert [3.0, 0.0, 4.0] == adstock(np.array([3.0, 0.0, 4.0]), 0.0).tolist()


def test_half_of_the_effect_is_reached_at_half_saturation():
    assert hill(np.array([0.0, 80.0]), 80.0, 1.4).tolist() == [0.0, 0.5]


@given(SPENDS, st.floats(0, 0.9))
def test_carry_over_never_makes_more_of_the_money_than_was_spent(spend, retention):
    assert adstock(spend, retention).sum() <= spend.sum() * (1 + 1e-9)


@given(SPENDS, st.floats(1, 1e4), st.floats(0.5, 3))
def test_saturation_keeps_order_and_bounds(spend, half, shape):
    reached = hill(np.sort(spend), half, shape)

    assert np.all((reached >= 0) & (reached <= 1))
    assert np.all(np.diff(reached) >= -1e-12)


def test_doubling_the_spend_brings_less_than_double_the_conversions():
    response = Response(retention=0.3, half_saturation=100.0, shape=1.0, maximum=50.0)
    once, twice = (response.conversions(np.full(60, level))[-1] for level in (100.0, 200.0))

    assert once == pytest.approx(25.0)
    assert once < twice < 2 * once
