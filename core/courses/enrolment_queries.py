"""Queries about one enrolment, its course's contents, and who is let into a course.

Who may see an enrolment is decided here: its own person, and whoever may see the learners
of its course.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal, Role
from core.accounts.models import User, UserRole
from core.courses.models import (
    Assessment,
    Course,
    CourseInstructor,
    Enrollment,
    Lesson,
    LessonCompletion,
    Module,
    Submission,
)
from core.courses.repository import may_see_learners


def visible_enrolment(
    session: Session, principal: Principal, enrollment_id: int
) -> Row[Enrollment, Course, str] | None:
    """An enrolment with its course and its learner's name; None where it is not to be seen."""
    return session.execute(
        select(Enrollment, Course, User.name)
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Enrollment.id == enrollment_id,
            or_(Enrollment.user_id == principal.user_id, may_see_learners(principal)),
        )
    ).one_or_none()


def lessons_with_completions(
    session: Session, enrolment: Enrollment
) -> Sequence[Row[Module, Lesson | None, LessonCompletion | None]]:
    """Every module and lesson of the enrolment's course in order, with what was completed."""
    return session.execute(
        select(Module, Lesson, LessonCompletion)
        .outerjoin(Lesson, Lesson.module_id == Module.id)
        .outerjoin(
            LessonCompletion,
            and_(
                LessonCompletion.lesson_id == Lesson.id,
                LessonCompletion.enrollment_id == enrolment.id,
            ),
        )
        .where(Module.course_id == enrolment.course_id)
        .order_by(Module.order_index, Lesson.order_index)
    ).all()


def minutes_by_lesson(session: Session, enrollment_id: int) -> dict[int, int | None]:
    """Minutes that each completed lesson took; None where they were not measured."""
    found = select(LessonCompletion.lesson_id, LessonCompletion.time_spent_minutes).where(
        LessonCompletion.enrollment_id == enrollment_id
    )
    return {row[0]: row[1] for row in session.execute(found)}


def assessments_with_submissions(
    session: Session, enrolment_ids: Collection[int]
) -> Sequence[Row[int, Assessment, Submission | None]]:
    """Assessments of each enrolment's course with what was handed in, a row for each attempt."""
    return session.execute(
        select(Enrollment.id, Assessment, Submission)
        .join(Assessment, Assessment.course_id == Enrollment.course_id)
        .outerjoin(
            Submission,
            and_(
                Submission.assessment_id == Assessment.id,
                Submission.enrollment_id == Enrollment.id,
            ),
        )
        .where(Enrollment.id.in_(enrolment_ids))
        .order_by(
            Assessment.due_day.nulls_last(),
            Assessment.id,
            Submission.submitted_at,
            Submission.id,
        )
    ).all()


def course_for_change(session: Session, principal: Principal, course_id: int) -> Course | None:
    """A course that the person administers, kept from other changes of who is in it."""
    if not principal.sees_all(Area.COHORTS):
        return None
    return session.scalar(
        select(Course).where(Course.id == course_id).with_for_update(key_share=True)
    )


def person_by_email(session: Session, email: str) -> User | None:
    """The active person with this address (lower case)."""
    return session.scalar(select(User).where(User.email == email, User.is_active))


def has_role(session: Session, user_id: int, role: Role) -> bool:
    """Whether a person has the role."""
    return session.get(UserRole, (user_id, role)) is not None


def is_enrolled(session: Session, user_id: int, course_id: int) -> bool:
    """Whether a person has an enrolment in a course, however it stands."""
    query = select(Enrollment.id).where(
        Enrollment.user_id == user_id, Enrollment.course_id == course_id
    )
    return session.scalar(query) is not None


def instructors(session: Session, principal: Principal, course_id: int) -> Sequence[Row[int, str]]:
    """Ids and names of those who teach a course, for those who may see its learners."""
    return session.execute(
        select(User.id, User.name)
        .join(CourseInstructor, CourseInstructor.user_id == User.id)
        .join(Course, Course.id == CourseInstructor.course_id)
        .where(Course.id == course_id, may_see_learners(principal))
        .order_by(User.name, User.id)
    ).all()
