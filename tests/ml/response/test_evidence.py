"""A platform's drifting claim is not a bend of the curve."""

from dataclasses import replace

import numpy as np

from ml.response import evidence, shapes
from ml.response.curves import grid
from ml.scorecard.worlds import World, WorldKind, draw

_KIND = WorldKind("weekly", campaigns=2, periods=104, period_days=7, horizon_days=56)


def _gain_from_half_more(world: World, attributed: np.ndarray, ways: np.ndarray) -> float:
    """What the mean of the fitted curves expects half more spend to bring, as a share."""
    spend = world.history.spend[:, 0]
    rng = np.random.default_rng(1)
    fitted = shapes.fit(spend, attributed, ways, grid(), 96, rng)
    now, more = (fitted.respond(times * spend).sum(axis=1).mean() for times in (1.0, 1.5))
    return float(more / now - 1)


def test_a_claim_that_drifts_with_spend_does_not_bend_the_curve():
    world = draw(_KIND, seed=3)
    growing = world.history.spend * np.linspace(0.5, 1.5, 104)[:, None]
    truth = world.truths[0]
    world = replace(world, history=replace(world.history, spend=growing))
    spend = growing[:, 0]
    true = truth(1.5 * spend).sum() / truth(spend).sum() - 1
    rng = np.random.default_rng(2)
    noise = np.exp(0.05 * rng.standard_normal(104))
    drifting = truth(spend) * np.exp(np.linspace(-0.3, 0.3, 104)) * noise
    ways = evidence.changes(world.history)
    with_drift = _gain_from_half_more(world, drifting, ways)
    without = _gain_from_half_more(world, drifting, ways[:, :0])
    assert abs(with_drift - true) < 0.5 * abs(without - true)


def test_ways_of_change_are_around_nothing_and_know_a_season_only_after_a_while():
    history = draw(_KIND, seed=3).history
    short = replace(history, starts=history.starts[:26])
    assert (evidence.changes(history).shape, evidence.changes(short).shape) == ((104, 3), (26, 1))
    np.testing.assert_allclose(evidence.changes(history).mean(axis=0), 0, atol=1e-12)
