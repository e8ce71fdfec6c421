"""Raising alerts: each is written once, together with whom it is for and what must be sent."""

import uuid
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from core.alerts import repository
from core.alerts.models import Alert, AlertNotice, Channel, NoticeState
from core.campaigns.alerts import Raised
from core.jobs import queue
from core.jobs.models import JobKind


def raise_alerts(session: Session, raised: Sequence[Raised]) -> int:
    """Write those that are new, a notice for each person, and ask for what has to be sent.

    All in the caller's transaction: an alert is never there without its notices. Gives how
    many were new. Two workers at once write each alert once; the later one's is the same.
    """
    known = repository.known_keys(session, {one.key for one in raised})
    people = repository.recipients(session)
    new = 0
    for one in raised:
        if one.key not in known:
            known.add(one.key)
            new += _write(session, one, people)
    ask_for_sending(session)
    return new


def ask_for_sending(session: Session) -> None:
    """Queue a job that sends what waits, when its time has come; none where nothing waits."""
    waits, first = repository.next_try(session)
    if waits:
        queue.ensure_waiting(session, JobKind.SEND_ALERTS, not_before=first)


def _write(session: Session, one: Raised, people: Sequence[tuple[int, Channel | None]]) -> bool:
    """Write an alert with its notices; False where another worker was quicker."""
    alert = Alert(
        key=one.key,
        kind=one.kind,
        campaign_id=one.campaign_id,
        campaign_name=one.name,
        currency=one.currency,
        facts=one.facts,
        is_sample=one.is_sample,
        raised_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(alert)
    except IntegrityError:
        return False
    session.add_all(_notice(alert.id, user_id, channel) for user_id, channel in people)
    session.flush()
    return True


def _notice(alert_id: int, user_id: int, channel: Channel | None) -> AlertNotice:
    is_sent = channel in (Channel.MAIL, Channel.WEBHOOK)
    return AlertNotice(
        alert_id=alert_id,
        user_id=user_id,
        token=str(uuid.uuid4()),
        state=NoticeState.WAITING if is_sent else NoticeState.SHOWN,
        attempts=0,
    )
