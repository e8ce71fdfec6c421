"""Writing the audit trail, and reading it back in order."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.audit.models import AuditEntry


def record(
    session: Session, actor_id: int | None, action: str, subject: str, **details: Any
) -> AuditEntry:
    """Add one entry in the caller's transaction.

    ``action`` is a dotted name ("person.invited"), ``subject`` names the thing
    ("user/7"), ``details`` are plain JSON values and never secrets.
    """
    entry = AuditEntry(
        at=clock.now(), actor_id=actor_id, action=action, subject=subject, details=details
    )
    session.add(entry)
    return entry


def about(session: Session, subject: str) -> list[AuditEntry]:
    """Every entry about one thing, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
    return list(session.scalars(query))
