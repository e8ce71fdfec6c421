"""Jobs on both databases: taken once, resumed after a silent worker, ended with their outcome."""

import errno
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from core import clock, logs
from core.accounts.access import Principal, Role
from core.db import reading, unit_of_work
from core.errors import Invalid
from core.jobs import lease, queue, worker
from core.jobs.errors import LeaseLost
from core.jobs.models import Job, JobKind, JobStatus

NOBODY = Principal(99, "Nobody", "nobody@example.org", frozenset({Role.LEARNER}))
ADMIN = Principal(98, "Ada", "ada@example.org", frozenset({Role.ADMIN}))


def enqueue(engine: Engine, kind: JobKind = JobKind.SYNC) -> int:
    with unit_of_work(engine) as session:
        return queue.enqueue(session, kind, {"n": 1}, created_by=None).id


def load(engine: Engine, job_id: int) -> Job:
    with reading(engine) as session:
        job = session.get(Job, job_id)
        assert job is not None
        return job


def test_a_job_ends_with_its_result(engine: Engine) -> None:
    job_id = enqueue(engine)
    assert worker.run_one(engine, {JobKind.SYNC: lambda job, progress: {"saw": job.payload}})
    job = load(engine, job_id)
    assert (JobStatus.SUCCEEDED, {"saw": {"n": 1}}, 1.0) == (job.status, job.result, job.progress)


def test_a_full_disk_ends_a_job_by_its_name(engine: Engine) -> None:
    def fill(_job: Job, _progress: worker.Progress) -> dict[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    job_id = enqueue(engine)
    worker.run_one(engine, {JobKind.SYNC: fill})
    job = load(engine, job_id)
    assert (JobStatus.FAILED, "disk_full") == (job.status, (job.error or {})["code"])


def test_no_job_is_no_work(engine: Engine) -> None:
    assert not worker.run_one(engine, {})


def test_progress_can_be_watched_while_the_job_runs(engine: Engine) -> None:
    job_id = enqueue(engine)
    seen = []

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        progress(0.25, "Reading")
        watched = load(engine, job_id)
        seen.append((watched.status, watched.progress, watched.step))
        return {}

    worker.run_one(engine, {JobKind.SYNC: handler})
    assert [(JobStatus.RUNNING, 0.25, "Reading")] == seen


def test_a_named_error_is_kept_with_its_data(engine: Engine) -> None:
    job_id = enqueue(engine)

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        raise Invalid(field="spend", reason="negative")

    worker.run_one(engine, {JobKind.SYNC: handler})
    job = load(engine, job_id)
    assert JobStatus.FAILED == job.status
    assert {"field": "spend", "reason": "negative"} == job.error["data"]


def test_an_unnamed_fault_gets_an_id_and_hides_its_text(engine: Engine) -> None:
    job_id = enqueue(engine)

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        raise RuntimeError("a secret from inside")

    worker.run_one(engine, {JobKind.SYNC: handler})
    job = load(engine, job_id)
    assert "unexpected" == job.error["code"]
    assert "secret" not in str(job.error)
    assert 12 == len(job.error["data"]["id"])


def test_a_job_whose_worker_fell_silent_is_done_by_another(engine: Engine) -> None:
    job_id = enqueue(engine)
    with unit_of_work(engine) as session:
        assert lease.claim(session, "dead") is not None
    assert not worker.run_one(engine, {JobKind.SYNC: lambda job, progress: {}})
    with clock.moved(lease.LEASE + timedelta(seconds=1)):
        assert worker.run_one(engine, {JobKind.SYNC: lambda job, progress: {}})
    assert (JobStatus.SUCCEEDED, 2) == (load(engine, job_id).status, load(engine, job_id).attempts)


def test_a_worker_thought_dead_cannot_overwrite_its_successor(engine: Engine) -> None:
    job_id = enqueue(engine)
    with unit_of_work(engine) as session:
        lease.claim(session, "slow")
    with clock.moved(lease.LEASE + timedelta(seconds=1)), unit_of_work(engine) as session:
        lease.claim(session, "fast")
    with pytest.raises(LeaseLost), unit_of_work(engine) as session:
        lease.succeed(session, job_id, "slow", {"wrong": True})
    with unit_of_work(engine) as session:
        lease.succeed(session, job_id, "fast", {"right": True})
    assert {"right": True} == load(engine, job_id).result


def test_a_job_that_always_stops_its_worker_is_given_up(engine: Engine) -> None:
    job_id = enqueue(engine)
    for attempt in range(lease.MAX_ATTEMPTS):
        with clock.moved((lease.LEASE + timedelta(seconds=1)) * attempt):
            with unit_of_work(engine) as session:
                assert lease.claim(session, f"worker {attempt}") is not None
    with clock.moved((lease.LEASE + timedelta(seconds=1)) * lease.MAX_ATTEMPTS):
        with unit_of_work(engine) as session:
            assert lease.claim(session, "last") is None
    job = load(engine, job_id)
    assert (JobStatus.FAILED, "gave_up") == (job.status, job.error["code"])


def test_many_workers_do_each_job_once(engine: Engine) -> None:
    ids = [enqueue(engine) for _ in range(12)]
    done: list[int] = []

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        done.append(job.id)
        return {}

    def drain() -> None:
        while worker.run_one(engine, {JobKind.SYNC: handler}):
            continue

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ids == sorted(done)


def test_a_stranger_cannot_see_a_job(engine: Engine) -> None:
    job_id = enqueue(engine)
    with reading(engine) as session:
        assert [job.id for job in queue.recent(session, ADMIN, [JobKind.SYNC])] == [job_id]
        assert [] == queue.recent(session, NOBODY, [JobKind.SYNC])


def test_a_job_done_at_once_is_recorded_like_any_other(engine: Engine) -> None:
    job = worker.run_now(engine, {JobKind.SYNC: lambda job, progress: {"n": 3}}, JobKind.SYNC, {})
    assert (job.status, job.result, job.attempts) == (JobStatus.SUCCEEDED, {"n": 3}, 1)
    assert not worker.run_one(engine, {})


def test_a_heartbeat_outlives_a_locked_database(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = enqueue(engine)
    monkeypatch.setattr(lease, "LEASE", timedelta(seconds=0.03))
    beats, is_third = [], threading.Event()

    def renew(*_: object) -> None:
        beats.append(threading.current_thread().name)
        if len(beats) == 3:
            is_third.set()
        raise OperationalError("UPDATE jobs", {}, Exception("database is locked"))

    monkeypatch.setattr(lease, "renew", renew)
    worker.run_one(engine, {JobKind.SYNC: lambda job, progress: {"beats": is_third.wait(20)}})
    assert ["lease"] * 3 == beats[:3]
    assert {"beats": True} == load(engine, job_id).result


def test_a_worker_logs_a_failed_job_and_a_command_leaves_it_to_its_sentence(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_job: Job, _progress: worker.Progress) -> dict[str, int]:
        raise Invalid(field="spend")

    logs.configure()
    job = worker.run_now(sqlite_engine, {JobKind.SYNC: refuse}, JobKind.SYNC, {})
    assert ("invalid", "") == ((job.error or {})["code"], capsys.readouterr().err)
    enqueue(sqlite_engine)
    worker.run_one(sqlite_engine, {JobKind.SYNC: refuse})
    assert "job_failed" in capsys.readouterr().err


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt, SystemExit])
def test_a_job_that_is_cancelled_at_the_command_line_is_not_done_later(
    engine: Engine, stopped_by: type[BaseException]
) -> None:
    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        raise stopped_by

    with pytest.raises(stopped_by):
        worker.run_now(engine, {JobKind.SYNC: handler}, JobKind.SYNC, {})
    with reading(engine) as session:
        job = session.scalars(select(Job)).one()
    assert (JobStatus.FAILED, "cancelled") == (job.status, job.error["code"])
    with clock.moved(lease.LEASE + timedelta(seconds=1)):
        assert not worker.run_one(engine, {})


def test_a_job_of_a_kind_that_nobody_handles_fails_and_the_worker_goes_on(engine: Engine) -> None:
    job_id = enqueue(engine)
    assert worker.run_one(engine, {})
    job = load(engine, job_id)
    assert (JobStatus.FAILED, "unexpected") == (job.status, job.error["code"])


def test_a_lease_given_by_a_clock_that_was_set_back_since_is_no_lease(engine: Engine) -> None:
    job_id = enqueue(engine)
    with clock.moved(timedelta(days=400)), unit_of_work(engine) as session:
        assert lease.claim(session, "from the future") is not None
    assert worker.run_one(engine, {JobKind.SYNC: lambda job, progress: {}})
    assert load(engine, job_id).status == JobStatus.SUCCEEDED


def test_an_error_with_what_no_database_can_hold_is_kept_without_it(engine: Engine) -> None:
    job_id = enqueue(engine)

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        raise Invalid(field="a\0b", reason="\ud800")

    worker.run_one(engine, {JobKind.SYNC: handler})
    assert load(engine, job_id).error["data"] == {"field": "ab", "reason": "?"}


def locked(path: Path) -> sqlite3.Connection:
    """Somebody else's write on the same SQLite file."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_work_that_is_done_is_written_down_once_the_database_is_free(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = enqueue(sqlite_engine)
    others: list[sqlite3.Connection] = []

    def handler(job: Job, progress: worker.Progress) -> dict[str, int]:
        others.append(locked(Path(sqlite_engine.url.database or "")))
        return {"published": 3}

    monkeypatch.setattr(worker.time, "sleep", lambda _: others.pop().rollback())
    worker.run_one(sqlite_engine, {JobKind.SYNC: handler})
    assert load(sqlite_engine, job_id).result == {"published": 3}


def test_a_worker_waits_for_a_database_that_is_away(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = enqueue(sqlite_engine)
    stop = threading.Event()
    answers = iter([OperationalError("SELECT 1", {}, Exception("away"))])

    def run_one(*arguments: object) -> bool:
        for fault in answers:
            raise fault
        done = real(*arguments)
        stop.set()
        return done

    real = worker.run_one
    monkeypatch.setattr(worker, "run_one", run_one)
    worker.work(sqlite_engine, {JobKind.SYNC: lambda job, progress: {}}, stop, poll_seconds=0.01)
    assert load(sqlite_engine, job_id).status == JobStatus.SUCCEEDED


def test_a_job_that_has_its_time_waits_for_it_and_holds_up_no_other(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        in_an_hour = clock.now() + timedelta(hours=1)
        late = queue.enqueue(session, JobKind.SYNC, {}, created_by=None, not_before=in_an_hour)
        soon = queue.enqueue(session, JobKind.SYNC, {}, created_by=None)
        assert lease.claim(session, "first").id == soon.id
        assert lease.claim(session, "second") is None
        with clock.moved(timedelta(hours=2)):
            assert lease.claim(session, "third").id == late.id
