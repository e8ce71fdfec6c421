"""Rules of thumb that the optimizer is compared with, on the same worlds."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.allocation import Bounds, allocate
from core.campaigns.optimizer.history import History

Floats = NDArray[np.float64]


def in_proportion_to_roas(history: History, spend: Floats, room: Bounds) -> Floats:
    """Each campaign's spend times its ROAS, scaled to the total and kept within the bounds."""
    wanted = spend * _roas(history)
    return _within(wanted, room)


def best_roas_first(history: History, _spend: Floats, room: Bounds) -> Floats:
    """All campaigns at their least, then the one of the highest ROAS to its most, and so on."""
    steady = np.array([room.low, room.high]).T
    worth = _roas(history)[:, None] * (steady - steady[:, :1])
    return allocate(steady, worth, room)


def _roas(history: History) -> Floats:
    answer: Floats = history.attributed.sum(axis=0) / history.spend.sum(axis=0)
    return answer


def _within(wanted: Floats, room: Bounds) -> Floats:
    """The multiple of the wanted spends that meets the total once each is kept in its bounds."""
    low, high = 0.0, 1e6 * room.total / max(wanted.sum(), 1e-12)
    for _ in range(200):
        middle = (low + high) / 2
        if np.clip(middle * wanted, room.low, room.high).sum() < room.total:
            low = middle
        else:
            high = middle
    plan: Floats = np.clip(high * wanted, room.low, room.high)
    return plan


RULES: Mapping[str, Callable[[History, Floats, Bounds], Floats]] = {
    "in proportion to ROAS": in_proportion_to_roas,
    "best ROAS first": best_roas_first,
}
