import numpy as np
import pytest

from core.campaigns.optimizer.budget import Binding, best_plan
from core.campaigns.optimizer.experiment import next_experiment
from core.campaigns.optimizer.joint import Part, together
from core.campaigns.optimizer.limits import (
    BadMultiples,
    BudgetLimits,
    BudgetTooLarge,
    BudgetTooSmall,
    TypeCapTooSmall,
    check_multiples,
)
from tests.core.campaigns.optimizer.draws import made


def test_money_goes_to_what_returns_most_and_the_total_stays():
    plan = best_plan(made(), BudgetLimits())
    assert plan.spend.sum() == pytest.approx(300.0)
    assert plan.spend[0] < 100.0 < plan.spend[2]
    assert plan.uplift.mean > 0
    assert 0.9 < plan.p_gain <= 1.0


def test_limits_that_hold_the_plan_back_are_named():
    plan = best_plan(made(), BudgetLimits(locked=frozenset({"c1"})))
    assert plan.spend[1] == 100.0
    assert Binding("locked", "c1") in plan.binding
    assert Binding("min", "c0") in plan.binding


def test_a_step_is_never_larger_than_asked():
    plan = best_plan(made(), BudgetLimits(largest_step=0.1))
    assert np.allclose(np.abs(plan.multiples - 1).max(), 0.1, atol=1e-6)


def test_a_caution_of_one_gives_up_gain_for_a_better_bad_tenth():
    draws = made(doubt=(0.05, 0.05, 0.9))
    bold, careful = (best_plan(draws, BudgetLimits(caution=one)) for one in (0.0, 1.0))
    bad_tenth = [np.quantile(draws.uplift(plan.multiples), 0.1) for plan in (bold, careful)]
    assert bad_tenth[1] >= bad_tenth[0]
    assert careful.uplift.mean <= bold.uplift.mean


def test_a_reserve_is_left_unspent():
    plan = best_plan(made(), BudgetLimits(reserve=0.1))
    assert plan.spend.sum() == pytest.approx(270.0)


def test_all_campaigns_locked_is_todays_plan():
    plan = best_plan(made(), BudgetLimits(locked=frozenset({"c0", "c1", "c2"})))
    assert np.array_equal(plan.spend, [100.0, 100.0, 100.0])
    assert {one.limit for one in plan.binding} == {"locked"}
    assert plan.uplift.mean == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("limits", "error"),
    [
        (BudgetLimits(total=100.0), BudgetTooSmall),
        (BudgetLimits(total=1000.0), BudgetTooLarge),
        (BudgetLimits(type_most={"search": 50.0}), TypeCapTooSmall),
    ],
)
def test_an_impossible_budget_is_explained(limits: BudgetLimits, error: type[Exception]):
    with pytest.raises(error):
        best_plan(made(), limits)


@pytest.mark.parametrize(
    "pair", [(-0.1, 1.0), (1.2, 1.1), (0.5, float("nan")), (0.5, float("inf"))]
)
def test_multiples_that_no_plan_can_keep_are_refused(pair: tuple[float, float]):
    with pytest.raises(BadMultiples):
        check_multiples(BudgetLimits(*pair))


def test_the_next_experiment_is_of_the_campaign_whose_doubt_matters():
    found = next_experiment(made(worth=(2.0, 2.0, 2.0), doubt=(0.02, 0.02, 0.6)), BudgetLimits())
    assert found is not None
    assert found.campaign_id == "c2"
    assert 0 < found.value <= found.known
    assert found.doubt_after < found.doubt_now


def test_without_a_known_noise_no_experiment_is_proposed():
    assert next_experiment(made(noise=None), BudgetLimits()) is None


@pytest.mark.parametrize(
    "limits",
    [
        BudgetLimits(least=0.0, most=2.0, locked=frozenset({"c2"})),
        BudgetLimits(least=0.0, most=2.0, by_campaign={"c2": (0.9, 1.1)}),
        BudgetLimits(least=0.8, most=1.2, by_campaign={"c0": (0.0, 2.0)}),
    ],
)
def test_a_test_keeps_the_limits_of_its_campaign(limits):
    found = next_experiment(made(worth=(2.0, 2.0, 2.0), doubt=(0.3, 0.3, 0.6)), limits)
    assert found is not None
    assert found.campaign_id != "c2"


def test_a_test_changes_no_more_than_the_largest_step_and_a_cap_allow():
    draws = made(worth=(2.0, 2.0, 2.0), doubt=(0.02, 0.02, 0.6))
    found = next_experiment(draws, BudgetLimits(largest_step=0.3))
    assert found is not None
    assert abs(found.spend_change) <= 0.3
    found = next_experiment(draws, BudgetLimits(type_most={"search": 210.0}))
    assert found is not None
    assert found.spend_change < 0
    assert next_experiment(draws, BudgetLimits(largest_step=0.1)) is None


def test_together_is_no_sum_of_gains():
    budget = np.random.default_rng(2).normal(0.05, 0.02, 4000)
    parts = [Part(0.04, 0.01, 0.07), Part(0.03, -0.01, 0.07)]
    found = together(budget, parts, seed=1)
    assert 0.05 < found.gain.mean < 0.05 + 0.04 + 0.03
    assert found.gain.p05 < found.gain.mean < found.gain.p95
    assert found == together(budget, parts, seed=1)
