"""Writing events beside the change they tell of."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.events.models import Event


def record(session: Session, type: str, subject: str, data: dict[str, Any]) -> Event:
    """Add an event to the outbox in the caller's transaction; both land, or neither does.

    ``type`` is a dotted past-tense name ("lesson.completed"), ``subject`` names the
    thing it happened to ("enrollment/12"), ``data`` holds plain JSON values.
    """
    event = Event(
        event_id=str(uuid.uuid4()),
        type=type,
        subject=subject,
        data=data,
        occurred_at=clock.now(),
    )
    session.add(event)
    return event
