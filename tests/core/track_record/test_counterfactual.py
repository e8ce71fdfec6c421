"""The counterfactual on days whose truth is known: unbiased, and as sure as it says."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.track_record.counterfactual import NothingCame, TooFewDays, realised
from tests.core.track_record.worlds import world


def test_the_interval_covers_the_truth_about_nine_times_in_ten() -> None:
    covered, errors = [], []
    for seed in range(80):
        seen, truth = world(seed, effect=(-0.1, 0.0, 0.08, 0.2)[seed % 4], days=140)
        share = realised(seen, seed=1).share
        low, high = np.quantile(share, (0.05, 0.95))
        covered.append(low <= truth <= high)
        errors.append(float(share.mean()) - truth)
    assert 0.82 <= np.mean(covered) <= 0.98
    assert abs(np.mean(errors)) <= 3 * np.std(errors) / np.sqrt(len(errors)) + 0.003


def test_a_control_that_moves_with_demand_makes_it_surer() -> None:
    widths = {True: 0.0, False: 0.0}
    for seed in range(8):
        seen, _ = world(seed)
        for with_control in widths:
            given_ = seen if with_control else replace(seen, controls={})
            low, high = np.quantile(realised(given_, seed=1).share, (0.05, 0.95))
            widths[with_control] += high - low
    assert widths[True] < widths[False]


def test_a_control_that_ends_before_the_plan_is_not_used() -> None:
    seen, _ = world(1)
    control = seen.controls["others"].copy()
    control[-5:] = np.nan
    assert () == realised(replace(seen, controls={"others": control}), seed=1).controls


def test_more_spend_alone_is_part_of_what_the_plan_brought() -> None:
    """Spend that the plan raised must not explain its own effect away."""
    seen, _ = world(3, effect=0.15)
    spend = seen.spend.copy()
    spend[seen.first :] *= 1.5
    share = realised(replace(seen, spend=spend), seed=1).share
    assert realised(seen, seed=1).share.mean() == pytest.approx(share.mean(), abs=0.01)


def test_days_without_revenue_are_put_together_to_weeks() -> None:
    seen, _ = world(2, effect=0.0, zeros=True)
    found = realised(seen, seed=1)
    assert 28 == found.days
    assert abs(found.share.mean()) < 0.15


def test_unknown_days_are_left_out_of_both_sides() -> None:
    seen, _ = world(4, effect=0.1)
    target = seen.target.copy()
    target[seen.first : seen.first + 7] = np.nan
    target[50:60] = np.nan
    found = realised(replace(seen, target=target), seed=1)
    assert (21, 230) == (found.days, found.pre_days)


def test_the_same_seed_gives_the_same_answer() -> None:
    seen, _ = world(5)
    assert (realised(seen, seed=7).gain == realised(seen, seed=7).gain).all()


def test_too_few_days_before_the_plan_are_said_to_be_so() -> None:
    seen, _ = world(6, days=40)
    with pytest.raises(TooFewDays) as told:
        realised(seen, seed=1)
    assert 40 == told.value.days


def test_nothing_that_came_cannot_be_judged() -> None:
    seen, _ = world(6)
    with pytest.raises(NothingCame):
        realised(replace(seen, target=np.zeros(len(seen.target))), seed=1)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.01, 1e6), st.integers(0, 1000))
def test_another_currency_changes_no_share_and_scales_the_money(unit: float, seed: int) -> None:
    seen, _ = world(seed, days=80)
    other = replace(
        seen, target=seen.target * unit, spend=seen.spend * unit, attributed=seen.attributed * unit
    )
    one, two = realised(seen, seed=1), realised(other, seed=1)
    assert two.share.mean() == pytest.approx(one.share.mean(), abs=2e-3)
    assert two.gain.mean() == pytest.approx(one.gain.mean() * unit, rel=0.2, abs=unit * 100)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.0, 1.0))
def test_what_came_is_the_gain_and_what_would_have_come(seed: int, effect: float) -> None:
    seen, _ = world(seed, effect=effect, days=80)
    found = realised(seen, seed=1)
    total = seen.target[seen.first : seen.last + 1].sum()
    assert np.allclose(found.gain + found.without, total)
    assert np.isfinite(found.share).all()
