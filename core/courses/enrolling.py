"""Who is let into a course: learners and instructors, by those who administer courses."""

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal, Role
from core.accounts.identity import lookup
from core.accounts.models import User
from core.audit import trail
from core.courses import enrolment_queries, publishing
from core.courses.models import Course, CourseInstructor, Enrollment, EnrollmentStatus
from core.courses.schemas import Instructor
from core.courses.service import summary
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import outbox
from core.i18n import mark

ENROLLED = "enrollment.created"
INSTRUCTOR_ASSIGNED = "instructor.assigned"
INSTRUCTOR_REMOVED = "instructor.removed"


class UnknownPerson(NotFound):
    """Nobody active has this e-mail address."""

    code = "unknown_person"
    message = mark("Nobody here has the e-mail address {email}. An administrator can invite them.")


class NotALearner(Invalid):
    """The person could not open the course they would be enrolled in."""

    code = "not_a_learner"
    message = mark("{name} is not a learner here. An administrator can give them the role.")


class NotAnInstructor(Invalid):
    """The person could not open the course they would teach."""

    code = "not_an_instructor"
    message = mark("{name} is not an instructor here. An administrator can give them the role.")


class AlreadyEnrolled(Conflict):
    """The person has an enrolment in the course already, ended or not."""

    code = "already_enrolled"
    message = mark("{name} is already enrolled in this course.")


class CourseEnded(Conflict):
    """The course is over, and it was not confirmed that the person is to be enrolled even so."""

    code = "course_ended"
    message = mark("{title} has ended. Confirm that the person is to be enrolled all the same.")


class AlreadyInstructor(Conflict):
    """The person teaches the course already."""

    code = "already_instructor"
    message = mark("{name} already teaches this course.")


def enrol(
    session: Session,
    principal: Principal,
    course_id: int,
    email: str,
    *,
    even_ended: bool = False,
) -> int:
    """Enrol a known learner in a course; the new enrolment's id.

    Raises :class:`Forbidden` unless the person administers courses, NotFound for an unknown
    course or address, :class:`CourseEnded` unless ``even_ended``, :class:`NotALearner` and
    :class:`AlreadyEnrolled`.
    """
    course = _course(session, principal, course_id)
    if summary(course).has_ended(clock.today()) and not even_ended:
        raise CourseEnded(title=course.title)
    person = _person(session, email)
    if not enrolment_queries.has_role(session, person.id, Role.LEARNER):
        raise NotALearner(name=person.name)
    if enrolment_queries.is_enrolled(session, person.id, course.id):
        raise AlreadyEnrolled(name=person.name)
    enrolment = Enrollment(
        user_id=person.id,
        course_id=course.id,
        status=EnrollmentStatus.ENROLLED,
        enrolled_at=clock.now(),
    )
    session.add(enrolment)
    session.flush()
    subject = f"enrollment/{enrolment.id}"
    told = {"course_id": course.id, "user_id": person.id}
    trail.record(session, principal.user_id, ENROLLED, subject, **told)
    outbox.record(session, ENROLLED, subject, told)
    publishing.soon(session)
    return enrolment.id


def instructors(session: Session, principal: Principal, course_id: int) -> list[Instructor]:
    """Who teaches a course, by name; nobody where the person may not see its learners."""
    principal.require(Area.COHORTS)
    rows = enrolment_queries.instructors(session, principal, course_id)
    return [Instructor(user_id, name) for user_id, name in rows]


def assign_instructor(session: Session, principal: Principal, course_id: int, email: str) -> None:
    """Let a known instructor teach a course and see its learners.

    Raises as :func:`enrol` does, with :class:`NotAnInstructor` and :class:`AlreadyInstructor`.
    """
    course = _course(session, principal, course_id)
    person = _person(session, email)
    if not enrolment_queries.has_role(session, person.id, Role.INSTRUCTOR):
        raise NotAnInstructor(name=person.name)
    if session.get(CourseInstructor, (course.id, person.id)) is not None:
        raise AlreadyInstructor(name=person.name)
    session.add(CourseInstructor(course_id=course.id, user_id=person.id))
    _tell(session, principal, INSTRUCTOR_ASSIGNED, course.id, person.id)


def remove_instructor(session: Session, principal: Principal, course_id: int, user_id: int) -> None:
    """Take a course from somebody who teaches it; NotFound where they do not."""
    course = _course(session, principal, course_id)
    teaching = session.get(CourseInstructor, (course.id, user_id))
    if teaching is None:
        raise NotFound(course_id=course_id, user_id=user_id)
    session.delete(teaching)
    _tell(session, principal, INSTRUCTOR_REMOVED, course.id, user_id)


def _course(session: Session, principal: Principal, course_id: int) -> Course:
    """The course, kept from a second change at the same time."""
    if not principal.sees_all(Area.COHORTS):
        raise Forbidden(area=Area.COHORTS.value)
    course = enrolment_queries.course_for_change(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return course


def _person(session: Session, email: str) -> User:
    address = lookup(email)
    person = enrolment_queries.person_by_email(session, address)
    if person is None:
        raise UnknownPerson(email=address)
    return person


def _tell(session: Session, principal: Principal, what: str, course_id: int, user_id: int) -> None:
    subject = f"course/{course_id}"
    trail.record(session, principal.user_id, what, subject, user_id=user_id)
    outbox.record(session, what, subject, {"course_id": course_id, "user_id": user_id})
    session.flush()
