"""How far a learner is: derived from completed lessons every time, never stored."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Lessons of which ``needed`` count together, as one requirement of this weight."""

    title: str
    weight: Decimal
    needed: int
    lessons: frozenset[int]

    def is_met(self, completed: Set[int]) -> bool:
        """Whether enough of the lessons are completed; all of them where fewer are left."""
        return len(self.lessons & completed) >= min(self.needed, len(self.lessons))


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's progress in one course, with the figures it was worked out from.

    ``percent`` is a whole number 0-100, or None where the course requires nothing.
    ``completed`` and ``required`` count lessons and groups of lessons.
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


def progress(
    required: Mapping[int, Decimal], completed: Set[int], groups: Sequence[Group] = ()
) -> Progress:
    """Work out progress from the weights of what is required and the completed lessons' ids.

    Σ weight of what is completed ÷ Σ weight of what is required, floored to a whole percent.
    A group counts with its weight once enough of its lessons are completed; one without
    lessons asks for nothing. 100 is given only when everything required is done, what has no
    weight too. Where all weights are 0, everything weighs alike. Completed lessons that are
    not required do not count.
    """
    parts = [(weight, lesson in completed) for lesson, weight in required.items()]
    parts += [(one.weight, one.is_met(completed)) for one in groups if one.lessons]
    total = sum((weight for weight, _ in parts), Decimal(0))
    if parts and total == 0:
        parts = [(Decimal(1), is_done) for _, is_done in parts]
        total = Decimal(len(parts))
    done = [weight for weight, is_done in parts if is_done]
    done_weight = sum(done, Decimal(0))
    return Progress(
        percent=_percent(done_weight, total, complete=len(done) == len(parts)),
        completed=len(done),
        required=len(parts),
        completed_weight=done_weight,
        required_weight=total,
    )


def _percent(done: Decimal, total: Decimal, *, complete: bool) -> int | None:
    if total == 0:
        return None
    return 100 if complete else min(99, int(done * 100 // total))
