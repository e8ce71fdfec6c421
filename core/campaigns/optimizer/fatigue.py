"""Whether creatives wear out: how the click rate changes as impressions add up.

For each creative a log-linear quasi-Poisson model of weekly clicks on the doublings of its
impressions so far, its error widened where neighbouring weeks resemble one another; the
slopes of one campaign are then pooled. What wears out in step with the season looks the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.campaigns.evidence import PartCounts
from core.campaigns.optimizer import pooling
from core.campaigns.optimizer.pooling import Floats

MIN_WEEKS = 6
MIN_CLICKS = 50
_LEAST_DOUBLINGS = 1.0
_USUAL_SLOPE = 0.15  # of the logarithm of the rate, for one doubling
_STEEPEST = 2.0  # of the logarithm; what cannot be told has no bounds of its own
_STEPS = 25
_MOST_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Wear:
    """How a creative's click rate changes when its impressions double: -0.08 is 8% less.

    ``p_worn`` is the probability that it falls at all.
    """

    part_id: int
    name: str
    mean: float
    p05: float
    p95: float
    p_worn: float


def find_wear(parts: Sequence[PartCounts], rng: np.random.Generator) -> list[Wear]:
    """The wear of those creatives of one campaign whose history is long enough to tell."""
    fitted = [(part, _slope(part)) for part in parts]
    known = [(part, *slope) for part, slope in fitted if slope is not None]
    if not known:
        return []
    slopes = np.array([slope for _, slope, _ in known])
    errors = np.array([error for *_, error in known])
    pooled = pooling.effects(slopes, errors, rng, spread=_USUAL_SLOPE)
    draws = np.expm1(np.clip(pooled, -_STEEPEST, _STEEPEST))
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    return [
        Wear(
            part.part_id,
            part.name,
            float(draws[:, i].mean()),
            float(low[i]),
            float(high[i]),
            float((draws[:, i] < 0).mean()),
        )
        for i, (part, *_) in enumerate(known)
    ]


def _slope(part: PartCounts) -> tuple[float, float] | None:
    """The slope for one doubling and its standard error; ``None`` where it cannot be told."""
    shown, clicked = _by_age(part)
    before = np.concatenate([[0.0], np.cumsum(shown)[:-1]])
    seen = shown > 0
    doublings = np.log2(before[seen] + shown[seen] / 2.0) if seen.any() else np.zeros(0)
    enough = seen.sum() >= MIN_WEEKS and clicked.sum() >= MIN_CLICKS
    if not enough or float(np.ptp(doublings)) < _LEAST_DOUBLINGS:
        return None
    return _quasi_poisson(clicked[seen], shown[seen], doublings)


def _by_age(part: PartCounts) -> tuple[Floats, Floats]:
    """Impressions and clicks by week, the oldest first."""
    count = 1 + max((week.ago for week in part.weeks), default=0)
    shown, clicked = np.zeros(count), np.zeros(count)
    for week in part.weeks:
        shown[count - 1 - week.ago] += max(week.counts.impressions, 0.0)
        clicked[count - 1 - week.ago] += max(week.counts.clicks, 0.0)
    return shown, clicked


def _quasi_poisson(clicks: Floats, shown: Floats, doublings: Floats) -> tuple[float, float]:
    design = np.column_stack([np.ones(len(clicks)), doublings - doublings.mean()])
    beta = np.array([np.log(clicks.sum() / shown.sum()), 0.0])
    for _ in range(_STEPS):
        expected = shown * np.exp(np.clip(design @ beta, -30.0, 5.0))
        curvature = design.T @ (design * expected[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (clicks - expected))
        beta = beta + np.clip(step, -1.0, 1.0)
    residuals = (clicks - expected) / np.sqrt(np.maximum(expected, 1e-9))
    phi = max(1.0, float(residuals @ residuals) / (len(clicks) - 2))
    alike = _alike(residuals)
    variance = phi * float(np.linalg.inv(curvature)[1, 1]) * (1.0 + alike) / (1.0 - alike)
    return float(beta[1]), max(float(np.sqrt(variance)), 1e-4)


def _alike(residuals: Floats) -> float:
    """Lag-one autocorrelation of the weeks, corrected for short series, in [0, 0.8]."""
    square = float(residuals @ residuals)
    if square <= 0:
        return 0.0
    raw = float(residuals[1:] @ residuals[:-1]) / square
    return float(np.clip(raw + (1.0 + 3.0 * raw) / len(residuals), 0.0, _MOST_ALIKE))
