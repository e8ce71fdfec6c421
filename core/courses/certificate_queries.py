"""Queries behind certificates; who may have one issued is decided here."""

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.certificate_models import Certificate
from core.courses.finishing import COURSE_COMPLETED
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.repository import may_see_learners
from core.events.models import Event


def completed_enrolment(
    session: Session, principal: Principal, enrollment_id: int
) -> Row[Enrollment, Course, str] | None:
    """A completed enrolment, its course and its learner's name: one's own, or where one sees
    the learners."""
    return session.execute(
        select(Enrollment, Course, User.name)
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Enrollment.id == enrollment_id,
            Enrollment.status == EnrollmentStatus.COMPLETED,
            or_(Enrollment.user_id == principal.user_id, may_see_learners(principal)),
        )
    ).one_or_none()


def lock(session: Session, enrollment_id: int) -> None:
    """Let one unit of work at a time issue the enrolment's certificate."""
    session.execute(select(Enrollment.id).where(Enrollment.id == enrollment_id).with_for_update())


def completion(session: Session, enrollment_id: int) -> Event | None:
    """The last event by which the rules completed the enrolment; None where they never did."""
    return session.scalar(
        select(Event)
        .where(Event.subject == f"enrollment/{enrollment_id}", Event.type == COURSE_COMPLETED)
        .order_by(Event.id.desc())
        .limit(1)
    )


def of_enrolment(session: Session, enrollment_id: int) -> Certificate | None:
    """The enrolment's certificate; whoever asks has checked the enrolment."""
    return session.scalar(select(Certificate).where(Certificate.enrollment_id == enrollment_id))


def by_code(session: Session, code: str) -> Row[Certificate, EnrollmentStatus] | None:
    """A certificate and how its enrolment stands; open to everybody who has the code."""
    return session.execute(
        select(Certificate, Enrollment.status)
        .join(Enrollment, Enrollment.id == Certificate.enrollment_id)
        .where(Certificate.code == code)
    ).one_or_none()
