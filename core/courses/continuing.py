"""Where a learner goes on in a course."""

from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson to go to."""

    lesson_id: int
    title: str


def where_to_continue(
    lessons: Sequence[LessonLink], completed: Set[int], last_opened: int | None
) -> LessonLink | None:
    """The lesson opened last while it is not done, else the next one that is not done.

    ``lessons`` stand in the course's order. After the last of them it begins again at the
    first that is not done; None when all are.
    """
    places = {one.lesson_id: place for place, one in enumerate(lessons)}
    start = places.get(last_opened, 0) if last_opened is not None else 0
    from_there = [*lessons[start:], *lessons[:start]]
    return next((one for one in from_there if one.lesson_id not in completed), None)
