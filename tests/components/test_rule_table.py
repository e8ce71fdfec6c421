from decimal import Decimal

from components.course_editor.rule_table import group_rows, lesson_rows, rules_from
from core.courses.contents_editing import WrittenLesson, WrittenModule
from core.courses.course_plan import LessonPlan
from core.courses.progress import Group
from core.courses.rules import Rules

LESSONS = tuple(WrittenLesson(n, LessonPlan(f"Lesson {n}")) for n in (1, 2, 3, 4))
MODULES = [WrittenModule(1, "One", LESSONS[:2]), WrittenModule(2, "Two", LESSONS[2:])]
RULES = Rules(
    40, {1: Decimal("1.5")}, (Group("Choice", Decimal(2), 1, frozenset({2, 3})),), number=3
)


def test_rules_written_into_the_tables_are_read_back_the_same() -> None:
    rows = lesson_rows(MODULES, RULES)

    assert RULES == rules_from(40, rows, group_rows(RULES), 3)
    assert ["One", "One", "Two", "Two"] == [row["module"] for row in rows]


def test_a_group_that_a_lesson_names_alone_needs_one_lesson_and_weighs_1() -> None:
    rows = lesson_rows(MODULES, Rules(40))
    rows[0]["group"] = " New "

    (group,) = rules_from(40, rows, [], 1).groups

    assert Group("New", Decimal(1), 1, frozenset({1})) == group


def test_a_ticked_lesson_of_a_group_counts_in_the_group_only() -> None:
    rows = lesson_rows(MODULES, RULES)
    rows[1]["counts"] = True

    assert {1} == set(rules_from(40, rows, group_rows(RULES), 1).lessons)
