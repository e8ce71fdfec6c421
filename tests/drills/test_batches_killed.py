"""kill -9 of the worker that makes a batch, half-way: resumed, nothing is missing or doubled."""

import csv
import io
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import wiring
from core.accounts.access import Principal, Role
from core.db import reading, unit_of_work
from core.documents.batch import service
from core.i18n import language
from core.jobs import worker
from core.jobs.models import Job, JobStatus
from core.settings import Settings
from tests.browser.server import ROOT, environment
from tests.core.documents.batch.rows import LETTER, letters, table
from tests.core.documents.records import person, template_id
from tests.drills.test_worker_killed import let_the_lease_run_out

pytestmark = pytest.mark.drill

ROWS = 40
PATIENCE_SECONDS = 180


@pytest.fixture
def services(tmp_path: Path) -> wiring.Services:
    """An empty installation."""
    made = wiring.build(Settings(_env_file=None, app_home=tmp_path / "home"))
    wiring.prepare(made)
    return made


def request(services: wiring.Services, who: Principal) -> Job:
    with unit_of_work(services.engine) as session:
        return service.request_batch(
            session,
            who,
            template_id(session, LETTER),
            table(letters(ROWS)),
            ending="pdf",
            code="en",
            t=language("en"),
            batches_dir=services.settings.batches_dir,
        )


def kill_after(services: wiring.Services, job: Job, documents: int) -> int:
    """Kill a worker once it has made so many documents; how many there are then."""
    work = services.settings.batches_dir / job.payload["folder"] / "work"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--once"],
        cwd=ROOT,
        env=environment(services.settings.home),
        stderr=subprocess.DEVNULL,
    )
    patience = time.monotonic() + PATIENCE_SECONDS
    while len(list(work.glob(f"{LETTER}-*.pdf"))) < documents and time.monotonic() < patience:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(list(work.glob(f"{LETTER}-*.pdf")))


def told(services: wiring.Services, who: Principal, job: Job) -> tuple[dict[str, bytes], list[str]]:
    """The files of a batch's zip, and the rows its manifest names."""
    with reading(services.engine) as session:
        found = service.zip_of(session, who, job.id, services.settings.batches_dir)
    with zipfile.ZipFile(found.path) as packed:
        assert len(packed.namelist()) == len(set(packed.namelist()))
        files = {name: packed.read(name) for name in packed.namelist()}
    manifest = files["manifest.csv"].decode("utf-8-sig")
    return files, [row["Row"] for row in csv.DictReader(io.StringIO(manifest))]


def test_a_batch_killed_half_way_is_taken_up_where_it_was_left(
    services: wiring.Services, drill_rounds: int
) -> None:
    chance = random.Random(20261201)
    with unit_of_work(services.engine) as session:
        who = person(session, Role.STAFF)
    for _ in range(min(drill_rounds, 10) if drill_rounds > 3 else 1):
        job = request(services, who)
        left = kill_after(services, job, chance.randint(ROWS // 4, ROWS // 2))
        assert 0 < left < ROWS
        let_the_lease_run_out(services, job.id)
        while worker.run_one(services.engine, wiring.job_handlers(services)):
            continue
        with reading(services.engine) as session:
            done = session.get_one(Job, job.id)
        assert (JobStatus.SUCCEEDED, 2) == (done.status, done.attempts)
        assert ROWS == (done.result or {})["made"]
        files, rows = told(services, who, job)
        assert [str(number) for number in range(2, ROWS + 2)] == rows
        assert ROWS + 2 == len(files)
