"""The worker's look at open suggestions after a publication: those whose time came are judged."""

from dataclasses import asdict

from sqlalchemy import Engine

from core import clock
from core.audit import trail
from core.db import reading, unit_of_work
from core.events import outbox
from core.jobs import queue
from core.jobs.models import JobKind
from core.track_record import repository
from core.track_record.judging import is_due, judge
from core.track_record.models import AcceptedStatus
from core.track_record.ports import TrackFigures
from core.track_record.schemas import Accepted, Judgement
from core.track_record.service import told


def judge_due(engine: Engine, figures: TrackFigures) -> dict[str, int]:
    """Judge every open suggestion whose horizon the data tells; each verdict lands by itself.

    A killed job leaves verdicts that were written and judges the rest when it is done again.
    """
    with reading(engine) as session:
        waiting = [told(row) for row in repository.open_ones(session)]
    judged = 0
    for record in waiting:
        if is_due(record, figures):
            judged += _close(engine, record, judge(record, figures, _others(engine, record)))
    return {"judged": judged, "waiting": len(waiting) - judged}


def ask_for_judging(engine: Engine) -> None:
    """Queue a look at open suggestions, where there are any."""
    with unit_of_work(engine) as session:
        if repository.any_open(session):
            queue.ensure_waiting(session, JobKind.JUDGE_SUGGESTIONS)


def _others(engine: Engine, record: Accepted) -> list[Accepted]:
    with reading(engine) as session:
        rows = repository.at_work(session, record.first_day, record.last_day)
        return [told(row) for row in rows if row.id != record.id]


def _close(engine: Engine, record: Accepted, verdict: Judgement) -> bool:
    """Write a verdict with its trail and event; False where the suggestion is no longer open."""
    with unit_of_work(engine) as session:
        closed = repository.close(
            session,
            record.id,
            status=AcceptedStatus.JUDGED,
            judged_at=clock.now(),
            judgement=asdict(verdict),
        )
        if closed:
            subject, details = f"suggestion/{record.id}", {"kind": record.kind.value}
            trail.record(session, None, "suggestion.judged", subject, **details)
            outbox.record(session, "suggestion.judged", subject, details)
    return closed
