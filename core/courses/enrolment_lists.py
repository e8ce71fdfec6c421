"""Enrolling many people from a list, looked at row by row before anything is written."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.errors import InvalidEmail, InvalidName
from core.accounts.identity import clean_email, clean_name
from core.accounts.models import User, UserRole
from core.audit import trail
from core.courses import enrolment_queries, list_queries
from core.courses.authoring import course_for_writing
from core.courses.enrolling import ENROLLED
from core.courses.models import Course, Enrollment
from core.errors import Invalid
from core.events import outbox
from core.i18n import mark
from core.jobs import queue
from core.jobs.models import JobKind
from core.spreadsheet_text import rows_of

ADDED = "person.added"
MOST_ROWS = 10_000
_HEADINGS = {
    "name": ("name", "full name", "nombre"),
    "email": ("email", "e-mail", "email address", "e-mail address", "correo"),
    "person_id": ("person id", "person", "id"),
    "campaign": ("campaign", "campaign id", "campaña"),
}


class NoHeadings(Invalid):
    """The list does not say which column is what."""

    code = "enrolment_list_headings"
    message = mark(
        "The list needs a row of headings with one of name, email and person id; "
        "campaign may be there too. At most 10,000 rows."
    )


class Outcome(StrEnum):
    """What becomes of one row of a list."""

    ENROLLED = "enrolled"  # somebody who is known here
    ADDED = "added"  # and somebody new with an address, whom an administrator can invite
    NAMED = "named"  # and somebody new without an address, who cannot sign in
    ALREADY = "already"
    TWICE = "twice"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    NOT_A_LEARNER = "not_a_learner"
    BAD_EMAIL = "bad_email"
    BAD_NAME = "bad_name"
    NO_CAMPAIGN = "no_campaign"
    EMPTY = "empty"

    @property
    def is_done(self) -> bool:
        """Whether the row leads to an enrolment."""
        return self in (Outcome.ENROLLED, Outcome.ADDED, Outcome.NAMED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list, as it was written."""

    line: int
    name: str = ""
    email: str = ""
    person_id: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes, or would become, of one row."""

    entry: Entry
    outcome: Outcome


def read_list(data: bytes) -> list[Entry]:
    """The rows of a CSV file. Raises UnreadableTable and :class:`NoHeadings`."""
    rows = rows_of(data)
    head = [cell.strip().casefold() for cell in rows[0]]
    at = {
        field: place
        for field, names in _HEADINGS.items()
        for place, heading in enumerate(head)
        if heading in names
    }
    if not {"name", "email", "person_id"} & set(at) or len(rows) > MOST_ROWS + 1:
        raise NoHeadings
    return [
        Entry(
            line,
            **{
                field: row[place].strip()[:300] if place < len(row) else ""
                for field, place in at.items()
            },
        )
        for line, row in enumerate(rows[1:], 2)
    ]


def enrol_list(
    session: Session,
    principal: Principal,
    course_id: int,
    entries: Sequence[Entry],
    *,
    add_unknown: bool,
) -> list[Told]:
    """Enrol everybody of a list who can be; roll the unit of work back to have looked only.

    With ``add_unknown`` somebody who is not known here becomes a learner who cannot sign in
    until an administrator invites them. Raises NotFound for a course that is not theirs.
    """
    course = course_for_writing(session, principal, course_id)
    seen: set[int] = set()
    told = [
        Told(one, _enrol(session, principal, course, one, seen, add_unknown=add_unknown))
        for one in entries
    ]
    if any(one.outcome.is_done for one in told):
        queue.ensure_waiting(session, JobKind.SYNC)
    session.flush()
    return told


def _enrol(
    session: Session,
    principal: Principal,
    course: Course,
    entry: Entry,
    seen: set[int],
    *,
    add_unknown: bool,
) -> Outcome:
    campaign = list_queries.campaign_named(session, entry.campaign) if entry.campaign else None
    if entry.campaign and campaign is None:
        return Outcome.NO_CAMPAIGN
    found = _find(session, principal, entry)
    if isinstance(found, Outcome):
        return found
    outcome = Outcome.ENROLLED
    if found is None:
        if not add_unknown or not entry.name:
            return Outcome.UNKNOWN
        made = _add(session, principal, entry)
        if isinstance(made, Outcome):
            return made
        found, outcome = made, Outcome.ADDED if made.email else Outcome.NAMED
    if found.id in seen:
        return Outcome.TWICE
    if enrolment_queries.is_enrolled(session, found.id, course.id):
        return Outcome.ALREADY
    seen.add(found.id)
    _write(session, principal, course, found.id, campaign)
    return outcome


def _find(session: Session, principal: Principal, entry: Entry) -> User | Outcome | None:
    """The learner whom a row names; None where nobody is known by it."""
    if not (entry.name or entry.email or entry.person_id):
        return Outcome.EMPTY
    if entry.person_id:
        found = list_queries.people_by_key(session, entry.person_id)
    elif entry.email:
        try:
            found = list_queries.people_by_email(session, clean_email(entry.email))
        except InvalidEmail:
            return Outcome.BAD_EMAIL
    else:
        found = list_queries.learners_named(session, principal, entry.name)
    if len(found) > 1:
        return Outcome.AMBIGUOUS
    if not found:
        return Outcome.UNKNOWN if entry.person_id else None
    is_learner = enrolment_queries.has_role(session, found[0].id, Role.LEARNER)
    knows_no_login = found[0].email is None
    return found[0] if is_learner or knows_no_login else Outcome.NOT_A_LEARNER


def _add(session: Session, principal: Principal, entry: Entry) -> User | Outcome:
    try:
        name = clean_name(entry.name)
    except InvalidName:
        return Outcome.BAD_NAME
    user = User(
        name=name,
        email=clean_email(entry.email) if entry.email else None,
        external_id=None if entry.email else f"list:{uuid.uuid4()}",
        created_at=clock.now(),
    )
    user.role_rows = [UserRole(role=Role.LEARNER)]
    session.add(user)
    session.flush()
    trail.record(session, principal.user_id, ADDED, f"user/{user.id}")
    return user


def _write(
    session: Session, principal: Principal, course: Course, user_id: int, campaign: int | None
) -> None:
    enrolment = Enrollment(
        user_id=user_id, course_id=course.id, campaign_id=campaign, enrolled_at=clock.now()
    )
    session.add(enrolment)
    session.flush()
    subject = f"enrollment/{enrolment.id}"
    told = {"course_id": course.id, "user_id": user_id, "campaign_id": campaign}
    trail.record(session, principal.user_id, ENROLLED, subject, **told)
    outbox.record(session, ENROLLED, subject, told)
