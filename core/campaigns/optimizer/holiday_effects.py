"""What spend brought on public holidays, against what the same weekday of that week should have.

Ordinary days tell how far a day usually lies from expectation; holidays are pooled around
one another, so that a single odd Christmas is not a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from core.campaigns.optimizer import pooling

_USUAL = 0.3  # how far holidays lie apart, before any are seen
_SMALLEST = 1e-3
# Ordinary days helped to make their own expectation, holidays did not: 7/6 for each in variance.
_OUTSIDE = 7 / 6


@dataclass(frozen=True, slots=True)
class HolidayEffect:
    """A holiday by name: -0.2 is a fifth less brought for the same spend than usual."""

    name: str
    days: tuple[date, ...]
    mean: float
    p05: float
    p95: float


def of_holidays(
    known: Mapping[date, str], off: Mapping[date, float], rng: np.random.Generator
) -> list[HolidayEffect]:
    """The effect of each holiday with data; ``off`` is every day's distance from expectation."""
    seen: dict[str, list[date]] = {}
    for day, name in known.items():
        if day in off:
            seen.setdefault(name, []).append(day)
    usual = np.array([distance for day, distance in off.items() if day not in known])
    if not seen or len(usual) == 0:
        return []
    spread = max(float(np.sqrt((usual**2).mean())) * _OUTSIDE, _SMALLEST)
    estimates = np.array([np.mean([off[day] for day in days]) for days in seen.values()])
    errors = np.array([spread / np.sqrt(len(days)) for days in seen.values()])
    draws = np.maximum(pooling.effects(estimates, errors, rng, spread=_USUAL), -1.0)
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    return [
        HolidayEffect(name, tuple(days), float(draws[:, i].mean()), float(low[i]), float(high[i]))
        for i, (name, days) in enumerate(seen.items())
    ]
