"""How likely curves are, given the revenue that a platform attributes to a campaign.

Scale and noise are integrated out. So is a slow change of the scale: what a platform claims
drifts with its rules and with the season, and taken as constant that would be seen as a
bend of the curve.
"""

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.history import History

Floats = NDArray[np.float64]

_NOISE_POWERS = (0.0, 1.0, 2.0)  # variance as a power of the level
_LEVEL_FLOOR = 0.05  # of the mean level, so that an idle period does not decide all
_DRIFT = 0.2  # prior size of a change of the scale, as a share of it
_YEAR_DAYS = 365.25
_LEAST_YEARS = 0.6  # of a history in which a season is told from a trend


def changes(history: History) -> Floats:
    """Ways (T, D) in which the scale may change: steadily, and with the season."""
    days = np.array([(start - history.starts[0]).days for start in history.starts], dtype=float)
    span = max(days[-1], 1.0)
    ways = [2 * days / span - 1]
    if span > _LEAST_YEARS * _YEAR_DAYS:
        ways += [wave(2 * np.pi * days / _YEAR_DAYS) for wave in (np.sin, np.cos)]
    around: Floats = np.column_stack([way - way.mean() for way in ways])
    return around


def weigh(answers: Floats, attributed: Floats, ways: Floats) -> tuple[Floats, Floats, Floats]:
    """Log evidence of the curves (G,), their scales and how sure those are.

    ``answers`` (G, T) are the curves before their scale, ``ways`` (T, D) how it may change.
    The noise may grow with the level; how much is weighed too.
    """
    first = _Sums(answers, attributed, np.ones(len(attributed)), ways[:, :0]).solved()
    best = int(np.argmin(first[3]))
    typical = np.maximum(answers[best] * first[1][best], 0.0)
    typical = np.maximum(typical, _LEVEL_FLOOR * max(typical.mean(), 1e-12))
    found = []
    for power in _NOISE_POWERS:
        weight = typical**-power
        weight /= np.exp(np.log(weight).mean())  # equal determinants: evidences compare
        found.append(_Sums(answers, attributed, weight, ways).solved())
    logs = np.stack([one[0] for one in found])
    top = logs.max()
    _, levels, spreads, _ = found[int(logs.max(axis=1).argmax())]
    return top + np.log(np.exp(logs - top).mean(axis=0) + 1e-300), levels, spreads


class _Sums:
    """Weighted sums of squares of G curves, each times 1 and every way of change.

    They are in units of each curve's own ``size``, so that no curve is favoured for the unit
    that it is written in.
    """

    def __init__(self, answers: Floats, attributed: Floats, weight: Floats, ways: Floats) -> None:
        n, self.ways = ways.shape
        each = np.column_stack([np.ones(n), ways]) * np.sqrt(weight)[:, None]
        pairs = (each[:, :, None] * each[:, None, :]).reshape(n, -1)
        own = (answers**2) @ pairs
        self.size = np.maximum(own[:, 0], 1e-300)
        self.gram = (own / self.size[:, None]).reshape(-1, self.ways + 1, self.ways + 1)
        told = answers @ (each * (np.sqrt(weight) * attributed)[:, None])
        self.across = told / self.size[:, None]
        self.whole = float(weight @ attributed**2)
        self.freedom = max(n - 1, 1)

    def solved(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Log evidence, scale, its standard error and residual sum of squares of each curve."""
        rss = self._rest(self.across[:, 0] ** 2)
        precision = self._shrinkage(rss)
        gram = self.gram.copy()
        each = np.arange(1, self.ways + 1)
        gram[:, each, each] += precision[:, None]
        inverse = np.linalg.inv(gram)
        scales = np.einsum("gij,gj->gi", inverse, self.across)
        rss = self._rest((self.across * scales).sum(axis=1))
        logs = -0.5 * self.freedom * np.log(rss)
        logs += 0.5 * self.ways * np.log(precision) - 0.5 * np.linalg.slogdet(gram)[1]
        scale = scales[:, 0]
        logs[~(scale > 0)] = -np.inf
        error = np.sqrt(rss / self.freedom / self.size * inverse[:, 0, 0])
        return logs, scale, error, rss

    def _rest(self, explained: Floats) -> Floats:
        """What curves leave of the squares, where in their own units they explain so much."""
        left = self.whole - self.size * explained
        answer: Floats = np.maximum(left, 1e-9 * max(self.whole, 1e-12))
        return answer

    def _shrinkage(self, rss: Floats) -> Floats:
        """Prior precision of a change in units of the noise: a share of the steady scale."""
        noise = rss.min() / self.freedom
        usual = _DRIFT**2 * np.maximum(self.across[:, 0] ** 2 * self.size, 1e-12 * self.whole)
        answer: Floats = np.maximum(noise, 1e-300) / np.maximum(usual, 1e-300)
        return answer
