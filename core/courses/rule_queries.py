"""Queries about what counts: the rules in force, and those that enrolments keep."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.courses.models import Course, Enrollment, Lesson, Module
from core.courses.progress import Group
from core.courses.rule_models import LessonGroup, RuleGroup, RuleLesson, RuleVersion
from core.courses.rules import Rules


def rules_of(session: Session, enrolments: Iterable[Enrollment]) -> dict[int, Rules]:
    """The rules under which each enrolment stands, by enrolment; six queries at most."""
    known = list(enrolments)
    live = course_rules(session, {e.course_id for e in known if e.rule_version_id is None})
    kept = kept_rules(session, {e.rule_version_id for e in known if e.rule_version_id})
    return {
        e.id: live[e.course_id] if e.rule_version_id is None else kept[e.rule_version_id]
        for e in known
    }


def course_rules(session: Session, course_ids: Collection[int]) -> dict[int, Rules]:
    """The rules in force in each course."""
    if not course_ids:
        return {}
    lessons: dict[int, dict[int, Decimal]] = defaultdict(dict)
    members: dict[int, set[int]] = defaultdict(set)
    query = (
        select(Module.course_id, Lesson.id, Lesson.weight, Lesson.group_id)
        .join(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id.in_(course_ids), _counts())
        .order_by(Module.order_index, Lesson.order_index)
    )
    for course_id, lesson_id, weight, group_id in session.execute(query):
        if group_id is None:
            lessons[course_id][lesson_id] = weight
        else:
            members[group_id].add(lesson_id)
    groups = _live_groups(session, course_ids, members)
    courses = session.execute(
        select(Course.id, Course.pass_mark, Course.rule_number).where(Course.id.in_(course_ids))
    )
    return {
        key: Rules(mark, lessons.get(key, {}), tuple(groups.get(key, ())), number)
        for key, mark, number in courses
    }


def kept_rules(session: Session, version_ids: Collection[int]) -> dict[int, Rules]:
    """The rules that these versions hold."""
    if not version_ids:
        return {}
    lessons: dict[int, dict[int, Decimal]] = defaultdict(dict)
    members: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in session.scalars(
        select(RuleLesson).where(RuleLesson.rule_version_id.in_(version_ids))
    ):
        if one.group_number is None:
            lessons[one.rule_version_id][one.lesson_id] = one.weight
        else:
            members[one.rule_version_id, one.group_number].add(one.lesson_id)
    groups: dict[int, list[Group]] = defaultdict(list)
    query = select(RuleGroup).where(RuleGroup.rule_version_id.in_(version_ids))
    for row in session.scalars(query.order_by(RuleGroup.number)):
        named = frozenset(members[row.rule_version_id, row.number])
        groups[row.rule_version_id].append(Group(row.title, row.weight, row.needed, named))
    versions = session.scalars(select(RuleVersion).where(RuleVersion.id.in_(version_ids)))
    return {
        one.id: Rules(
            one.pass_mark, lessons.get(one.id, {}), tuple(groups.get(one.id, ())), one.number
        )
        for one in versions
    }


def kept_version(session: Session, course_id: int, number: int) -> RuleVersion | None:
    """The version of this number, where enrolments keep or kept it."""
    return session.scalar(
        select(RuleVersion).where(RuleVersion.course_id == course_id, RuleVersion.number == number)
    )


def _live_groups(
    session: Session, course_ids: Collection[int], members: dict[int, set[int]]
) -> dict[int, list[Group]]:
    groups: dict[int, list[Group]] = defaultdict(list)
    query = select(LessonGroup).where(LessonGroup.course_id.in_(course_ids))
    for row in session.scalars(query.order_by(LessonGroup.id)):
        named = frozenset(members.get(row.id, ()))
        groups[row.course_id].append(Group(row.title, row.weight, row.needed, named))
    return groups


def _counts() -> ColumnElement[bool]:
    return or_(Lesson.is_required, Lesson.group_id.is_not(None))
