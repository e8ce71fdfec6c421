"""Enrolling by oneself: what is open, entering a course, and leaving it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal, Reach
from core.audit import trail
from core.courses import catalogue_queries, cohort_queries, repository
from core.courses.enrolling import ENROLLED, AlreadyEnrolled, CourseEnded, NotALearner
from core.courses.errors import EnrolmentEnded
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.schemas import CourseSummary
from core.courses.service import summary
from core.errors import NotFound
from core.events import outbox
from core.jobs import queue
from core.jobs.models import JobKind

WITHDRAWN = "enrollment.withdrawn"
REOPENED = "enrollment.reopened"
OPENED = "course.opened"
CLOSED = "course.closed"


class Entered(StrEnum):
    """What came of enrolling."""

    NEW = "new"
    AGAIN = "again"  # after a withdrawal; what was done before is still there
    ALREADY = "already"  # nothing changed


@dataclass(frozen=True, slots=True)
class CatalogueCourse:
    """A course that is open, with what it takes and the reader's own enrolment, if any.

    ``minutes`` is what the required lessons take, None where not all of them tell it.
    """

    course: CourseSummary
    description: str | None
    lessons: int
    minutes: int | None
    pieces: int
    pass_mark: int
    enrollment_id: int | None
    status: EnrollmentStatus | None


def open_courses(session: Session, principal: Principal) -> list[CatalogueCourse]:
    """Courses that are open and not over, the next to start first; four queries."""
    principal.require(Area.MY_COURSES)
    today = clock.today()
    found = [
        course
        for course in catalogue_queries.open_courses(session, principal)
        if not summary(course).has_ended(today)
    ]
    keys = [course.id for course in found]
    own = catalogue_queries.own_enrolments_in(session, principal, keys)
    asked = catalogue_queries.work_asked(session, keys)
    pieces = catalogue_queries.pieces_graded(session, keys)
    return [
        _offered(one, asked.get(one.id, (0, None)), pieces.get(one.id, 0), own.get(one.id))
        for one in found
    ]


def enrol_oneself(session: Session, principal: Principal, course_id: int) -> tuple[int, Entered]:
    """Enrol in an open course: the enrolment's id, and what came of it.

    A second time changes nothing; after a withdrawal the same enrolment is open again. Raises
    NotALearner, NotFound for a course that is not open, CourseEnded, and AlreadyEnrolled for
    one that was completed or failed.
    """
    if Reach.OWN_ENROLMENTS not in principal.reaches(Area.MY_COURSES):
        raise NotALearner(name=principal.name)
    course = catalogue_queries.open_course(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    own = catalogue_queries.own_enrolments_in(session, principal, [course_id]).get(course_id)
    if own is not None and own.status.is_open:
        return own.id, Entered.ALREADY
    if summary(course).has_ended(clock.today()):
        raise CourseEnded(title=course.title)
    if own is None:
        return _enter(session, principal, course_id), Entered.NEW
    if own.status is not EnrollmentStatus.WITHDRAWN:
        raise AlreadyEnrolled(name=principal.name)
    own.status, own.ended_at = EnrollmentStatus.ENROLLED, None
    _tell(session, principal, REOPENED, own)
    return own.id, Entered.AGAIN


def withdraw(session: Session, principal: Principal, enrollment_id: int) -> None:
    """Leave a course; what was done stays. NotFound for another's enrolment, EnrolmentEnded."""
    principal.require(Area.MY_COURSES)
    own = repository.own_enrolment_for_change(session, principal, enrollment_id)
    if own is None:
        raise NotFound(enrollment_id=enrollment_id)
    if not own.status.is_open:
        raise EnrolmentEnded(enrollment_id=enrollment_id, status=own.status.value)
    own.status, own.ended_at = EnrollmentStatus.WITHDRAWN, clock.now()
    _tell(session, principal, WITHDRAWN, own)


def set_open(session: Session, principal: Principal, course_id: int, *, is_open: bool) -> None:
    """Open a course to learners who enrol by themselves, or close it; for those who teach it."""
    principal.require(Area.COHORTS)
    course = catalogue_queries.taught_course_for_change(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    course.is_open = is_open
    subject = f"course/{course_id}"
    trail.record(session, principal.user_id, OPENED if is_open else CLOSED, subject)
    session.flush()


def is_open(session: Session, principal: Principal, course_id: int) -> bool:
    """Whether learners enrol in a course by themselves, for those who teach it."""
    principal.require(Area.COHORTS)
    course = cohort_queries.taught_course(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return course.is_open


def _enter(session: Session, principal: Principal, course_id: int) -> int:
    made = Enrollment(
        user_id=principal.user_id,
        course_id=course_id,
        status=EnrollmentStatus.ENROLLED,
        enrolled_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _tell(session, principal, ENROLLED, made)
    return made.id


def _tell(session: Session, principal: Principal, what: str, own: Enrollment) -> None:
    subject = f"enrollment/{own.id}"
    told = {"course_id": own.course_id, "user_id": principal.user_id}
    trail.record(session, principal.user_id, what, subject, **told)
    outbox.record(session, what, subject, told)
    queue.ensure_waiting(session, JobKind.SYNC)  # so that whoever teaches sees it soon
    session.flush()


def _offered(
    course: Course, asked: tuple[int, int | None], pieces: int, own: Enrollment | None
) -> CatalogueCourse:
    lessons, minutes = asked
    return CatalogueCourse(
        course=summary(course),
        description=course.description,
        lessons=lessons,
        minutes=minutes,
        pieces=pieces,
        pass_mark=course.pass_mark,
        enrollment_id=own.id if own else None,
        status=own.status if own else None,
    )
