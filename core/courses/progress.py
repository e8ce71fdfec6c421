"""How far a learner is: derived from completed lessons every time, never stored."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's progress in one course, with the figures it was worked out from.

    ``percent`` is a whole number 0-100, or None where the course requires nothing.
    """

    percent: int | None
    completed: int
    required: int
    completed_weight: Decimal
    required_weight: Decimal

    @property
    def weights_matter(self) -> bool:
        """Whether the lessons' weights make another share than their number does."""
        return self.completed * self.required_weight != self.required * self.completed_weight


def progress(required: Mapping[int, Decimal], completed: Set[int]) -> Progress:
    """Work out progress from the weights of the required lessons and the completed lessons' ids.

    Σ weight of completed required lessons ÷ Σ weight of required lessons, floored to a whole
    percent. 100 is given only when every required lesson is done, those of no weight too.
    Completed lessons that are not required do not count.
    """
    done = [weight for lesson, weight in required.items() if lesson in completed]
    done_weight, total = sum(done, Decimal(0)), sum(required.values(), Decimal(0))
    return Progress(
        percent=_percent(done_weight, total, complete=len(done) == len(required)),
        completed=len(done),
        required=len(required),
        completed_weight=done_weight,
        required_weight=total,
    )


def _percent(done: Decimal, total: Decimal, *, complete: bool) -> int | None:
    if total == 0:
        return None
    return 100 if complete else min(99, int(done * 100 // total))
