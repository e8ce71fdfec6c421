"""Doing jobs: take one, renew its lease from a thread while its handler works, end it."""

import contextlib
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core import logs, surroundings
from core.db import reading, unit_of_work
from core.errors import AppError
from core.jobs import lease, queue
from core.jobs.errors import Cancelled, LeaseLost, Unexpected
from core.jobs.models import Job, JobKind

Progress = Callable[[float, str], None]
Handler = Callable[[Job, Progress], dict[str, Any]]

_LONGEST_PAUSE_SECONDS = 30.0
_TRIES_AGAIN_AFTER_SECONDS = (1, 2, 4, 8)

_log = structlog.get_logger()


def run_one(engine: Engine, handlers: Mapping[JobKind, Handler], owner: str | None = None) -> bool:
    """Take and finish one job; False when none waits.

    A handler's own :class:`AppError` becomes the job's error, and so does the name of a full
    disk and the like. Anything else is an unexpected fault: it is logged under an id, and the
    job carries that id.
    """
    owner = owner or worker_name()
    with unit_of_work(engine) as session:
        job = lease.claim(session, owner)
    if job is None:
        return False
    with structlog.contextvars.bound_contextvars(job_id=job.id, job_kind=job.kind.value):
        error = _perform(engine, handlers, job, owner)
        if error is not None:  # a command prints it as a sentence instead
            _log.info("job_failed", code=error.code, data=lease.describe(error)["data"])
    return True


def run_now(
    engine: Engine, handlers: Mapping[JobKind, Handler], kind: JobKind, payload: dict[str, Any]
) -> Job:
    """Do a job here and now, recorded like any other; returns it as it ended.

    It is queued and taken in one transaction, so that no other worker gets it.
    """
    owner = worker_name()
    with unit_of_work(engine) as session:
        job = lease.take(session, queue.enqueue(session, kind, payload, created_by=None), owner)
    try:
        _perform(engine, handlers, job, owner)
    except (KeyboardInterrupt, SystemExit):
        _fail(engine, job.id, owner, Cancelled())  # else a worker would do it all the same
        raise
    with reading(engine) as session:
        return session.get_one(Job, job.id)


def work(
    engine: Engine,
    handlers: Mapping[JobKind, Handler],
    stop: threading.Event,
    poll_seconds: float = 0.5,
) -> None:
    """Do jobs until ``stop`` is set, looking for a new one every ``poll_seconds``."""
    owner = worker_name()
    pause = poll_seconds
    while not stop.is_set():
        try:
            found = run_one(engine, handlers, owner)
            pause = poll_seconds
        except OperationalError as fault:  # the database is away, locked or full: it comes back
            _log.warning("records_not_reached", reason=str(fault.orig), again_in_seconds=pause)
            found, pause = False, min(2 * pause, _LONGEST_PAUSE_SECONDS)
        if not found:
            stop.wait(pause)


def worker_name() -> str:
    """A name no other worker has, even one that got this process's number later."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def _perform(
    engine: Engine, handlers: Mapping[JobKind, Handler], job: Job, owner: str
) -> AppError | None:
    """Do a job and record how it ended; the named error that ended it, if one did."""

    def progress(share: float, step: str) -> None:
        with unit_of_work(engine) as session:
            lease.renew(session, job.id, owner, share, step)

    try:
        with _kept_alive(engine, job.id, owner):
            result = handlers[job.kind](job, progress)
            _insist(engine, lambda session: lease.succeed(session, job.id, owner, result))
    except LeaseLost:
        _log.warning("job_lease_lost")
    except AppError as error:
        _fail(engine, job.id, owner, error)
        return error
    except Exception as fault:  # noqa: BLE001 - the worker is an edge: the fault gets an id
        named = surroundings.named(fault)
        if named is None:
            _fail(engine, job.id, owner, Unexpected(id=logs.report(fault, "job_crashed")))
            return None
        _fail(engine, job.id, owner, named)
        return named
    return None


def _insist(engine: Engine, change: Callable[[Session], None]) -> None:
    """Write down that work is done even if the database is locked for a while: it is done."""
    for seconds in _TRIES_AGAIN_AFTER_SECONDS:
        try:
            with unit_of_work(engine) as session:
                change(session)
            return
        except OperationalError as fault:
            _log.warning("outcome_not_kept", reason=str(fault.orig), again_in_seconds=seconds)
            time.sleep(seconds)
    with unit_of_work(engine) as session:
        change(session)


def _fail(engine: Engine, job_id: int, owner: str, error: AppError) -> None:
    try:
        _insist(engine, lambda session: lease.fail(session, job_id, owner, error))
    except LeaseLost:
        _log.warning("job_lease_lost")


@contextlib.contextmanager
def _kept_alive(engine: Engine, job_id: int, owner: str) -> Iterator[None]:
    """Renew the lease every third of its length until the block ends."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(lease.LEASE.total_seconds() / 3):
            try:
                with unit_of_work(engine) as session:
                    lease.renew(session, job_id, owner)
            except LeaseLost:
                return
            except OperationalError as fault:  # such as a database that others kept locked
                _log.warning("job_lease_not_renewed", reason=str(fault.orig))

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
