"""What is told as xAPI statements; for those who see all learners, and for the command line."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.courses.models import Assessment, Course, Enrollment, Lesson, LessonCompletion
from core.courses.quiz_models import QuizAttempt
from core.courses.study_models import LessonVisit
from core.errors import Forbidden

_BATCH = 2000
Rows = Iterator[Row[*tuple[Any, ...]]]


def require_all(principal: Principal) -> None:
    """Raise Forbidden unless the person sees every learner and all data."""
    if not (principal.sees_all(Area.COHORTS) and principal.sees_all(Area.DATA)):
        raise Forbidden(area=Area.DATA.value)


def visits(session: Session, since: datetime | None) -> Rows:
    """First openings of lessons: enrolment, course, lesson, moment."""
    query = (
        select(Enrollment, Course, Lesson.id, Lesson.title, LessonVisit.first_at)
        .join(LessonVisit, LessonVisit.enrollment_id == Enrollment.id)
        .join(Lesson, Lesson.id == LessonVisit.lesson_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(LessonVisit.first_at, Enrollment.id, Lesson.id)
    )
    return _streamed(
        session, query if since is None else query.where(LessonVisit.first_at >= since)
    )


def completions(session: Session, since: datetime | None) -> Rows:
    """Completed lessons of every enrolment that completed one since then, in order.

    All of an enrolment's are given, earlier ones too: progress is told from what was done before.
    """
    query = (
        select(Enrollment, Course, Lesson.id, Lesson.title, LessonCompletion.completed_at)
        .join(LessonCompletion, LessonCompletion.enrollment_id == Enrollment.id)
        .join(Lesson, Lesson.id == LessonCompletion.lesson_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(Enrollment.id, LessonCompletion.completed_at, Lesson.id)
    )
    if since is not None:
        recent = select(LessonCompletion.enrollment_id).where(
            LessonCompletion.completed_at >= since
        )
        query = query.where(Enrollment.id.in_(recent))
    return _streamed(session, query)


def attempts(session: Session, since: datetime | None) -> Rows:
    """Handed-in attempts at quizzes."""
    query = (
        select(Enrollment, Course, QuizAttempt, Assessment.title)
        .join(QuizAttempt, QuizAttempt.enrollment_id == Enrollment.id)
        .join(Assessment, Assessment.id == QuizAttempt.assessment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(QuizAttempt.submitted_at.is_not(None))
        .order_by(QuizAttempt.submitted_at, QuizAttempt.id)
    )
    if since is not None:
        query = query.where(QuizAttempt.submitted_at >= since)
    return _streamed(session, query)


def endings(session: Session, since: datetime | None) -> Rows:
    """Enrolments that were completed or failed, with when."""
    query = (
        select(Enrollment, Course)
        .join(Course, Course.id == Enrollment.course_id)
        .where(
            Enrollment.ended_at.is_not(None),
            or_(Enrollment.status == "completed", Enrollment.status == "failed"),
        )
        .order_by(Enrollment.ended_at, Enrollment.id)
    )
    return _streamed(session, query if since is None else query.where(Enrollment.ended_at >= since))


def _streamed(session: Session, query: Select[*tuple[Any, ...]]) -> Rows:
    for rows in session.execute(query.execution_options(yield_per=_BATCH)).partitions():
        yield from rows
