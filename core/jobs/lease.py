"""Holding a job: taken by a lease, renewed while working, given back with its outcome.

Every change names the holder, so a worker that was thought dead cannot overwrite
what its successor did.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import AppError
from core.jobs.errors import GaveUp, LeaseLost
from core.jobs.models import Job, JobStatus

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 3


def claim(session: Session, owner: str) -> Job | None:
    """Take the oldest job that waits, or whose holder fell silent; ``None`` when there is none.

    A job whose holders stopped :data:`MAX_ATTEMPTS` times is failed instead of tried again.
    """
    while (job := _next(session)) is not None:
        if job.attempts >= MAX_ATTEMPTS:
            _close(job, JobStatus.FAILED, error=describe(GaveUp(attempts=job.attempts)))
            session.flush()
            continue
        return take(session, job, owner)
    return None


def take(session: Session, job: Job, owner: str) -> Job:
    """Give ``owner`` the lease of a job that the caller has locked or just made."""
    job.status = JobStatus.RUNNING
    job.attempts += 1
    job.lease_owner = owner
    job.lease_until = clock.now() + LEASE
    job.started_at = job.started_at or clock.now()
    session.flush()
    return job


def _next(session: Session) -> Job | None:
    now = clock.now()
    due = or_(Job.not_before.is_(None), Job.not_before <= now)
    waiting = (Job.status == JobStatus.QUEUED) & due
    # A lease far ahead was given by a clock that has been set back since.
    run_out = or_(Job.lease_until < now, Job.lease_until > now + 2 * LEASE)
    abandoned = (Job.status == JobStatus.RUNNING) & run_out
    query = select(Job).where(or_(waiting, abandoned)).order_by(Job.id).limit(1)
    # Two workers on PostgreSQL pass one another; SQLite has one writer and ignores this.
    return session.scalar(query.with_for_update(skip_locked=True))


def renew(
    session: Session,
    job_id: int,
    owner: str,
    progress: float | None = None,
    step: str | None = None,
) -> None:
    """Keep the lease, and say how far the work is (a share from 0 to 1 and a step)."""
    values: dict[str, Any] = {"lease_until": clock.now() + LEASE}
    if progress is not None:
        values["progress"] = min(max(progress, 0.0), 1.0)
    if step is not None:
        values["step"] = step
    held = update(Job).where(
        Job.id == job_id, Job.lease_owner == owner, Job.status == JobStatus.RUNNING
    )
    # Both drivers count the rows an UPDATE touched; SQLAlchemy types only the cursor's result so.
    if session.execute(held.values(values)).rowcount != 1:  # type: ignore[attr-defined]
        raise LeaseLost(job_id=job_id)


def succeed(session: Session, job_id: int, owner: str, result: dict[str, Any]) -> None:
    """End a job well."""
    job = _held(session, job_id, owner)
    job.progress = 1.0
    job.result = result
    _close(job, JobStatus.SUCCEEDED)


def fail(session: Session, job_id: int, owner: str, error: AppError) -> None:
    """End a job with a named error."""
    _close(_held(session, job_id, owner), JobStatus.FAILED, error=describe(error))


def describe(error: AppError) -> dict[str, Any]:
    """An error as plain JSON, from which the page makes a sentence in any language."""
    data = {key: _plain(value) for key, value in error.data.items()}
    return {"code": error.code, "message": error.message, "data": data}


def _plain(value: Any) -> Any:
    """A value that JSON can hold, and PostgreSQL too: no NUL and no lone surrogate."""
    if isinstance(value, int | float | bool | None):
        return value
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()


def _held(session: Session, job_id: int, owner: str) -> Job:
    query = select(Job).where(
        Job.id == job_id, Job.lease_owner == owner, Job.status == JobStatus.RUNNING
    )
    job = session.scalar(query.with_for_update())
    if job is None:
        raise LeaseLost(job_id=job_id)
    return job


def _close(job: Job, status: JobStatus, error: dict[str, Any] | None = None) -> None:
    job.status = status
    job.error = error
    job.lease_owner = None
    job.lease_until = None
    job.finished_at = clock.now()
