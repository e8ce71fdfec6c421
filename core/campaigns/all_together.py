"""All suggestions as one: each gain put on the same scale, joined, never added."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.joint import Part, Together, together
from core.campaigns.optimizer.suggestion import Answer, Kind, Suggestion


@dataclass(frozen=True, slots=True)
class Joined:
    """What all suggestions bring together, and what each would bring alone.

    All are shares of the revenue that all campaigns cause. ``alone`` holds ``None`` for a kind
    that makes no suggestion, or one that is not about revenue.
    """

    together: Together
    alone: Mapping[Kind, Part | None]


def join(
    budget: NDArray[np.float64],
    others: Mapping[Kind, Answer],
    attributed: float | None,
    seed: int,
) -> Joined:
    """Join the budget's gain (S,) with the others'.

    ``attributed`` is the revenue that platforms attribute to all campaigns over the horizon:
    a gain of some campaigns is a smaller one of all. Taken for granted is that platforms claim
    too much of all campaigns alike.
    """
    alone = {kind: _part(answer, attributed) for kind, answer in others.items()}
    parts = [part for part in alone.values() if part is not None]
    return Joined(together(budget, parts, seed), alone)


def _part(answer: Answer, attributed: float | None) -> Part | None:
    if not isinstance(answer, Suggestion):
        return None
    found = answer.effect
    if found.money is None or attributed is None or attributed <= 0:
        return None
    if found.mean == 0:
        return Part(0.0, 0.0, 0.0)
    weight = min(1.0, max(0.0, found.money / found.mean / attributed))
    return Part(found.mean * weight, found.p05 * weight, found.p95 * weight)
