"""Queries of grade books: a course's learners with what they have done."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.accounts.models import User
from core.courses.models import Assessment, Enrollment, LessonCompletion, Submission


def learners(session: Session, course_id: int) -> Sequence[Row[Enrollment, User]]:
    """Every enrolment of a course with its person, by name."""
    return session.execute(
        select(Enrollment, User)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.course_id == course_id)
        .order_by(User.name, Enrollment.id)
    ).all()


def submissions(session: Session, course_id: int) -> Sequence[Submission]:
    """Everything handed in in a course, the earliest first."""
    return session.scalars(
        select(Submission)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.course_id == course_id)
        .order_by(Submission.submitted_at, Submission.id)
    ).all()


def completions(session: Session, course_id: int) -> Sequence[LessonCompletion]:
    """Every completed lesson in a course."""
    return session.scalars(
        select(LessonCompletion)
        .join(Enrollment, Enrollment.id == LessonCompletion.enrollment_id)
        .where(Enrollment.course_id == course_id)
    ).all()
