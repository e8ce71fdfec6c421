import numpy as np
import pytest

from ml.scorecard import scoring
from ml.scorecard.rules import RULES
from ml.scorecard.scoring import CAUTIOUS, OPTIMIZER, Played
from ml.scorecard.worlds import WorldKind, draw

_SMALL = WorldKind("small", campaigns=3, periods=60, period_days=7, horizon_days=56)


def test_the_same_seed_draws_the_same_world():
    one, other = draw(_SMALL, 4), draw(_SMALL, 4)
    assert np.array_equal(one.history.spend, other.history.spend)
    assert np.array_equal(one.history.attributed, other.history.attributed)
    assert not np.array_equal(one.history.spend, draw(_SMALL, 5).history.spend)


def test_media_bring_the_share_of_revenue_that_was_asked_for():
    world = draw(_SMALL, 4)
    media = sum(truth(world.history.spend[:, c]).sum() for c, truth in enumerate(world.truths))
    outcome = world.history.outcome
    assert outcome is not None
    assert media / outcome.revenue.sum() == pytest.approx(_SMALL.media_share, abs=0.02)


def test_todays_plan_gains_nothing():
    assert draw(_SMALL, 4).uplift(np.ones(3)) == 0.0


def test_no_method_beats_somebody_who_knows_the_truth():
    played = scoring.play(_SMALL, 4)
    assert {one.method for one in played} == {OPTIMIZER, CAUTIOUS, *RULES}
    assert all(one.gain <= one.best + 1e-3 for one in played)
    assert played[0].best > 0


def test_shares_are_pooled_over_worlds_and_compared_on_the_same_ones():
    name = next(iter(RULES))
    worlds = [
        [Played(OPTIMIZER, 0.10, 0.10, 0.12, 0.05, 0.15, 1.0), Played(name, 0.05, 0.10)],
        [Played(OPTIMIZER, -0.02, 0.10, 0.04, 0.01, 0.07, 3.0), Played(name, 0.01, 0.10)],
    ]
    optimizer, naive = scoring.summarised("small", worlds)
    assert optimizer.pooled_share == pytest.approx(0.4)
    assert optimizer.worse_than_today == 0.5
    assert optimizer.coverage == 0.5
    assert optimizer.claim_error == pytest.approx(0.04)
    assert optimizer.ahead == pytest.approx(0.01)
    assert optimizer.cpu_seconds == 2.0
    assert naive.coverage is None
    assert naive.ahead == 0.0
