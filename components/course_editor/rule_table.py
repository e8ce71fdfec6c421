"""What counts as rows of two tables, and back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.courses.contents_editing import WrittenModule
from core.courses.progress import Group
from core.courses.rules import Rules

LESSON, MODULE, TITLE, COUNTS, WEIGHT, GROUP, NEEDED = (
    "lesson_id",
    "module",
    "title",
    "counts",
    "weight",
    "group",
    "needed",
)


def lesson_rows(found: Sequence[WrittenModule], rules: Rules) -> list[dict[str, Any]]:
    """A row for each lesson: whether it counts by itself, its weight, or its group."""
    rows = []
    for module in found:
        for lesson in module.lessons:
            group = rules.group_of(lesson.lesson_id)
            rows.append(
                {
                    LESSON: lesson.lesson_id,
                    MODULE: module.title,
                    TITLE: lesson.plan.title,
                    COUNTS: lesson.lesson_id in rules.lessons,
                    WEIGHT: float(rules.lessons.get(lesson.lesson_id, 1)),
                    GROUP: group.title if group else None,
                }
            )
    return rows


def group_rows(rules: Rules) -> list[dict[str, Any]]:
    """A row for each group: its name, how many lessons are needed, its weight."""
    return [
        {GROUP: one.title, NEEDED: one.needed, WEIGHT: float(one.weight)} for one in rules.groups
    ]


def rules_from(
    pass_mark: int,
    lessons: Sequence[Mapping[str, Any]],
    groups: Sequence[Mapping[str, Any]],
    number: int,
) -> Rules:
    """The rules that two edited tables say.

    A lesson named in a group counts there, whether or not it is also ticked. A group that a
    lesson names and that is in no row needs one lesson and weighs 1.
    """
    members: dict[str, set[int]] = {}
    for row in lessons:
        if name := _name(row.get(GROUP)):
            members.setdefault(name, set()).add(int(row[LESSON]))
    told = {name: row for row in groups if (name := _name(row.get(GROUP)))}
    return Rules(
        pass_mark=pass_mark,
        lessons={
            int(row[LESSON]): _weight(row.get(WEIGHT))
            for row in lessons
            if row.get(COUNTS) and not _name(row.get(GROUP))
        },
        groups=tuple(
            _group(name, told.get(name, {}), members.get(name, set()))
            for name in dict.fromkeys([*told, *members])
        ),
        number=number,
    )


def _group(name: str, row: Mapping[str, Any], lessons: set[int]) -> Group:
    needed = row.get(NEEDED)
    return Group(
        name, _weight(row.get(WEIGHT)), 1 if needed is None else int(needed), frozenset(lessons)
    )


def _name(value: Any) -> str:
    return str(value or "").strip()


def _weight(value: Any) -> Decimal:
    return Decimal(1) if value is None else Decimal(str(value))
