"""Queries behind contacts; each decides anew who may see what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.contact_models import Contact
from core.courses.models import Course, Enrollment, LessonCompletion, Submission
from core.courses.repository import may_see_learners


def learner(
    session: Session, principal: Principal, enrollment_id: int
) -> Row[Enrollment, Course, User] | None:
    """An enrolment with its course and learner, where the person may see its learners."""
    return session.execute(
        select(Enrollment, Course, User)
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.id == enrollment_id, may_see_learners(principal))
    ).one_or_none()


def contact(
    session: Session, principal: Principal, contact_id: int
) -> Row[Contact, Enrollment] | None:
    """A contact with its enrolment, where the person may see the course's learners."""
    return session.execute(
        select(Contact, Enrollment)
        .join(Enrollment, Enrollment.id == Contact.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Contact.id == contact_id, may_see_learners(principal))
    ).one_or_none()


def of_enrolment(
    session: Session, principal: Principal, enrollment_id: int
) -> Sequence[Row[Contact, str]]:
    """A learner's contacts with who made each (None: gone from the records), the latest first."""
    return session.execute(
        select(Contact, User.name)
        .join(Enrollment, Enrollment.id == Contact.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .outerjoin(User, User.id == Contact.made_by)
        .where(Contact.enrollment_id == enrollment_id, may_see_learners(principal))
        .order_by(Contact.made_at.desc(), Contact.id.desc())
    ).all()


def there(session: Session, course_id: int, at: datetime) -> set[int]:
    """Enrolments of a course that were open at a moment; the person's right is checked before."""
    query = select(Enrollment.id).where(
        Enrollment.course_id == course_id,
        Enrollment.enrolled_at <= at,
        or_(Enrollment.ended_at.is_(None), Enrollment.ended_at > at),
    )
    return set(session.scalars(query))


def contacted(session: Session, course_id: int, since: datetime, until: datetime) -> set[int]:
    """Enrolments of a course that were contacted between two moments."""
    query = (
        select(Contact.enrollment_id)
        .join(Enrollment, Enrollment.id == Contact.enrollment_id)
        .where(Enrollment.course_id == course_id, Contact.made_at.between(since, until))
    )
    return set(session.scalars(query))


def acted(session: Session, course_id: int, since: datetime, until: datetime) -> set[int]:
    """Enrolments that handed work in or completed a lesson between two moments."""
    handed = select(Submission.enrollment_id).where(
        Submission.submitted_at > since, Submission.submitted_at <= until, ~Submission.is_banked
    )
    done = select(LessonCompletion.enrollment_id).where(
        LessonCompletion.completed_at > since, LessonCompletion.completed_at <= until
    )
    query = select(Enrollment.id).where(
        Enrollment.course_id == course_id,
        or_(Enrollment.id.in_(handed), Enrollment.id.in_(done)),
    )
    return set(session.scalars(query))
