"""Which jobs a person is shown."""

import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.db import reading, unit_of_work
from core.jobs import lease, queue
from core.jobs.errors import GaveUp
from core.jobs.models import JobKind

STAFF = Principal(1, "Ada", "ada@example.org", frozenset({Role.STAFF}))
IMPORTS = [JobKind.IMPORT_ADS]


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """Two imports that wait, one that went well after them, then twelve that failed."""
    with unit_of_work(engine) as session:
        for _ in range(2):
            queue.enqueue(session, JobKind.IMPORT_ADS, {}, created_by=None)
        for n in range(13):
            job = queue.enqueue(session, JobKind.IMPORT_ADS, {}, created_by=None)
            lease.take(session, job, "worker")
            if n:
                lease.fail(session, job.id, "worker", GaveUp(attempts=3))
            else:
                lease.succeed(session, job.id, "worker", {"files": []})
    return engine


def test_every_open_job_is_shown_however_many_ended_after_it(busy: Engine) -> None:
    with reading(busy) as session:
        shown = [job.id for job in queue.recent(session, STAFF, IMPORTS)]
    assert [*range(15, 5, -1), 2, 1] == shown


def test_a_success_is_found_behind_many_failures(busy: Engine) -> None:
    with reading(busy) as session:
        (job,) = queue.succeeded(session, STAFF, IMPORTS)
    assert {"files": []} == job.result


def test_jobs_of_other_kinds_and_people_are_not_shown(busy: Engine) -> None:
    learner = Principal(2, "Leo", "leo@example.org", frozenset({Role.LEARNER}))
    with reading(busy) as session:
        assert [] == queue.recent(session, STAFF, [JobKind.SYNC])
        assert [] == queue.recent(session, learner, IMPORTS)
        assert [] == queue.succeeded(session, learner, IMPORTS)
