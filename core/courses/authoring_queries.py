"""Queries of those who write courses: instructors their own, staff and administrators all."""

from collections.abc import Sequence

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.models import (
    Assessment,
    Course,
    Enrollment,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.courses.repository import may_see_learners
from core.courses.rule_models import CourseChange, RuleLesson


def written_courses(session: Session, principal: Principal) -> Sequence[Row[Course, int]]:
    """Every course that the person may write, with how many are enrolled, the latest first."""
    enrolled = (
        select(func.count())
        .where(Enrollment.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )
    return session.execute(
        select(Course, enrolled)
        .where(may_see_learners(principal))
        .order_by(Course.start_date.desc(), Course.id)
    ).all()


def written_course(session: Session, principal: Principal, course_id: int) -> Course | None:
    """A course that the person may write."""
    return session.scalar(select(Course).where(Course.id == course_id, may_see_learners(principal)))


def course_for_writing(session: Session, principal: Principal, course_id: int) -> Course | None:
    """A course that the person may write, locked until the unit of work ends."""
    return session.scalar(
        select(Course)
        .where(Course.id == course_id, may_see_learners(principal))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def code_is_taken(session: Session, code: str, besides: int | None) -> bool:
    """Whether another course has this code."""
    query = select(Course.id).where(func.lower(Course.code) == code.lower())
    return (
        session.scalar(query if besides is None else query.where(Course.id != besides)) is not None
    )


def contents(session: Session, course_id: int) -> Sequence[Row[Module, Lesson | None]]:
    """Every module of a course with its lessons, in order."""
    return session.execute(
        select(Module, Lesson)
        .outerjoin(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id == course_id)
        .order_by(Module.order_index, Lesson.order_index)
    ).all()


def module_of(session: Session, course_id: int, module_id: int) -> Module | None:
    """A module of this course."""
    return session.scalar(
        select(Module).where(Module.id == module_id, Module.course_id == course_id)
    )


def lesson_of(session: Session, course_id: int, lesson_id: int) -> Lesson | None:
    """A lesson of this course."""
    return session.scalar(
        select(Lesson)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.id == lesson_id, Module.course_id == course_id)
    )


def modules_in_order(session: Session, course_id: int) -> Sequence[Module]:
    """A course's modules, in order."""
    return session.scalars(
        select(Module).where(Module.course_id == course_id).order_by(Module.order_index)
    ).all()


def lessons_in_order(session: Session, module_id: int) -> Sequence[Lesson]:
    """A module's lessons, in order."""
    return session.scalars(
        select(Lesson).where(Lesson.module_id == module_id).order_by(Lesson.order_index)
    ).all()


def lesson_ids(session: Session, course_id: int) -> set[int]:
    """The lessons of a course."""
    query = select(Lesson.id).join(Module, Module.id == Lesson.module_id)
    return set(session.scalars(query.where(Module.course_id == course_id)))


def assessments(session: Session, course_id: int) -> Sequence[Assessment]:
    """A course's graded work by its days."""
    return session.scalars(
        select(Assessment)
        .where(Assessment.course_id == course_id)
        .order_by(Assessment.due_day.nulls_last(), Assessment.title, Assessment.id)
    ).all()


def assessment_of(session: Session, course_id: int, assessment_id: int) -> Assessment | None:
    """A piece of graded work of this course."""
    return session.scalar(
        select(Assessment).where(Assessment.id == assessment_id, Assessment.course_id == course_id)
    )


def has_enrolments(session: Session, course_id: int) -> bool:
    """Whether anybody ever enrolled in the course."""
    return bool(session.scalar(select(exists().where(Enrollment.course_id == course_id))))


def learners_with_lesson(session: Session, lesson_id: int) -> int:
    """How many enrolments a lesson matters to: they completed it, or keep rules it counts in."""
    completed = select(LessonCompletion.enrollment_id).where(
        LessonCompletion.lesson_id == lesson_id
    )
    ruled = select(RuleLesson.rule_version_id).where(RuleLesson.lesson_id == lesson_id)
    query = select(func.count()).where(
        or_(Enrollment.id.in_(completed), Enrollment.rule_version_id.in_(ruled))
    )
    return session.scalar(query) or 0


def submissions_of(session: Session, assessment_id: int) -> int:
    """How many submissions a piece of graded work has."""
    query = select(func.count()).where(Submission.assessment_id == assessment_id)
    return session.scalar(query) or 0


def history(
    session: Session, principal: Principal, course_id: int, limit: int
) -> Sequence[tuple[CourseChange, str | None]]:
    """A course's latest changes, the newest first, each with the name of who made it."""
    query = (
        select(CourseChange, User.name)
        .join(Course, Course.id == CourseChange.course_id)
        .join(User, User.id == CourseChange.actor_id, isouter=True)
        .where(CourseChange.course_id == course_id, may_see_learners(principal))
        .order_by(CourseChange.version.desc())
        .limit(limit)
    )
    return [(change, name) for change, name in session.execute(query)]


def enrolled_people(session: Session, course_id: int) -> Sequence[Row[Enrollment, str]]:
    """Every enrolment of a course with its learner's name, by name."""
    return session.execute(
        select(Enrollment, User.name)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.course_id == course_id)
        .order_by(User.name, Enrollment.id)
    ).all()
