"""How much of a risk each group of features accounts for: exact Shapley values.

Compared with one reference, and over groups instead of single features, Shapley's values
(Shapley 1953) are the baseline form of SHAP (Lundberg and Lee 2017; Sundararajan and Najmi 2020).
With a handful of groups no sampling is needed: every combination is scored.
"""

from collections.abc import Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from ml.artifact import Matrix, Scorer

_MOST_ROWS = 50_000  # scored at once: some megabytes


def shapley(
    rows: Matrix, middle: Matrix, groups: Sequence[Sequence[int]], score: Scorer
) -> NDArray[np.float64]:
    """Effects (n, groups) of each row's own values, in place of the reference's.

    ``middle`` (features,) is the reference; ``groups`` are places of features. Columns in no
    group keep a row's own value on both sides. A row's effects add up to its score less that of
    its reference, to the precision of the scores; a group with the reference's values has 0.
    """
    effects = np.zeros((len(rows), len(groups)))
    same = (rows == middle) | (np.isnan(rows) & np.isnan(middle))
    differs = np.stack([~same[:, list(one)].all(axis=1) for one in groups], axis=1)
    patterns, of_row = np.unique(differs, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        playing = np.flatnonzero(pattern)
        chosen = np.flatnonzero(of_row.ravel() == number)
        at_once = max(1, _MOST_ROWS >> len(playing))
        for start in range(0, len(chosen), at_once):
            places = chosen[start : start + at_once]
            own = [np.asarray(groups[int(one)]) for one in playing]
            effects[np.ix_(places, playing)] = _exact(rows[places], middle, own, score)
    return effects


def _exact(
    rows: Matrix, middle: Matrix, groups: Sequence[NDArray[np.int64]], score: Scorer
) -> NDArray[np.float64]:
    """The same where every group differs: scores of all 2^k combinations, weighted."""
    combinations = 1 << len(groups)
    mixed = np.repeat(rows[None], combinations, axis=0)
    for place, columns in enumerate(groups):
        without = np.flatnonzero(~np.arange(combinations) >> place & 1)
        mixed[np.ix_(without, np.arange(len(rows)), columns)] = middle[columns]
    scores = score(mixed.reshape(-1, rows.shape[1])).reshape(combinations, len(rows))
    return (_weights(len(groups)) @ scores.astype(np.float64)).T


def _weights(players: int) -> NDArray[np.float64]:
    """(players, 2^players): what each combination's score counts for each player."""
    weights = np.empty((players, 1 << players))
    for combination in range(1 << players):
        size = combination.bit_count()
        for player in range(players):
            joined = combination >> player & 1
            others = size - joined
            share = factorial(others) * factorial(players - others - 1) / factorial(players)
            weights[player, combination] = share if joined else -share
    return weights
