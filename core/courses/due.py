"""What a learner has to hand in next, in the days of the course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class DueItem:
    """Work that was not handed in yet.

    ``due_on`` and ``days_left`` are None where the course gives the work no date;
    ``days_left`` is negative once the work is overdue, 0 on the day itself.
    """

    assessment_id: int
    title: str
    due_on: date | None
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.days_left is not None and self.days_left < 0


def due_on(start: date, due_day: int | None) -> date | None:
    """The date on which work is due; ``due_day`` counts days after the course's start."""
    return None if due_day is None else start + timedelta(days=due_day)


def days_late(due: date | None, handed_in_at: datetime | None) -> int | None:
    """By how many days (UTC) work came after its due date, 0 when in time.

    None where it has no due date or was not handed in.
    """
    if due is None or handed_in_at is None:
        return None
    return max(0, (handed_in_at.date() - due).days)


def next_due(open_work: Iterable[tuple[int, str, date | None]], today: date) -> list[DueItem]:
    """Work not handed in (its id, title and due date) in the order in which to take it up.

    What is overdue comes first, the longest overdue at the top; then what is due, the
    nearest first; last what has no date.
    """
    items = [
        DueItem(key, title, due, None if due is None else (due - today).days)
        for key, title, due in open_work
    ]
    return sorted(items, key=_order)


def _order(item: DueItem) -> tuple[bool, date, str, int]:
    return item.due_on is None, item.due_on or date.max, item.title, item.assessment_id
