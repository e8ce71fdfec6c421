"""What those who teach do with a course as a whole: make it, change it, publish it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal, Role
from core.audit import trail
from core.campaigns.history import FieldChange
from core.courses import authoring_queries
from core.courses.authoring import course_for_writing, differences, merged, save
from core.courses.course_plan import CodeTaken, CoursePlan, NothingToPublish, require_course
from core.courses.models import Course, CourseInstructor
from core.errors import NotFound
from core.events import outbox

CREATED = "course.created"
PUBLISHED = "course.published"
WITHDRAWN = "course.withdrawn"


@dataclass(frozen=True, slots=True)
class WrittenCourse:
    """A course as those see it who write it; without ``published_at`` it is a draft."""

    course_id: int
    plan: CoursePlan
    version: int
    rule_number: int
    published_at: datetime | None
    is_sample: bool
    created_at: datetime
    enrolled: int = 0


def written_courses(session: Session, principal: Principal) -> list[WrittenCourse]:
    """Every course that the person may write, the latest first."""
    principal.require(Area.COHORTS)
    rows = authoring_queries.written_courses(session, principal)
    return [replace(_written(course), enrolled=count) for course, count in rows]


def written_course(session: Session, principal: Principal, course_id: int) -> WrittenCourse:
    """One course that the person may write; NotFound for every other."""
    principal.require(Area.COHORTS)
    course = authoring_queries.written_course(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return _written(course)


def create_course(session: Session, principal: Principal, plan: CoursePlan) -> int:
    """A new draft; an instructor who makes one teaches it. Its id.

    Raises FaultyPlan and CodeTaken.
    """
    principal.require(Area.COHORTS)
    plan = _clean(plan)
    require_course(plan)
    _require_free(session, plan.code, None)
    course = Course(created_at=clock.now(), pass_mark=40)
    _fill(course, plan)
    session.add(course)
    save(session, principal, course, ())
    if Role.INSTRUCTOR in principal.roles:
        session.add(CourseInstructor(course_id=course.id, user_id=principal.user_id))
    _tell(session, principal, CREATED, course)
    return course.id


def change_course(
    session: Session, principal: Principal, course_id: int, opened: CoursePlan, typed: CoursePlan
) -> None:
    """Save what was typed over what was opened; fields left alone keep what others saved.

    Raises NotFound, FaultyPlan, CodeTaken, and Overwritten where both changed a field.
    """
    course = course_for_writing(session, principal, course_id)
    now = _plan(course)
    plan = _clean(merged(opened, typed, now))
    require_course(plan)
    _require_free(session, plan.code, course_id)
    changed = differences("course", now, plan)
    if not changed:
        return
    _fill(course, plan)
    try:
        save(session, principal, course, changed)
    except IntegrityError as error:
        raise CodeTaken(course_code=plan.code) from error


def publish(session: Session, principal: Principal, course_id: int) -> None:
    """Let learners find the course; again changes nothing. Raises NothingToPublish."""
    course = course_for_writing(session, principal, course_id)
    if course.published_at is not None:
        return
    if not authoring_queries.lesson_ids(session, course_id) and not authoring_queries.assessments(
        session, course_id
    ):
        raise NothingToPublish
    _set_published(session, principal, course, clock.now())
    _tell(session, principal, PUBLISHED, course)


def withdraw(session: Session, principal: Principal, course_id: int) -> None:
    """Make the course a draft again; who is enrolled stays, and nobody new finds it."""
    course = course_for_writing(session, principal, course_id)
    if course.published_at is None:
        return
    _set_published(session, principal, course, None)
    _tell(session, principal, WITHDRAWN, course)


def _set_published(
    session: Session, principal: Principal, course: Course, at: datetime | None
) -> None:
    before, course.published_at = course.published_at, at
    texts = (before.date().isoformat() if before else None, at.date().isoformat() if at else None)
    save(session, principal, course, (FieldChange("course.published_at", *texts),))


def _require_free(session: Session, code: str, besides: int | None) -> None:
    if authoring_queries.code_is_taken(session, code, besides):
        raise CodeTaken(course_code=code)


def _clean(plan: CoursePlan) -> CoursePlan:
    code = plan.code.strip()
    return replace(
        plan,
        code=code,
        title=plan.title.strip(),
        series_code=plan.series_code.strip() or code,
        description=(plan.description or "").strip() or None,
        difficulty_level=(plan.difficulty_level or "").strip() or None,
        industry=(plan.industry or "").strip() or None,
    )


def _fill(course: Course, plan: CoursePlan) -> None:
    for name in CoursePlan.__slots__:
        setattr(course, name, getattr(plan, name))


def _plan(course: Course) -> CoursePlan:
    return CoursePlan(**{name: getattr(course, name) for name in CoursePlan.__slots__})


def _written(course: Course) -> WrittenCourse:
    return WrittenCourse(
        course_id=course.id,
        plan=_plan(course),
        version=course.version,
        rule_number=course.rule_number,
        published_at=course.published_at,
        is_sample=course.is_sample,
        created_at=course.created_at,
    )


def _tell(session: Session, principal: Principal, what: str, course: Course) -> None:
    subject = f"course/{course.id}"
    trail.record(session, principal.user_id, what, subject)
    outbox.record(session, what, subject, {"course_id": course.id})
    session.flush()
