"""How much more counts and amounts vary from week to week than chance at one rate would have it.

Platforms count in clusters, days differ, and one conversion may be reported late; taken at
face value, a million impressions would make any difference certain. Counts are divided by
the dispersion before they are evidence (quasi-likelihood; McCullagh and Nelder, Generalized
Linear Models, 2nd ed., section 4.5).
"""

import numpy as np

from core.campaigns.optimizer.pooling import Floats

_ROUNDS = 30
_FEWEST_FREE = 4
_USUAL_WEIGHT = 4.0  # cells' worth of belief that single amounts are exponential
_SHAPES = (0.05, 100.0)


def of_counts(successes: Floats, trials: Floats) -> float:
    """Pearson's dispersion, at least 1, of ``(members, weeks)`` around member and week effects.

    What all members have in common in a week is no dispersion: they are compared in the
    same weeks. 1 where too few cells have trials to tell.
    """
    seen = trials > 0
    free = int(seen.sum() - seen.any(axis=1).sum() - seen.any(axis=0).sum() + 1)
    if free < _FEWEST_FREE or successes.sum() <= 0:
        return 1.0
    expected = _expected(successes, trials)
    likely = seen & (expected > 0)
    chi = ((successes - expected)[likely] ** 2 / expected[likely]).sum()
    return max(1.0, float(chi) / free)


def _expected(successes: Floats, trials: Floats) -> Floats:
    """Expected successes by iterative proportional fitting of both margins."""
    expected: Floats = trials * (successes.sum() / max(float(trials.sum()), 1.0))
    for _ in range(_ROUNDS):
        for axis in (1, 0):
            have = expected.sum(axis=axis, keepdims=True)
            want = successes.sum(axis=axis, keepdims=True)
            expected = expected * np.divide(want, have, out=np.zeros_like(have), where=have > 0)
    return expected


def shape_of_amounts(amounts: Floats, counts: Floats) -> float:
    """The Gamma shape of single amounts from sums over counts, ``(members, weeks)``.

    The variance of a sum around what its count makes expected gives it; few cells leave it
    near 1, which is the exponential.
    """
    seen = counts > 0
    total = counts.sum(axis=1, keepdims=True)
    mean = np.divide(amounts.sum(axis=1, keepdims=True), total, where=total > 0, out=total * 0)
    expected = (mean * counts)[seen]
    unit = (mean + 0.0 * counts)[seen]
    usable = expected > 0
    ratio = (amounts[seen] - expected)[usable] ** 2 / (unit * expected)[usable]
    free = max(int(usable.sum()) - len(counts), 0)
    spread = (float(ratio.sum()) + _USUAL_WEIGHT) / (free + _USUAL_WEIGHT)
    return float(np.clip(1.0 / spread, *_SHAPES))
