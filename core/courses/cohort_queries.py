"""Queries behind cohorts; each decides anew who may see what."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.accounts.models import User
from core.courses.models import Course, Enrollment
from core.courses.repository import may_see_learners

_ASKED_AT_ONCE = 10_000  # SQLite takes 32,766 values in one query, PostgreSQL 65,535


def taught_course(session: Session, principal: Principal, course_id: int) -> Course | None:
    """A course, where the person may see its learners."""
    return session.scalar(select(Course).where(Course.id == course_id, may_see_learners(principal)))


def presentation_before(session: Session, principal: Principal, course: Course) -> Course | None:
    """The latest earlier course of the same series whose learners the person may see."""
    return session.scalar(
        select(Course)
        .where(
            Course.series_code == course.series_code,
            Course.start_date < course.start_date,
            may_see_learners(principal),
        )
        .order_by(Course.start_date.desc(), Course.id.desc())
        .limit(1)
    )


def enrolments_named(
    session: Session, principal: Principal, course_id: int, search: str
) -> set[int]:
    """Enrolments of a course whose learner's name holds the text."""
    return set(
        session.scalars(
            select(Enrollment.id)
            .join(User, User.id == Enrollment.user_id)
            .join(Course, Course.id == Enrollment.course_id)
            .where(
                Enrollment.course_id == course_id,
                may_see_learners(principal),
                User.name.icontains(search.replace("\0", ""), autoescape=True),
            )
        )
    )


def learner_names(
    session: Session, principal: Principal, enrollment_ids: Collection[int]
) -> dict[int, str]:
    """Names by enrolment; one the person may not see is absent."""
    query = (
        select(Enrollment.id, User.name)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(may_see_learners(principal))
    )
    ids, names = list(enrollment_ids), {}
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        asked = query.where(Enrollment.id.in_(ids[start : start + _ASKED_AT_ONCE]))
        names.update({row[0]: row[1] for row in session.execute(asked)})
    return names
