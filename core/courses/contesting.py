"""A learner contests a reason of their risk; who teaches the course answers, which closes it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import contest_queries, repository
from core.courses.contest_models import RiskContest
from core.courses.errors import AlreadyContested, ContestAnswered, EnrolmentEnded, NothingWritten
from core.courses.ports import AnswerSource, Reason
from core.errors import NotFound
from core.events import outbox

CONTESTED = "risk.contested"
ANSWERED = "risk.contest_answered"
LONGEST = 1000
"""Letters of a contest or of an answer; what is longer is cut off by the field."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What a learner said against a reason, and the answer; ``known_day`` is of the course."""

    contest_id: int
    enrollment_id: int
    learner_id: int
    learner: str
    reason: Reason
    model: str
    version: int
    known_day: int
    text: str
    contested_at: datetime
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


def contest(
    session: Session,
    principal: Principal,
    enrollment_id: int,
    reason: Reason,
    source: AnswerSource,
    text: str,
) -> int:
    """Say what is wrong with a reason given for one's own risk; gives the contest's id.

    NotFound for another's enrolment, EnrolmentEnded, NothingWritten, and AlreadyContested
    while an earlier contest of the same reason waits for its answer.
    """
    principal.require(Area.MY_COURSES)
    own = repository.own_enrolment_for_change(session, principal, enrollment_id)
    if own is None:
        raise NotFound(enrollment_id=enrollment_id)
    if not own.status.is_open:
        raise EnrolmentEnded(enrollment_id=enrollment_id, status=own.status.value)
    said = _written(text)
    if contest_queries.is_open(session, enrollment_id, reason.message):
        raise AlreadyContested(enrollment_id=enrollment_id)
    made = RiskContest(
        enrollment_id=enrollment_id,
        reason=reason.message,
        facts=dict(reason.values),
        model=source.model,
        version=source.version,
        known_day=source.day,
        text=said,
        contested_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _tell(session, principal, CONTESTED, made)
    return made.id


def answer(session: Session, principal: Principal, contest_id: int, text: str) -> None:
    """Answer a contest, which closes it; for those who teach the course, and staff.

    NotFound where it is not theirs to answer, NothingWritten, ContestAnswered the second time.
    """
    principal.require(Area.COHORTS)
    found = contest_queries.to_answer(session, principal, contest_id)
    if found is None:
        raise NotFound(contest_id=contest_id)
    if found.answered_at is not None:
        raise ContestAnswered(contest_id=contest_id)
    found.answer, found.answered_at = _written(text), clock.now()
    found.answered_by = principal.user_id
    _tell(session, principal, ANSWERED, found)


def of_enrolment(session: Session, principal: Principal, enrollment_id: int) -> list[Contest]:
    """An enrolment's contests, the latest first; none where it is not the person's to see."""
    principal.require(Area.MY_COURSES)
    return [_told(*row) for row in contest_queries.of_enrolment(session, principal, enrollment_id)]


def of_course(session: Session, principal: Principal, course_id: int) -> list[Contest]:
    """A course's contests, the latest first; none where its learners are not to be seen."""
    principal.require(Area.COHORTS)
    return [_told(*row) for row in contest_queries.of_course(session, principal, course_id)]


def _written(text: str) -> str:
    written = text.replace("\0", "").strip()[:LONGEST]
    if not written:
        raise NothingWritten()
    return written


def _told(row: RiskContest, learner_id: int, learner: str, answered_by: str | None) -> Contest:
    return Contest(
        contest_id=row.id,
        enrollment_id=row.enrollment_id,
        learner_id=learner_id,
        learner=learner,
        reason=Reason(row.reason, row.facts, 0.0),
        model=row.model,
        version=row.version,
        known_day=row.known_day,
        text=row.text,
        contested_at=row.contested_at,
        answer=row.answer,
        answered_by=answered_by,
        answered_at=row.answered_at,
    )


def _tell(session: Session, principal: Principal, what: str, made: RiskContest) -> None:
    """Into the audit trail and the outbox; what was written stays in the contest alone."""
    subject = f"enrollment/{made.enrollment_id}"
    data = {"contest_id": made.id, "model": made.model, "version": made.version}
    trail.record(session, principal.user_id, what, subject, **data)
    outbox.record(session, what, subject, {"enrollment_id": made.enrollment_id, **data})
    session.flush()
