"""What moves the business beside advertising is found in revenue, as far as it is there."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from core.campaigns.optimizer.history import History
from ml.response import baseline, effects, variance
from ml.response.demand import Demand
from ml.scorecard.worlds import WorldKind, draw

_DAILY = WorldKind("daily", campaigns=3, periods=730, period_days=1, horizon_days=28)
_NOISE = 0.05


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """As fitting has it: of small matrices, threads make more of waiting than of work."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def history() -> History:
    return draw(_DAILY, seed=2).history


def _sizes(history: History, revenue: np.ndarray) -> variance.Sizes:
    columns = effects.of(history, _usual(history))
    one = np.ones(history.periods)
    return variance.estimated(columns, one, revenue, 1e-3 * history.attributed, _NOISE)


def _usual(history: History) -> Demand:
    return Demand(np.zeros(history.periods))


def _noise(history: History, seed: int = 4) -> np.ndarray:
    return _NOISE * np.random.default_rng(seed).standard_normal(history.periods)


def test_nothing_is_found_where_there_is_noise_alone(history: History):
    found = _sizes(history, 1 + _noise(history))
    assert max(found.waves, found.dates, found.echo) <= 0.25


def test_days_that_return_every_year_are_found(history: History):
    away = np.array([abs(start.timetuple().tm_yday - 330) for start in history.starts])
    rush = 0.5 * np.maximum(0, 1 - away / 5)
    assert _sizes(history, 1 + rush + _noise(history)).dates >= 1.0


def test_an_echo_of_noise_is_told_from_waves(history: History):
    noise = _noise(history)
    for day in range(1, len(noise)):
        noise[day] += 0.6 * noise[day - 1]
    assert _sizes(history, 1 + noise).echo in (0.45, 0.6, 0.75)


def test_the_projection_takes_out_the_baseline_and_keeps_the_lengths(history: History):
    known = np.ones(history.periods, dtype=bool)
    assert history.outcome is not None
    revenue = history.outcome.revenue
    project = baseline.fit(history, known, revenue, history.attributed, _usual(history))
    straight = project(np.linspace(1.0, 2.0, history.periods) / project.weight)
    assert project(history.spend.T).shape == history.spend.T.shape
    assert np.abs(project(np.ones(history.periods))).max() < 1e-6
    assert np.isfinite(straight).all()


def test_an_outcome_that_never_changes_is_fitted_without_failing(history: History):
    assert history.outcome is not None
    known = np.ones(history.periods, dtype=bool)
    same = replace(history.outcome, revenue=np.full(history.periods, 9000.0))
    still = replace(history, outcome=same)
    project = baseline.fit(still, known, same.revenue, still.attributed, _usual(still))
    assert np.isfinite(project(still.attributed.T)).all()
