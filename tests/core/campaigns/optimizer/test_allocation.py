import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.campaigns.optimizer.allocation import Bounds, allocate

Floats = NDArray[np.float64]

_MULTIPLES = np.linspace(0, 2, 41)


def _bounds(
    spend: Floats, low: float = 0.5, high: float = 1.5, total: float | None = None
) -> Bounds:
    every = np.zeros(len(spend), dtype=np.int64)
    return Bounds(low * spend, high * spend, total or spend.sum(), every, np.array([np.inf]))


def _curves(spend: Floats, worth: Floats, bend: Floats) -> tuple[Floats, Floats]:
    spends = _MULTIPLES[None, :] * spend[:, None]
    return spends, worth[:, None] * spends ** bend[:, None]


@given(
    st.lists(
        st.tuples(st.floats(1, 1e6), st.floats(0.1, 5), st.floats(0.3, 1.0)), min_size=2, max_size=9
    ),
    st.floats(0.55, 1.45),
)
@settings(max_examples=40, deadline=None)
def test_the_budget_is_spent_whole_and_every_bound_is_kept(
    campaigns: list[tuple[float, float, float]], part: float
):
    spend, worth, bend = (np.array(one) for one in zip(*campaigns, strict=True))
    room = _bounds(spend, total=part * spend.sum())
    plan = allocate(*_curves(spend, worth, bend), room)
    assert abs(plan.sum() - room.total) <= 1e-6 * room.total
    assert (plan >= room.low * (1 - 1e-9)).all()
    assert (plan <= room.high * (1 + 1e-9)).all()


def test_two_concave_campaigns_end_with_equal_returns():
    spend = np.array([100.0, 100.0])
    curves = _curves(spend, np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    plan = allocate(*curves, _bounds(spend, 0.0, 2.0))
    # d/ds of w * s^.5 is equal where s is in proportion to w^2: 40 and 160.
    assert np.allclose(plan, [40, 160], atol=3)


def test_an_s_shaped_campaign_gets_nothing_or_enough():
    spend = np.array([100.0, 100.0])
    spends = _MULTIPLES[None, :] * spend[:, None]
    values = np.stack([spends[0] * 1.0, 400 * spends[1] ** 4 / (spends[1] ** 4 + 120.0**4)])
    plan = allocate(spends, values, _bounds(spend, 0.0, 2.0))
    # Its slope at 100 is steeper than the other's but more lies above: all but the best is worse.
    worth = [
        np.interp(200 - s, spends[0], values[0]) + np.interp(s, spends[1], values[1])
        for s in np.linspace(0, 200, 401)
    ]
    got = np.interp(plan[0], spends[0], values[0]) + np.interp(plan[1], spends[1], values[1])
    assert got >= max(worth) * (1 - 1e-3)


def test_a_types_cap_is_kept_and_the_rest_goes_elsewhere():
    spend = np.array([100.0, 100.0, 100.0])
    curves = _curves(spend, np.array([9.0, 9.0, 1.0]), np.array([0.9, 0.9, 0.9]))
    group = np.array([0, 0, 1])
    room = Bounds(0.5 * spend, 1.5 * spend, 300.0, group, np.array([210.0, np.inf]))
    plan = allocate(*curves, room)
    assert plan[:2].sum() <= 210.0 * (1 + 1e-9)
    assert np.isclose(plan.sum(), 300.0)


def test_a_campaign_with_room_for_nothing_keeps_its_spend():
    spend = np.array([100.0, 50.0, 70.0])
    low, high = 0.5 * spend, 1.5 * spend
    low[1] = high[1] = 50.0
    room = Bounds(low, high, spend.sum(), np.zeros(3, dtype=np.int64), np.array([np.inf]))
    plan = allocate(*_curves(spend, np.array([1.0, 5.0, 2.0]), np.array([0.5, 0.5, 0.5])), room)
    assert plan[1] == 50.0
