"""All suggestions together: one posterior and one interval; separate gains are never added.

A budget moved to a campaign and a better creative in it multiply. Creative, audience and
timing gains may be the same gain seen three times (an audience that likes a creative, seen on
its days), so how much of the smaller ones comes on top of the largest is itself uncertain:
anything from nothing to all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.budget import Interval

Floats = NDArray[np.float64]

_HALF_WIDTH = 1.645  # standard deviations from the middle to the 5th or 95th percentile


@dataclass(frozen=True, slots=True)
class Part:
    """A gain beside the budget's, as a share of all incremental revenue, with its 90% interval."""

    mean: float
    p05: float
    p95: float


@dataclass(frozen=True, slots=True)
class Together:
    """What all suggestions bring together, as a share of today's incremental revenue."""

    gain: Interval
    p_gain: float


def together(budget: Floats, parts: Sequence[Part], seed: int) -> Together:
    """Join the budget's draws (S,) with the other gains; the same seed gives the same answer."""
    rng = np.random.default_rng(seed)
    total = 1 + budget
    if parts:
        others = np.stack([_drawn(part, len(budget), rng) for part in parts])
        largest = others.max(axis=0)
        overlap = rng.random(len(budget))
        total = total * (1 + largest + overlap * (others.sum(axis=0) - largest))
    gains: Floats = total - 1
    return Together(Interval.of(gains), float((gains > 0).mean()))


def _drawn(part: Part, count: int, rng: np.random.Generator) -> Floats:
    """Draws from a normal distribution with a spread of its own on either side."""
    standard = rng.standard_normal(count)
    below = max(part.mean - part.p05, 0.0) / _HALF_WIDTH
    above = max(part.p95 - part.mean, 0.0) / _HALF_WIDTH
    drawn: Floats = part.mean + np.where(standard < 0, below, above) * standard
    return drawn
