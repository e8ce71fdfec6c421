"""A campaign's curve up to its scale, from the revenue its platform attributes to it.

Every curve of the grid is weighed by its evidence. Then curves near the likely ones are
weighed in the same way, for a grid is coarse.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.response.curves import Curves, carried, nearby
from ml.response.evidence import weigh

Floats = NDArray[np.float64]

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
    ways: Floats,
    tried: tuple[Curves, Floats],
    keep: int,
    rng: np.random.Generator,
) -> Shapes:
    """Draw ``keep`` curves from those that the attributed series (T,) leaves likely.

    ``ways`` (T, D) are those in which their scale may change, ``tried`` the grid and its prior.
    """
    grid, prior = tried

    def at_work(retention: float) -> Floats:
        return carried(spend, retention) / unit(spend, retention)

    logs, *_ = weigh(grid.respond(at_work), attributed, ways)
    logs += np.log(prior)
    wide = _shares(_WIDER * logs)
    cells = _systematic(wide, _NEARBY, rng)
    near = nearby(grid.chosen(cells), rng)
    found, levels, spreads = weigh(near.respond(at_work), attributed, ways)
    # Cells were chosen by a wider distribution than the prior: that is divided out again.
    member = _systematic(_shares(found + np.log(prior[cells]) - _WIDER * logs[cells]), keep, rng)
    level = levels[member] + spreads[member] * rng.standard_normal(keep)
    return Shapes(near.chosen(member), np.maximum(level, 0.05 * np.abs(levels[member])), spend)


def unit(spend: Floats, retention: float) -> float:
    """Mean carried spend of the periods in which any is at work."""
    worked = carried(spend, retention)
    active = worked[worked > 1e-6 * worked.max()]
    return float(active.mean()) if len(active) else 1.0


def _shares(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    shares: Floats = weights / weights.sum()
    return shares


def _systematic(weights: Floats, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Members drawn in proportion to their weights, evenly spread (systematic resampling)."""
    points = (rng.random() + np.arange(count)) / count
    drawn = np.searchsorted(np.cumsum(weights), points)
    return rng.permutation(np.minimum(drawn, len(weights) - 1))
