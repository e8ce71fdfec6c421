"""Who teaches a course contacts a learner, and sees what followed beside those not contacted."""

import uuid
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core import clock, i18n
from core.accounts.access import Area, Principal
from core.accounts.mail import Mail
from core.accounts.models import User
from core.audit import trail
from core.courses import contact_queries
from core.courses.cohorts import LEAST
from core.courses.contact_models import Contact, Way
from core.courses.errors import NothingWritten
from core.courses.models import Course, Enrollment
from core.errors import NotFound
from core.events import outbox

CONTACTED = "learner.contacted"
LONGEST = 4000
AFTER = timedelta(days=14)
BANDS = 5
"""The risk (0-1) in so many equal parts; learners of one part count as similar."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A contact as the log shows it; ``made_by`` None: gone from the records."""

    contact_id: int
    enrollment_id: int
    made_by: str | None
    made_at: datetime
    way: Way
    text: str
    sent_at: datetime | None
    risk: float | None
    known_day: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed until ``until``: did the learner act, and how many similar ones did.

    ``similar`` is None where there are fewer than five, or no risk was known.
    """

    until: datetime
    is_over: bool
    has_acted: bool
    similar: int | None
    similar_acted: int | None


def contact(
    session: Session,
    principal: Principal,
    enrollment_id: int,
    text: str,
    way: Way,
    risk: float | None = None,
    known_day: int | None = None,
) -> int:
    """Write a message to a learner into the log; a mail still has to be sent. Gives its id.

    NotFound where the learner is not the person's to see, NothingWritten. Where the learner
    has no address the contact is one made elsewhere, whatever was asked.
    """
    _, _, learner = _learner(session, principal, enrollment_id)
    written = text.replace("\0", "").strip()[:LONGEST]
    if not written:
        raise NothingWritten()
    made = Contact(
        enrollment_id=enrollment_id,
        made_by=principal.user_id,
        made_at=clock.now(),
        way=way if learner.email else Way.ELSEWHERE,
        text=written,
        token=str(uuid.uuid4()),
        risk=risk,
        known_day=known_day,
    )
    session.add(made)
    session.flush()
    subject, data = f"enrollment/{enrollment_id}", {"contact_id": made.id, "way": made.way.value}
    trail.record(session, principal.user_id, CONTACTED, subject, **data)
    outbox.record(session, CONTACTED, subject, {"enrollment_id": enrollment_id, **data})
    session.flush()
    return made.id


def has_address(session: Session, principal: Principal, enrollment_id: int) -> bool:
    """Whether the learner can be sent a mail. NotFound as above."""
    return _learner(session, principal, enrollment_id)[2].email is not None


def unsent(session: Session, principal: Principal, contact_id: int) -> Mail | None:
    """The mail of a contact that has not left yet; None where there is none. NotFound as above."""
    made = _contact(session, principal, contact_id)
    _, course, learner = _learner(session, principal, made.enrollment_id)
    if made.way is not Way.MAIL or made.sent_at is not None or learner.email is None:
        return None
    t = i18n.language(learner.language or i18n.DEFAULT)
    said = t(
        "{name} writes to you about the course {course}:",
        name=principal.name,
        course=course.title,
    )
    body = [t("Hello {name},", name=learner.name), said, made.text]
    title = " ".join(course.title.split())
    return Mail(learner.name, learner.email, title, "\n\n".join(body) + "\n", made.token)


def mark_sent(session: Session, principal: Principal, contact_id: int) -> None:
    """Note that the mail has left. NotFound as above."""
    _contact(session, principal, contact_id).sent_at = clock.now()
    session.flush()


def log(session: Session, principal: Principal, enrollment_id: int) -> list[Logged]:
    """A learner's contacts, the latest first; none where the learner is not to be seen."""
    principal.require(Area.COHORTS)
    return [
        Logged(
            contact_id=one.id,
            enrollment_id=one.enrollment_id,
            made_by=made_by,
            made_at=one.made_at,
            way=one.way,
            text=one.text,
            sent_at=one.sent_at,
            risk=one.risk,
            known_day=one.known_day,
        )
        for one, made_by in contact_queries.of_enrolment(session, principal, enrollment_id)
    ]


def followed(
    session: Session, principal: Principal, contact_id: int, risks: Mapping[int, float]
) -> Followed:
    """What followed in 14 days; ``risks`` are the course's as known on the contact's day.

    NotFound as above. Similar are those there on that day in the same part of the risk whom
    nobody contacted in the same days.
    """
    made = _contact(session, principal, contact_id)
    enrolment, course, _ = _learner(session, principal, made.enrollment_id)
    now = clock.now()
    until = min(made.made_at + AFTER, now)
    acted = contact_queries.acted(session, course.id, made.made_at, until)
    others = contact_queries.there(session, course.id, made.made_at)
    others -= contact_queries.contacted(session, course.id, made.made_at - AFTER, until)
    alike = similar(enrolment.id, risks, others)
    is_told = len(alike) >= LEAST
    return Followed(
        until=until,
        is_over=made.made_at + AFTER <= now,
        has_acted=enrolment.id in acted,
        similar=len(alike) if is_told else None,
        similar_acted=len(alike & acted) if is_told else None,
    )


def similar(enrollment_id: int, risks: Mapping[int, float], others: Set[int]) -> set[int]:
    """Those of the others in the same part of the risk; none where a learner has no risk."""
    if enrollment_id not in risks:
        return set()
    own = band(risks[enrollment_id])
    return {
        one for one in others if one != enrollment_id and one in risks and band(risks[one]) == own
    }


def band(risk: float) -> int:
    """The part of the risk, 0 to 4: a fifth each, and 1 belongs to the last."""
    return min(int(risk * BANDS), BANDS - 1)


def _learner(
    session: Session, principal: Principal, enrollment_id: int
) -> Row[Enrollment, Course, User]:
    principal.require(Area.COHORTS)
    found = contact_queries.learner(session, principal, enrollment_id)
    if found is None:
        raise NotFound(enrollment_id=enrollment_id)
    return found


def _contact(session: Session, principal: Principal, contact_id: int) -> Contact:
    principal.require(Area.COHORTS)
    found = contact_queries.contact(session, principal, contact_id)
    if found is None:
        raise NotFound(contact_id=contact_id)
    return found[0]
