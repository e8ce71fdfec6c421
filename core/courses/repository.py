"""All queries of courses; what a query returns is decided by who asks."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, false, func, select, true
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal, Reach
from core.courses.models import (
    Course,
    CourseInstructor,
    Enrollment,
    EnrollmentStatus,
    Lesson,
    LessonCompletion,
    Module,
)


def own_enrolments(session: Session, principal: Principal) -> Sequence[Row[Enrollment, Course]]:
    """The person's own enrolments with their courses, the latest course first."""
    return session.execute(
        select(Enrollment, Course)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Enrollment.user_id == principal.user_id)
        .order_by(Course.start_date.desc(), Course.id)
    ).all()


def own_enrolment_for_change(
    session: Session, principal: Principal, enrollment_id: int
) -> Enrollment | None:
    """The person's own enrolment, locked until the unit of work ends."""
    return session.scalar(
        select(Enrollment)
        .where(Enrollment.id == enrollment_id, Enrollment.user_id == principal.user_id)
        .with_for_update()
    )


def taught_courses(session: Session, principal: Principal) -> Sequence[Course]:
    """Courses whose learners the person may see, the latest first."""
    return session.scalars(
        select(Course)
        .where(may_see_learners(principal))
        .order_by(Course.start_date.desc(), Course.id)
    ).all()


def enrolment_counts(
    session: Session, course_ids: Collection[int]
) -> dict[int, dict[EnrollmentStatus, int]]:
    """Enrolments of each course by status; a course without any is absent."""
    counts: dict[int, dict[EnrollmentStatus, int]] = defaultdict(dict)
    rows = session.execute(
        select(Enrollment.course_id, Enrollment.status, func.count())
        .where(Enrollment.course_id.in_(course_ids))
        .group_by(Enrollment.course_id, Enrollment.status)
    )
    for course_id, status, count in rows:
        counts[course_id][status] = count
    return counts


def completed_lessons(session: Session, enrolment_ids: Collection[int]) -> dict[int, set[int]]:
    """Completed lessons by enrolment."""
    completed: dict[int, set[int]] = defaultdict(set)
    rows = session.execute(
        select(LessonCompletion.enrollment_id, LessonCompletion.lesson_id).where(
            LessonCompletion.enrollment_id.in_(enrolment_ids)
        )
    )
    for enrollment_id, lesson_id in rows:
        completed[enrollment_id].add(lesson_id)
    return completed


def lesson_belongs(session: Session, lesson_id: int, course_id: int) -> bool:
    """Whether the lesson is part of the course."""
    query = (
        select(Lesson.id)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.id == lesson_id, Module.course_id == course_id)
    )
    return session.scalar(query) is not None


def may_see_learners(principal: Principal) -> ColumnElement[bool]:
    """Condition on Course: the person may see who learns there."""
    reach = principal.reaches(Area.COHORTS)
    if Reach.ALL in reach:
        return true()
    if Reach.OWN_COURSES not in reach:
        return false()
    taught = select(CourseInstructor.course_id).where(CourseInstructor.user_id == principal.user_id)
    return Course.id.in_(taught)
