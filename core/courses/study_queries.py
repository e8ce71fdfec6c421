"""Queries of lessons as learners study them; each decides anew who may see what."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session, undefer

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.continuing import LessonLink
from core.courses.models import (
    Course,
    Enrollment,
    EnrollmentStatus,
    Lesson,
    LessonCompletion,
    Module,
)
from core.courses.repository import may_see_learners
from core.courses.study_models import LessonFile, LessonVisit, StudyClock, StudyTime


def lesson_with_content(session: Session, lesson_id: int) -> Lesson | None:
    """A lesson with its text; whoever asks has checked the enrolment."""
    return session.scalar(
        select(Lesson).where(Lesson.id == lesson_id).options(undefer(Lesson.content))
    )


def taught_lesson(
    session: Session, principal: Principal, lesson_id: int, *, for_change: bool = False
) -> Row[Lesson, Module, Course] | None:
    """A lesson with its module and course, for those who may see the course's learners."""
    query = (
        select(Lesson, Module, Course)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Lesson.id == lesson_id, may_see_learners(principal))
        .options(undefer(Lesson.content))
    )
    if for_change:
        query = query.with_for_update(of=Lesson)
    return session.execute(query).one_or_none()


def files_of(session: Session, lesson_id: int) -> Sequence[LessonFile]:
    """A lesson's files by name; whoever asks has checked who may see the lesson."""
    return session.scalars(
        select(LessonFile).where(LessonFile.lesson_id == lesson_id).order_by(LessonFile.name)
    ).all()


def visible_file(session: Session, principal: Principal, file_id: int) -> LessonFile | None:
    """A file of a lesson in a course that the person is enrolled in, or may see the learners of.

    Who withdrew is no longer in the course.
    """
    enrolled = select(Enrollment.course_id).where(
        Enrollment.user_id == principal.user_id,
        Enrollment.status != EnrollmentStatus.WITHDRAWN,
    )
    return session.scalar(
        select(LessonFile)
        .join(Lesson, Lesson.id == LessonFile.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(
            LessonFile.id == file_id,
            or_(Course.id.in_(enrolled), may_see_learners(principal)),
        )
    )


def lessons_in_order(session: Session, course_ids: Collection[int]) -> dict[int, list[LessonLink]]:
    """Every course's lessons in its order."""
    found: dict[int, list[LessonLink]] = defaultdict(list)
    rows = session.execute(
        select(Module.course_id, Lesson.id, Lesson.title)
        .join(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id.in_(course_ids))
        .order_by(Module.course_id, Module.order_index, Lesson.order_index)
    )
    for course_id, lesson_id, title in rows:
        found[course_id].append(LessonLink(lesson_id, title))
    return found


def last_opened(session: Session, enrolment_ids: Collection[int]) -> dict[int, int]:
    """The lesson that each enrolment opened last; one that opened none is absent."""
    rows = session.execute(
        select(LessonVisit.enrollment_id, LessonVisit.lesson_id)
        .where(LessonVisit.enrollment_id.in_(enrolment_ids))
        .order_by(LessonVisit.last_at, LessonVisit.lesson_id)
    )
    return {row[0]: row[1] for row in rows}


def lock_person(session: Session, user_id: int) -> None:
    """Let one person's actions in two tabs come one after another."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def study_clock(session: Session, user_id: int) -> StudyClock | None:
    """A person's last action."""
    return session.get(StudyClock, user_id)


def seconds_in_lesson(session: Session, enrollment_id: int, lesson_id: int) -> int:
    """Counted seconds in one lesson."""
    query = select(func.coalesce(func.sum(StudyTime.seconds), 0)).where(
        StudyTime.enrollment_id == enrollment_id, StudyTime.lesson_id == lesson_id
    )
    return int(session.scalar(query) or 0)


def seconds_by_day(
    session: Session, enrolled: ColumnElement[bool], since: date | None = None
) -> dict[date, int]:
    """Seconds of study by day (UTC): counted here, and told by sources with completions."""
    counted = (
        select(StudyTime.day, func.sum(StudyTime.seconds))
        .join(Enrollment, Enrollment.id == StudyTime.enrollment_id)
        .where(enrolled)
        .group_by(StudyTime.day)
    )
    told = (
        select(LessonCompletion.completed_at, LessonCompletion.time_spent_minutes)
        .join(Enrollment, Enrollment.id == LessonCompletion.enrollment_id)
        .where(enrolled, LessonCompletion.time_spent_minutes.is_not(None))
    )
    if since is not None:
        counted = counted.where(StudyTime.day >= since)
        told = told.where(LessonCompletion.completed_at >= _midnight(since))
    seconds: dict[date, int] = defaultdict(int)
    for day, amount in session.execute(counted):
        seconds[day] += int(amount)
    for at, minutes in session.execute(told):
        seconds[at.date()] += 60 * (minutes or 0)
    return dict(seconds)


def lessons_by_day(
    session: Session, enrolled: ColumnElement[bool], since: date | None = None
) -> dict[date, int]:
    """Lessons completed by day (UTC)."""
    query = (
        select(LessonCompletion.completed_at)
        .join(Enrollment, Enrollment.id == LessonCompletion.enrollment_id)
        .where(enrolled)
    )
    if since is not None:
        query = query.where(LessonCompletion.completed_at >= _midnight(since))
    lessons: dict[date, int] = defaultdict(int)
    for at in session.scalars(query):
        lessons[at.date()] += 1
    return dict(lessons)


def of_enrolment(enrollment_id: int) -> ColumnElement[bool]:
    """Condition on Enrollment: this one. Whoever asks has checked who may see it."""
    return Enrollment.id == enrollment_id


def of_person(principal: Principal) -> ColumnElement[bool]:
    """Condition on Enrollment: the person's own."""
    return Enrollment.user_id == principal.user_id


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
