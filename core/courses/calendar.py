"""Due work as a calendar (RFC 5545), and the secret address under which one is read."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from core import clock
from core.accounts import repository as accounts
from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses.schemas import OwnCourse
from core.courses.service import my_courses
from core.courses.study_models import CalendarLink
from core.errors import NotFound
from core.i18n import Language

MADE = "calendar_link.made"
REVOKED = "calendar_link.revoked"
_PRODUCT = "-//Trellis//Due work//EN"
_NONCE_BYTES = 32
_LONGEST_ID = 18


def calendar(courses: Iterable[OwnCourse], base_url: str, now: datetime, t: Language) -> bytes:
    """A day-long event for each piece of work that is due and has a date.

    The UID names enrolment and work, so that a calendar knows an event again when it moves.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", t("Due in my courses"))
    for own in courses:
        address = f"{base_url.rstrip('/')}/course?enrolment={own.enrollment_id}"
        for item in own.due:
            if item.due_on is not None:
                event = Event()
                event.add("uid", f"due-{own.enrollment_id}-{item.assessment_id}@trellis")
                event.add("dtstamp", now)
                event.add("dtstart", item.due_on)
                event.add("dtend", item.due_on + timedelta(days=1))
                event.add("summary", f"{item.title} ({own.course.title})")
                event.add("url", address)
                event.add("transp", "TRANSPARENT")
                made.add_component(event)
    return bytes(made.to_ical())


def own_calendar(session: Session, principal: Principal, base_url: str, t: Language) -> bytes:
    """The person's own calendar."""
    principal.require(Area.MY_COURSES)
    return calendar(my_courses(session, principal), base_url, clock.now(), t)


def address_part(session: Session, principal: Principal, key: bytes) -> str | None:
    """The secret part of the person's calendar address; None while they have none."""
    principal.require(Area.MY_COURSES)
    link = session.get(CalendarLink, principal.user_id)
    return None if link is None else _signed(key, principal.user_id, link.nonce)


def make_address(session: Session, principal: Principal) -> None:
    """Give the person a calendar address; a new one ends the one before."""
    principal.require(Area.MY_COURSES)
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    link = session.get(CalendarLink, principal.user_id, with_for_update=True)
    if link is None:
        session.add(CalendarLink(user_id=principal.user_id, nonce=nonce, created_at=clock.now()))
    else:
        link.nonce, link.created_at = nonce, clock.now()
    trail.record(session, principal.user_id, MADE, f"user/{principal.user_id}")
    session.flush()


def revoke_address(session: Session, principal: Principal) -> None:
    """End the person's calendar address; whoever had it reads nothing more."""
    principal.require(Area.MY_COURSES)
    link = session.get(CalendarLink, principal.user_id)
    if link is not None:
        session.delete(link)
        trail.record(session, principal.user_id, REVOKED, f"user/{principal.user_id}")
        session.flush()


def reader_of(session: Session, secret: str, key: bytes) -> Principal:
    """Whose calendar an address opens; NotFound for any that is not, or no longer, good.

    The person has to be active, and reaches no more than their roles do now.
    """
    number = secret.partition("-")[0]
    is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID
    link = session.get(CalendarLink, int(number)) if is_number else None
    if link is None or not hmac.compare_digest(
        _signed(key, link.user_id, link.nonce).encode(), secret.encode("utf-8", "surrogatepass")
    ):
        raise NotFound(calendar=True)
    user = accounts.active_user(session, link.user_id)
    if user is None:
        raise NotFound(calendar=True)
    roles = accounts.roles_of(session, user.id)
    principal = Principal(user.id, user.name, user.email or "", roles, user.language)
    if not principal.may_open(Area.MY_COURSES):
        raise NotFound(calendar=True)
    return principal


def _signed(key: bytes, user_id: int, nonce: str) -> str:
    """The person's number with a keyed hash (HMAC-SHA256) over it and the nonce."""
    mac = hmac.new(key, f"calendar/{user_id}/{nonce}".encode(), hashlib.sha256).hexdigest()
    return f"{user_id}-{mac}"
