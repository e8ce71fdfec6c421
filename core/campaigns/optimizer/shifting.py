"""Moving shares: how far, and what it is expected to bring.

Averages say what the spend so far brought, not what more of it would. So more spend on one
part is taken to bring less than in proportion: returns grow with a power of the part's spend
that these figures cannot tell. It is drawn between 0.5 (the square root) and 1 (no saturation),
evenly; this is our assumption, not a finding, and every suggestion that uses it says so.
"""

import numpy as np

from core.campaigns.optimizer.pooling import DRAWS, Floats
from core.campaigns.optimizer.suggestion import Effect, Remark

ELASTICITY = (0.5, 1.0)
_CENTRE = 0.75
_ROUNDS = 80


def elasticities(rng: np.random.Generator) -> Floats:
    """Draws of how returns grow with spend, ``(DRAWS, 1)``."""
    return rng.uniform(*ELASTICITY, (DRAWS, 1))


def best_shares(now: Floats, returns: Floats, step: float) -> Floats:
    """The shares that bring most when none changes by more than ``step`` of itself.

    ``now`` are positive shares that add up to one, ``returns`` what a unit brings of each on
    average, at least 0. Every share is raised to where the marginal return is the same
    (Lagrange), as far as its bounds allow.
    """
    low, high = now * (1.0 - step), now * (1.0 + step)
    weight = np.power(np.maximum(returns, 1e-12) / returns.max(), 1.0 / (1.0 - _CENTRE))
    floor, ceiling = -60.0, 60.0  # of the multiplier's logarithm
    for _ in range(_ROUNDS):
        middle = (floor + ceiling) / 2.0
        if np.clip(now * weight * np.exp(middle), low, high).sum() < 1.0:
            floor = middle
        else:
            ceiling = middle
    shares: Floats = np.clip(now * weight * np.exp(ceiling), low, high)
    total: float = shares.sum()
    return shares / total


def gain(now: Floats, then: Floats, returns: Floats, elasticity: Floats) -> Floats:
    """Draws of the change in what one unit of total spend brings, ``(DRAWS,)``.

    ``now`` and ``then`` are shares, ``now`` above zero; ``returns`` are draws, ``(DRAWS, parts)``.
    """
    grown = now * (np.power(then / now, elasticity) - 1.0)
    change: Floats = (returns * grown).sum(axis=1)
    return change


def effect(change: Floats, base: Floats, of: Remark, *, is_money: bool) -> Effect:
    """The effect from draws of the change and of what there is without it, which is positive."""
    share = change / base
    low, high = np.quantile(share, (0.05, 0.95))
    return Effect(
        mean=float(share.mean()),
        p05=float(low),
        p95=float(high),
        p_gain=float((change > 0).mean()),
        of=of,
        money=float(change.mean()) if is_money else None,
    )
