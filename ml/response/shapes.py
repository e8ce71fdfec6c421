"""A campaign's curve up to its scale, from the revenue its platform attributes to it.

Every curve of the grid is weighed by its evidence: its scale has a flat prior and is
integrated out, so is the noise. The noise may grow with the level; how much is weighed too.
Then curves near the likely ones are weighed in the same way, for a grid is coarse.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.response.curves import Curves, carried, nearby

Floats = NDArray[np.float64]

_NOISE_POWERS = (0.0, 1.0, 2.0)  # variance as a power of the level
_LEVEL_FLOOR = 0.05  # of the mean level, so that an idle period does not decide all
_NEARBY = 400
_WIDER = 0.25  # power of the evidence by which cells are chosen to be filled


@dataclass(frozen=True, slots=True)
class Shapes:
    """K equally likely curves of one campaign; ``level`` (K,) scales them to attributed revenue."""

    curves: Curves
    level: Floats
    spend: Floats

    def respond(self, spend: Floats) -> Floats:
        """Attributed revenue of each curve for a spend series: (K, T)."""
        answers: Floats = self.curves.respond(lambda r: carried(spend, r) / unit(self.spend, r))
        return answers * self.level[:, None]


def fit(
    spend: Floats,
    attributed: Floats,
    grid: Curves,
    prior: Floats,
    keep: int,
    rng: np.random.Generator,
) -> Shapes:
    """Draw ``keep`` curves from those that the attributed series (T,) leaves likely."""

    def at_work(retention: float) -> Floats:
        return carried(spend, retention) / unit(spend, retention)

    logs, *_ = _evidence(grid.respond(at_work), attributed)
    logs += np.log(prior)
    wide = _shares(_WIDER * logs)
    cells = _systematic(wide, _NEARBY, rng)
    tried = nearby(grid.chosen(cells), rng)
    found, levels, spreads = _evidence(tried.respond(at_work), attributed)
    # Cells were chosen by a wider distribution than the prior: that is divided out again.
    member = _systematic(_shares(found + np.log(prior[cells]) - _WIDER * logs[cells]), keep, rng)
    level = levels[member] + spreads[member] * rng.standard_normal(keep)
    return Shapes(tried.chosen(member), np.maximum(level, 0.05 * np.abs(levels[member])), spend)


def unit(spend: Floats, retention: float) -> float:
    """Mean carried spend of the periods in which any is at work."""
    worked = carried(spend, retention)
    active = worked[worked > 1e-6 * worked.max()]
    return float(active.mean()) if len(active) else 1.0


def _shares(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    shares: Floats = weights / weights.sum()
    return shares


def _evidence(answers: Floats, attributed: Floats) -> tuple[Floats, Floats, Floats]:
    """Log evidence of the curves (G,), their levels and how sure those are."""
    _, first_levels, _, first_rss = _regress(answers, attributed, np.ones(len(attributed)))
    best = int(np.argmin(first_rss))
    typical = np.maximum(answers[best] * first_levels[best], 0.0)
    typical = np.maximum(typical, _LEVEL_FLOOR * max(typical.mean(), 1e-12))
    found = []
    for power in _NOISE_POWERS:
        weight = typical**-power
        weight /= np.exp(np.log(weight).mean())  # equal determinants: evidences compare
        found.append(_regress(answers, attributed, weight))
    logs = np.stack([one[0] for one in found])
    top = logs.max()
    _, levels, spreads, _ = found[int(logs.max(axis=1).argmax())]
    return top + np.log(np.exp(logs - top).mean(axis=0) + 1e-300), levels, spreads


def _regress(
    answers: Floats, attributed: Floats, weight: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Log evidence, level, its standard error and residual sum of squares of each curve."""
    n = len(attributed)
    size = np.maximum((answers**2) @ weight, 1e-300)
    fit = answers @ (weight * attributed)
    level = fit / size
    whole = float(weight @ attributed**2)
    rss = np.maximum(whole - fit * level, 1e-9 * max(whole, 1e-12))
    log_evidence = -0.5 * (n - 1) * np.log(rss)
    # A flat prior on the level that does not favour curves for the unit they are written in:
    # the curve is taken relative to its own size, so the term of its size drops out.
    log_evidence[level <= 0] = -np.inf
    return log_evidence, level, np.sqrt(rss / max(n - 1, 1) / size), rss


def _systematic(weights: Floats, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Members drawn in proportion to their weights, evenly spread (systematic resampling)."""
    points = (rng.random() + np.arange(count)) / count
    drawn = np.searchsorted(np.cumsum(weights), points)
    return rng.permutation(np.minimum(drawn, len(weights) - 1))
