"""Demand is what all campaigns' answers have in common, and nothing that one has alone."""

import numpy as np

from ml.response import demand

_PERIODS, _CAMPAIGNS = 200, 6


def _answers(shared: np.ndarray, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    expected = 100 * np.exp(0.4 * rng.standard_normal((_PERIODS, _CAMPAIGNS)))
    luck = noise * rng.standard_normal(expected.shape)
    return expected * (1 + shared[:, None]) * (1 + luck), expected


def test_a_rush_that_all_campaigns_see_is_demand():
    rush = np.zeros(_PERIODS)
    rush[::25] = 0.6
    index = demand.seen(*_answers(rush), _slow()).index
    assert np.corrcoef(index, rush)[0, 1] > 0.9
    assert 0.4 < index[rush > 0].mean() - index[rush == 0].mean() < 0.65


def test_noise_of_each_campaign_is_not_demand():
    assert not demand.seen(*_answers(np.zeros(_PERIODS)), _slow()).is_seen


def test_a_claim_that_drifts_is_not_demand():
    drift = 0.3 * np.linspace(-1, 1, _PERIODS)
    assert not demand.seen(*_answers(drift), _slow()).is_seen


def test_two_campaigns_tell_nothing_in_common():
    attributed, expected = _answers(0.3 * np.sin(np.arange(_PERIODS)))
    assert not demand.seen(attributed[:, :2], expected[:, :2], _slow()).is_seen


def _slow() -> np.ndarray:
    return np.linspace(-1, 1, _PERIODS)[:, None]
