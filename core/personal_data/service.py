"""What a person does with the data held on them: take it out, ask that it be erased."""

from typing import IO

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.accounts.models import User
from core.audit import trail
from core.errors import NotFound
from core.i18n import Language
from core.personal_data import archive
from core.personal_data.models import ErasureRequest
from core.personal_data.schemas import AskedFor

EXPORTED = "person.exported"
ASKED, TAKEN_BACK = "person.erasure_asked", "person.erasure_taken_back"


def export_own(session: Session, principal: Principal, out: IO[bytes], t: Language) -> int:
    """Everything held on the person who asks, as a zip; gives the number of rows.

    It only reads, so that nobody waits meanwhile; ``note_export`` puts it into the audit trail.
    """
    principal.require(Area.PROFILE)
    return export_person(session, principal.user_id, out, t)


def export_person(session: Session, user_id: int, out: IO[bytes], t: Language) -> int:
    """The same for whoever runs the server, who acts for a person. NotFound, TooMuchHeld."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(user_id=user_id)
    return archive.write(session, user, out, clock.now(), t)


def note_export(session: Session, actor_id: int | None, user_id: int, rows: int) -> None:
    """Record who took out whose data, before the file is given out."""
    trail.record(session, actor_id, EXPORTED, f"user/{user_id}", rows=rows)
    session.flush()


def ask_for_erasure(session: Session, principal: Principal) -> None:
    """Record that the person wants to be erased; asking again changes nothing."""
    principal.require(Area.PROFILE)
    if asked(session, principal) is not None:
        return
    session.add(ErasureRequest(user_id=principal.user_id, requested_at=clock.now()))
    trail.record(session, principal.user_id, ASKED, f"user/{principal.user_id}")
    session.flush()


def take_back(session: Session, principal: Principal) -> None:
    """Take the request back, where there is one."""
    principal.require(Area.PROFILE)
    if asked(session, principal) is None:
        return
    session.execute(delete(ErasureRequest).where(ErasureRequest.user_id == principal.user_id))
    trail.record(session, principal.user_id, TAKEN_BACK, f"user/{principal.user_id}")
    session.flush()


def asked(session: Session, principal: Principal) -> AskedFor | None:
    """The person's own request."""
    row = session.get(ErasureRequest, principal.user_id)
    return None if row is None else AskedFor(principal.user_id, principal.name, row.requested_at)


def waiting(session: Session, principal: Principal) -> list[AskedFor]:
    """Everybody who wants to be erased, the longest waiting first; for staff, Forbidden else."""
    principal.require(Area.DATA)
    if not (principal.sees_all(Area.DATA) and principal.sees_all(Area.COHORTS)):
        return []
    query = (
        select(User.id, User.name, ErasureRequest.requested_at)
        .join(ErasureRequest, ErasureRequest.user_id == User.id)
        .order_by(ErasureRequest.requested_at, User.id)
    )
    return [AskedFor(*row) for row in session.execute(query)]
