"""Asking for long work, and looking at how it goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.jobs.models import Job, JobKind, JobStatus

_OF_THE_PLATFORM = (
    JobKind.IMPORT_OULAD,
    JobKind.SYNC,
    JobKind.LOAD_SAMPLE,
    JobKind.REMOVE_SAMPLE,
    JobKind.ADVANCE_SAMPLE,
)
_OF_MODELS = (JobKind.TRAIN_MODEL, JobKind.PROMOTE_MODEL, JobKind.ROLL_BACK_MODEL)
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


def enqueue(
    session: Session,
    kind: JobKind,
    payload: dict[str, Any],
    created_by: int | None,
    not_before: datetime | None = None,
) -> Job:
    """Put a job in the queue; it starts when a worker is free, and not before its time.

    Its ``id`` is set on return.
    """
    job = Job(
        kind=kind,
        payload=payload,
        created_by=created_by,
        created_at=clock.now(),
        not_before=not_before,
    )
    session.add(job)
    session.flush()
    return job


def recent(
    session: Session, principal: Principal, kinds: Sequence[JobKind], limit: int = 10
) -> list[Job]:
    """Every open job of these kinds that the person may see, and the latest that are over.

    The newest first; ``limit`` counts only those that are over.
    """
    over = _visible(principal, kinds).where(Job.status.not_in(_OPEN)).limit(limit)
    latest = over.with_only_columns(Job.id)
    query = _visible(principal, kinds).where(Job.status.in_(_OPEN) | Job.id.in_(latest))
    return list(session.scalars(query))


def succeeded(
    session: Session, principal: Principal, kinds: Sequence[JobKind], limit: int = 10
) -> list[Job]:
    """The latest jobs of these kinds that went well and that the person may see, newest first."""
    query = _visible(principal, kinds).where(Job.status == JobStatus.SUCCEEDED)
    return list(session.scalars(query.limit(limit)))


def ensure_waiting(session: Session, kind: JobKind, not_before: datetime | None = None) -> None:
    """Have a job of this kind, without a payload, see what the caller's transaction writes.

    One that waits already will do, if it may start as early. It is locked, so that no worker
    starts it before the transaction is over; one that a worker is about to take does not count.
    """
    early = Job.not_before.is_(None) | (Job.not_before <= (not_before or clock.now()))
    query = select(Job.id).where(Job.kind == kind, Job.status == JobStatus.QUEUED, early).limit(1)
    if session.scalar(query.with_for_update(skip_locked=True)) is None:
        enqueue(session, kind, {}, created_by=None, not_before=not_before)


def any_open(session: Session, kinds: Sequence[JobKind]) -> bool:
    """Whether a job of these kinds waits or runs."""
    query = select(Job.id).where(Job.kind.in_(kinds), Job.status.in_(_OPEN))
    return session.scalar(query.limit(1)) is not None


def open_payloads(session: Session, kind: JobKind) -> list[dict[str, Any]]:
    """What the jobs of this kind that wait or run were asked to do."""
    query = select(Job.payload).where(Job.kind == kind, Job.status.in_(_OPEN))
    return list(session.scalars(query))


def _visible(principal: Principal, kinds: Sequence[JobKind]) -> Select[Job]:
    shared = [kind for kind in kinds if _shares(principal, kind)]
    return (
        select(Job)
        .where(Job.kind.in_(kinds))
        .where((Job.created_by == principal.user_id) | Job.kind.in_(shared))
        .order_by(Job.id.desc())
    )


def _shares(principal: Principal, kind: JobKind) -> bool:
    """Whether the person sees jobs of this kind, whoever started them."""
    if kind is JobKind.IMPORT_ADS:
        return principal.may_open(Area.DATA)
    if kind is JobKind.FIT_RESPONSE:
        return principal.may_open(Area.CAMPAIGNS)
    if kind in _OF_MODELS:
        return principal.sees_all(Area.MODELS)
    return kind in _OF_THE_PLATFORM and principal.sees_all(Area.DATA)
