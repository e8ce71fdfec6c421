from dataclasses import replace

import numpy as np
import pytest

from core.campaigns.optimizer.budget import best_plan
from core.campaigns.optimizer.limits import BudgetLimits
from ml.response.fit import fit
from ml.scorecard.worlds import World, WorldKind, draw

_WEEKLY = WorldKind("weekly", campaigns=3, periods=104, period_days=7, horizon_days=56)
_TESTED = WorldKind(
    "tested", campaigns=3, periods=104, period_days=7, horizon_days=56, lift_test_error=0.05
)
_CLAIMS_ALONE = WorldKind(
    "claims", campaigns=3, periods=104, period_days=7, horizon_days=56, has_outcome=False
)


@pytest.fixture(scope="module")
def world() -> World:
    return draw(_WEEKLY, seed=5)


def test_the_same_seed_and_history_give_the_same_draws(world: World):
    one, other = fit(world.history, 56, seed=3), fit(world.history, 56, seed=3)
    assert np.array_equal(one.revenue, other.revenue)
    assert np.array_equal(one.roi, other.roi)


def test_draws_are_finite_and_rise_with_spend(world: World):
    draws = fit(world.history, 56, seed=3)
    assert draws.revenue.shape == (*draws.roi.shape, len(draws.multiples))
    assert np.isfinite(draws.revenue).all()
    assert (np.diff(draws.revenue, axis=2) >= -1e-9 * draws.revenue.max()).all()


def test_true_revenue_at_other_spends_lies_within_what_is_believed(world: World):
    draws = fit(world.history, 56, seed=3)
    for multiple in (0.5, 1.0, 1.5):
        believed = draws.at(np.full(3, multiple))
        low, high = np.quantile(believed, (0.005, 0.995), axis=0)
        true = world.revenue(np.full(3, multiple))
        assert ((low <= true) & (true <= high)).all()


def test_a_lift_test_leaves_less_doubt():
    tested = draw(_TESTED, seed=5)
    doubt = {
        name: fit(history, 56, seed=3).roi.std(axis=0).sum()
        for name, history in {
            "with": tested.history,
            "without": draw(_WEEKLY, seed=5).history,
        }.items()
    }
    assert doubt["with"] < 0.7 * doubt["without"]


def test_without_an_outcome_the_doubt_is_that_of_the_platforms_claims():
    narrow = fit(draw(_CLAIMS_ALONE, seed=5).history, 56, attribution_sd=0.1, seed=3)
    wide = fit(draw(_CLAIMS_ALONE, seed=5).history, 56, attribution_sd=0.8, seed=3)
    assert narrow.noise is None
    assert narrow.roi.std(axis=0).sum() < 0.6 * wide.roi.std(axis=0).sum()


def test_a_plan_never_gains_more_than_the_best_that_is_possible(world: World):
    draws = fit(world.history, 56, seed=3)
    plan = best_plan(draws, BudgetLimits())
    assert plan.spend.sum() == pytest.approx(draws.spend.sum())
    assert plan.uplift.p05 <= plan.uplift.mean <= plan.uplift.p95


def test_an_outcome_by_which_advertising_brings_everything_is_not_believed():
    world = draw(_WEEKLY, seed=5)
    outcome = world.history.outcome
    assert outcome is not None
    media = world.history.attributed.sum(axis=1)
    # Sales that follow spend, but five times as much as the platforms claim: a hidden cause.
    moved = replace(outcome, revenue=6.0 * media)
    draws = fit(replace(world.history, outcome=moved), 56, seed=3)
    alone = fit(replace(world.history, outcome=None), 56, seed=3)
    assert not draws.outcome_believed
    assert draws.noise is not None
    assert draws.roi.mean() == pytest.approx(alone.roi.mean(), rel=0.1)
    assert fit(world.history, 56, seed=3).outcome_believed
