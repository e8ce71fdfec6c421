"""Queries behind contested reasons; each decides anew who may see what."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import Session, aliased

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.contest_models import RiskContest
from core.courses.models import Course, Enrollment
from core.courses.repository import may_see_learners

# The last is who answered: None, which the outer join's type does not tell, where nobody did.
Found = Row[RiskContest, int, str, str]


def of_enrolment(session: Session, principal: Principal, enrollment_id: int) -> Sequence[Found]:
    """An enrolment's contests, the latest first: one's own, or in a course one teaches."""
    is_seen = or_(Enrollment.user_id == principal.user_id, may_see_learners(principal))
    return session.execute(_seen(is_seen).where(RiskContest.enrollment_id == enrollment_id)).all()


def of_course(session: Session, principal: Principal, course_id: int) -> Sequence[Found]:
    """A course's contests, the latest first, where the person may see its learners."""
    return session.execute(
        _seen(may_see_learners(principal)).where(Enrollment.course_id == course_id)
    ).all()


def is_open(session: Session, enrollment_id: int, reason: str) -> bool:
    """Whether a reason is contested and waits; whoever asks has checked the enrolment."""
    query = select(RiskContest.id).where(
        RiskContest.enrollment_id == enrollment_id,
        RiskContest.reason == reason,
        RiskContest.answered_at.is_(None),
    )
    return session.scalar(query) is not None


def to_answer(session: Session, principal: Principal, contest_id: int) -> RiskContest | None:
    """A contest for those who may see the course's learners, but nobody's own; locked."""
    return session.scalar(
        select(RiskContest)
        .join(Enrollment, Enrollment.id == RiskContest.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(
            RiskContest.id == contest_id,
            may_see_learners(principal),
            Enrollment.user_id != principal.user_id,
        )
        .with_for_update(of=RiskContest)
    )


def _seen(is_seen: ColumnElement[bool]) -> Select[RiskContest, int, str, str]:
    answering = aliased(User)
    return (
        select(RiskContest, User.id, User.name, answering.name)
        .join(Enrollment, Enrollment.id == RiskContest.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(answering, answering.id == RiskContest.answered_by)
        .where(is_seen)
        .order_by(RiskContest.contested_at.desc(), RiskContest.id.desc())
    )
