"""Certificates of completed courses: what is missing for one, issuing it, and verifying it.

Only what the rules completed here is certified: a completion that a source states alone is not.
Nothing reopens a completed enrolment by itself; should its status be changed all the same, its
certificate counts as withdrawn for as long as the enrolment is not completed.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import certificate_codes, certificate_queries
from core.courses.certificate_models import Certificate
from core.courses.grade import Grade
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.progress import Progress
from core.courses.service import summary
from core.errors import NotFound
from core.events import outbox

ISSUED = "certificate.issued"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a course still asks for before it is completed.

    ``lessons`` counts required lessons and groups, ``ungraded`` pieces of work without a score;
    ``is_below`` says that the grade so far does not reach the pass mark, ``is_empty`` that the
    course requires nothing, and so is never completed.
    """

    lessons: int = 0
    ungraded: int = 0
    is_below: bool = False
    is_empty: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is missing."""
        return self == Missing()


@dataclass(frozen=True, slots=True)
class Verified:
    """What a code tells whoever has it: nothing of the work behind it."""

    learner: str
    course: str
    completed_on: date
    is_valid: bool


def verify_address(base_url: str) -> str:
    """Where anybody checks a code."""
    return f"{base_url.rstrip('/')}/verify"


def missing(progress: Progress, grade: Grade, pass_mark: int) -> Missing:
    """What is missing; nothing exactly where :func:`core.courses.completion.is_complete`."""
    if progress.required == 0 and grade.pieces == 0:
        return Missing(is_empty=True)
    return Missing(
        lessons=progress.required - progress.completed,
        ungraded=grade.pieces - grade.graded if grade.graded_share != 1 else 0,
        is_below=grade.passes(pass_mark) is False,
    )


def is_due(session: Session, principal: Principal, enrollment_id: int) -> bool:
    """Whether the person may have a certificate of the enrolment, issued already or not."""
    principal.require(Area.MY_COURSES)
    found = certificate_queries.completed_enrolment(session, principal, enrollment_id)
    return found is not None and (
        certificate_queries.of_enrolment(session, enrollment_id) is not None
        or certificate_queries.completion(session, enrollment_id) is not None
    )


def issue(session: Session, principal: Principal, enrollment_id: int) -> Certificate:
    """The enrolment's certificate, which the first to ask for it issues.

    For its learner and those who may see the course's learners. NotFound for every other
    enrolment, and while the rules have not completed it.
    """
    principal.require(Area.MY_COURSES)
    found = certificate_queries.completed_enrolment(session, principal, enrollment_id)
    if found is None:
        raise NotFound(enrollment_id=enrollment_id)
    certificate_queries.lock(session, enrollment_id)
    held = certificate_queries.of_enrolment(session, enrollment_id)
    if held is not None:
        return held
    completion = certificate_queries.completion(session, enrollment_id)
    if completion is None:
        raise NotFound(enrollment_id=enrollment_id)
    enrolment, course, learner = found
    ended = enrolment.ended_at or completion.occurred_at
    made = _certified(enrolment, course, learner, ended.date(), completion.data["grade"])
    session.add(made)
    session.flush()
    told = {"certificate_id": made.id, "course_id": course.id}
    subject = f"enrollment/{enrollment_id}"
    trail.record(session, principal.user_id, ISSUED, subject, **told)
    outbox.record(session, ISSUED, subject, told)
    session.flush()
    return made


def verify(session: Session, typed: str) -> Verified | None:
    """What a code stands for; None alike for one that is malformed, unknown or deleted."""
    code = certificate_codes.read(typed)
    found = certificate_queries.by_code(session, code) if code else None
    if found is None:
        return None
    certificate, status = found
    return Verified(
        certificate.learner,
        certificate.course,
        certificate.completed_on,
        is_valid=status is EnrollmentStatus.COMPLETED,
    )


def _certified(
    enrolment: Enrollment, course: Course, learner: str, completed_on: date, grade: int | None
) -> Certificate:
    return Certificate(
        enrollment_id=enrolment.id,
        code=certificate_codes.draw(),
        learner=learner,
        course=course.title,
        starts_on=course.start_date,
        ends_on=summary(course).last_day,
        completed_on=completed_on,
        grade=grade,
        issued_at=clock.now(),
    )
