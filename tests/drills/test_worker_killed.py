"""kill -9 of a worker at seeded moments of its job: nothing half done, lost or doubled."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

import wiring
from core import clock
from core.accounts.models import User, UserRole
from core.courses.models import Assessment, Course, Enrollment, LearnerAttributes, Submission
from core.db import Base, reading, unit_of_work
from core.jobs import queue, worker
from core.jobs.models import Job, JobKind, JobStatus
from core.settings import Settings
from data import uploads
from data.pipeline.oulad.turns import ROWS_AT_ONCE
from tests.browser.server import ROOT, environment
from tests.data.pipeline.oulad.folders import (
    Files,
    assessment,
    course,
    info,
    registration,
    submission,
    write,
)

pytestmark = pytest.mark.drill

ROWS = 20_000
LEARNERS, WORKS = 900, 10  # who hand in 9,000 times, in three turns
SECONDS_OF_A_JOB = 4.0


def write_report(path: Path) -> Decimal:
    """A unified ad report of ROWS rows; its spend."""
    lines = [
        "source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,"
        "clicks,impressions,spend,conversions,conversions_value"
    ]
    spend = Decimal(0)
    for row in range(ROWS):
        amount = Decimal(row % 977) / 100
        spend += amount
        day = clock.today().replace(month=1, day=1) + timedelta(days=row % 300)
        lines.append(f"drill,{day},drill,a,A,{row // 300},C{row // 300},1,10,{amount},0.5,{amount}")
    path.write_text("\n".join(lines) + "\n")
    return spend


def kill_a_worker(home: Path, moment: Callable[[], None]) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=ROOT,
        env=environment(home),
        stderr=subprocess.DEVNULL,
    )
    try:
        moment()  # the fault strikes at this moment of the work
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def services(tmp_path: Path) -> wiring.Services:
    """An empty installation."""
    made = wiring.build(Settings(_env_file=None, app_home=tmp_path / "home"))
    wiring.prepare(made)
    return made


def interrupted(
    services: wiring.Services, kind: JobKind, payload: dict[str, Any], moment: Callable[[], None]
) -> int:
    """The id of a job whose worker was killed at a moment, and whose lease has run out."""
    with unit_of_work(services.engine) as session:
        job_id = queue.enqueue(session, kind, payload, created_by=None).id
    before = services.warehouse.generation()
    kill_a_worker(services.settings.home, moment)
    assert services.warehouse.generation() in (before, before + 1)
    let_the_lease_run_out(services, job_id)
    return job_id


def ended(services: wiring.Services, job_id: int) -> Job:
    """The job as the next worker ended it."""
    handlers = wiring.job_handlers(services)
    while worker.run_one(services.engine, handlers):  # this job, and what others left waiting
        continue
    with reading(services.engine) as session:
        return session.get_one(Job, job_id)


def test_an_import_survives_its_workers(
    services: wiring.Services, tmp_path: Path, drill_rounds: int
) -> None:
    chance = random.Random(20261124)
    spend = write_report(tmp_path / "report.csv")
    for _ in range(drill_rounds):
        with (tmp_path / "report.csv").open("rb") as report:
            path = uploads.save(services.settings.uploads_dir, "report.csv", report)
        payload = {"files": [{"name": "report.csv", "path": str(path)}], "language": "en"}
        moment = partial(time.sleep, chance.uniform(0.5, SECONDS_OF_A_JOB))
        job = ended(services, interrupted(services, JobKind.IMPORT_ADS, payload, moment))
        assert job.status is JobStatus.SUCCEEDED
        (told,) = job.result["files"]
        assert told["kept"] + told["duplicate"] == ROWS
        held = services.warehouse.rows("SELECT sum(spend) FROM fact_campaign_performance")
        assert held == [(spend,)]


def test_a_publication_survives_its_workers(services: wiring.Services, drill_rounds: int) -> None:
    chance = random.Random(20261125)
    for taught in range(1, drill_rounds + 1):
        add_course(services, taught)
        moment = partial(time.sleep, chance.uniform(0.5, SECONDS_OF_A_JOB))
        job = ended(services, interrupted(services, JobKind.SYNC, {}, moment))
        assert job.status is JobStatus.SUCCEEDED
        assert services.warehouse.rows("SELECT count(*) FROM dim_course") == [(taught,)]


def test_an_import_of_courses_that_was_killed_between_its_turns_is_as_one_that_was_not(
    services: wiring.Services, tmp_path: Path, drill_rounds: int
) -> None:
    chance, works = random.Random(20261127), LEARNERS * WORKS
    for taught in range(1, -(-drill_rounds // 3) + 1):  # a round is long
        folder = write(tmp_path / str(taught), presentation(taught))
        payload = {"folder": str(folder), "language": "en"}
        before = (taught - 1) * works
        moment = partial(until_held, services, before + chance.randrange(1, works - ROWS_AT_ONCE))
        job_id = interrupted(services, JobKind.IMPORT_OULAD, payload, moment)
        written = held(services, Submission) - before
        assert 0 < written <= works

        job = ended(services, job_id)
        assert job.status is JobStatus.SUCCEEDED
        assert job.result is not None
        for told in job.result["files"]:
            assert told["kept"] + told["duplicate"] == told["rows_read"]
        *_, told = job.result["files"]
        assert (told["kept"], told["duplicate"]) == (works - written, written)
        unbroken = {
            Course: taught,
            Assessment: taught * WORKS,
            User: LEARNERS,
            UserRole: LEARNERS,
            Enrollment: taught * LEARNERS,
            LearnerAttributes: taught * LEARNERS,
            Submission: taught * works,
        }
        assert {model: held(services, model) for model in unbroken} == unbroken
        published = services.warehouse.rows("SELECT count(*) FROM records_submissions")
        assert published == [(taught * works,)]


def held(services: wiring.Services, model: type[Base]) -> int:
    """How many rows of a kind the records hold."""
    with reading(services.engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def until_held(services: wiring.Services, submissions: int) -> None:
    """Return when the records hold that many submissions, which come some thousand at a time."""
    for _ in range(1200):
        if held(services, Submission) >= submissions:
            return
        time.sleep(0.05)  # polling another process: there is nothing to wait on
    raise AssertionError("the import never came so far")


def presentation(number: int) -> Files:
    """A course of LEARNERS learners, the same in each, who hand in WORKS assignments."""
    place = {"code_module": f"M{number}", "code_presentation": "2013J"}
    works = [number * 1000 + work for work in range(WORKS)]
    return {
        "courses": [course(**place)],
        "assessments": [assessment(work, **place) for work in works],
        "studentInfo": [info(learner, **place) for learner in range(LEARNERS)],
        "studentRegistration": [registration(learner, **place) for learner in range(LEARNERS)],
        "studentAssessment": [
            submission(work, learner) for learner in range(LEARNERS) for work in works
        ],
    }


def add_course(services: wiring.Services, number: int) -> None:
    now = clock.now()
    with unit_of_work(services.engine) as session:
        session.add(
            Course(
                code=f"C{number}",
                series_code="C",
                title=f"Course {number}",
                start_date=now.date(),
                duration_weeks=4,
                created_at=now,
                updated_at=now,
            )
        )


def let_the_lease_run_out(services: wiring.Services, job_id: int) -> None:
    """As if the seconds of the dead worker's lease had passed."""
    with unit_of_work(services.engine) as session:
        past = clock.now() - timedelta(seconds=1)
        session.execute(
            update(Job)
            .where(Job.id == job_id, Job.status == JobStatus.RUNNING)
            .values(lease_until=past)
        )
