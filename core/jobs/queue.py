"""Asking for long work, and looking at how it goes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.errors import NotFound
from core.jobs.models import Job, JobKind, JobStatus

_OF_THE_PLATFORM = (JobKind.SYNC, JobKind.LOAD_SAMPLE, JobKind.REMOVE_SAMPLE)


def enqueue(
    session: Session, kind: JobKind, payload: dict[str, Any], created_by: int | None
) -> Job:
    """Put a job in the queue; it starts when a worker is free. Its ``id`` is set on return."""
    job = Job(kind=kind, payload=payload, created_by=created_by, created_at=clock.now())
    session.add(job)
    session.flush()
    return job


def get(session: Session, principal: Principal, job_id: int) -> Job:
    """One job the person may see, else :class:`NotFound`."""
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or not _may_see(principal, job):
        raise NotFound(job_id=job_id)
    return job


def recent(
    session: Session, principal: Principal, kinds: Sequence[JobKind], limit: int = 10
) -> list[Job]:
    """The latest jobs of these kinds that the person may see, newest first."""
    shared = [kind for kind in kinds if _shares(principal, kind)]
    query = (
        select(Job)
        .where(Job.kind.in_(kinds))
        .where((Job.created_by == principal.user_id) | Job.kind.in_(shared))
        .order_by(Job.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def any_waiting(session: Session, kind: JobKind) -> bool:
    """Whether a job of this kind has yet to start, and so will see what is written now."""
    query = select(Job.id).where(Job.kind == kind, Job.status == JobStatus.QUEUED)
    return session.scalar(query.limit(1)) is not None


def any_open(session: Session, kinds: Sequence[JobKind]) -> bool:
    """Whether a job of these kinds waits or runs."""
    query = select(Job.id).where(
        Job.kind.in_(kinds), Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING])
    )
    return session.scalar(query.limit(1)) is not None


def _may_see(principal: Principal, job: Job) -> bool:
    return job.created_by == principal.user_id or _shares(principal, job.kind)


def _shares(principal: Principal, kind: JobKind) -> bool:
    """Whether the person sees jobs of this kind, whoever started them."""
    if kind is JobKind.IMPORT_ADS:
        return principal.may_open(Area.DATA)
    return kind in _OF_THE_PLATFORM and principal.sees_all(Area.DATA)
