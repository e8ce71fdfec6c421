"""Queries of the catalogue: what is open to enrol in, and one's own enrolments."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.courses.models import Assessment, Course, Enrollment, Lesson, Module
from core.courses.repository import may_see_learners


def open_courses(session: Session, principal: Principal) -> Sequence[Course]:
    """Published courses that are open to enrol in, the next to start first."""
    if not principal.may_open(Area.MY_COURSES):
        return ()
    return session.scalars(
        select(Course)
        .where(Course.is_open, Course.published_at.is_not(None))
        .order_by(Course.start_date, Course.title, Course.id)
    ).all()


def open_course(session: Session, principal: Principal, course_id: int) -> Course | None:
    """One of them, kept from other changes of who is in it."""
    if not principal.may_open(Area.MY_COURSES):
        return None
    return session.scalar(
        select(Course)
        .where(Course.id == course_id, Course.is_open, Course.published_at.is_not(None))
        .with_for_update(key_share=True)
    )


def taught_course_for_change(
    session: Session, principal: Principal, course_id: int
) -> Course | None:
    """A course whose learners the person may see, kept from other changes."""
    return session.scalar(
        select(Course).where(Course.id == course_id, may_see_learners(principal)).with_for_update()
    )


def own_enrolments_in(
    session: Session, principal: Principal, course_ids: Collection[int]
) -> dict[int, Enrollment]:
    """The person's own enrolments by course."""
    found = session.scalars(
        select(Enrollment).where(
            Enrollment.user_id == principal.user_id, Enrollment.course_id.in_(course_ids)
        )
    )
    return {one.course_id: one for one in found}


def work_asked(session: Session, course_ids: Collection[int]) -> dict[int, tuple[int, int | None]]:
    """By course: how many lessons are required, and their minutes where all tell them."""
    rows = session.execute(
        select(
            Module.course_id,
            func.count(),
            func.sum(Lesson.expected_minutes),
            func.count(Lesson.expected_minutes),
        )
        .join(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id.in_(course_ids), Lesson.is_required)
        .group_by(Module.course_id)
    )
    return {
        course_id: (lessons, int(minutes or 0) if told == lessons else None)
        for course_id, lessons, minutes, told in rows
    }


def pieces_graded(session: Session, course_ids: Collection[int]) -> dict[int, int]:
    """How many pieces of graded work each course has; one without any is absent."""
    rows = session.execute(
        select(Assessment.course_id, func.count())
        .where(Assessment.course_id.in_(course_ids))
        .group_by(Assessment.course_id)
    )
    return {row[0]: row[1] for row in rows}
