"""What learners and staff do reaches the published data soon, together with what others do."""

from datetime import timedelta

from sqlalchemy.orm import Session

from core import clock
from core.jobs import queue
from core.jobs.models import JobKind

WITHIN = timedelta(minutes=10)


def soon(session: Session) -> None:
    """Have the data renewed within ten minutes of what the caller's transaction writes.

    Whatever else is done until then rides along: a class at work asks for one renewal, not for
    one a lesson.
    """
    queue.ensure_waiting(session, JobKind.SYNC, not_before=clock.now() + WITHIN)
