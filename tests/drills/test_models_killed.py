"""kill -9 in a training and at every step of a promotion: the champion answers, whole."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, update

from core import clock
from core.db import reading, unit_of_work
from core.jobs import queue, worker
from core.jobs.models import Job, JobKind, JobStatus
from core.registry import recording, repository
from ml import job_handlers, registry
from ml.artifact import TrainedModel
from ml.cache import ModelCache
from ml.job_handlers import Workshop
from ml.models import Trainable
from tests.drills import promoters
from tests.drills.promoters import STEPS
from tests.ml import alias, tiny

pytestmark = pytest.mark.drill

ROOT = Path(__file__).parents[2]
X, _ = tiny.rows(5)


class Promoters:
    """The process that forks workers, and two versions to promote."""

    def __init__(self, process: subprocess.Popen[str], home: Path) -> None:
        self._process, self._home = process, home
        self.places = promoters.places(home)
        self._logged, self._answers = [], []
        for seed in (1, 9):
            model = tiny.train(None, 30, seed, progress=lambda *_: None)
            logged = registry.log(
                self.places.store,
                model,
                f"job {seed}",
                measured_against=None,
                trained_at=datetime(2026, 3, 1, tzinfo=UTC),
            )
            self._logged.append(logged)
            self._answers.append(model.native["logistic"].predict_proba(X)[:, 1])

    def record(self, engine: Engine) -> None:
        """Let empty records know both versions."""
        with unit_of_work(engine) as session:
            for one in self._logged:
                recording.record_version(
                    session, one.version, one.run_id, one.record, trained_by=None
                )

    def work(self, engine: Engine, fatal: int = 0) -> list[int]:
        """A worker does the job that waits: its exit status and, where it lived, the steps."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        url = engine.url.render_as_string(hide_password=False)
        self._process.stdin.write(f"{self._home} {url} {fatal}\n")
        self._process.stdin.flush()
        return [int(word) for word in self._process.stdout.readline().split()]

    def do(self, engine: Engine, kind: JobKind, **payload: int) -> list[int]:
        """A job that nobody interrupts."""
        ask(engine, kind, **payload)
        return self.work(engine)

    def forget_files(self, version: int) -> None:
        """So that they have to be written anew."""
        (self.places.models_dir / tiny.NAME / str(version) / "model.onnx").unlink(missing_ok=True)

    def answering(self) -> int:
        """The version that answers, whose answers are its own."""
        champion = ModelCache(self.places.models_dir).champion(tiny.NAME)
        assert champion is not None
        assert champion.score(X) == pytest.approx(self._answers[champion.version - 1], abs=1e-5)
        return champion.version


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Promoters]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.drills.promoters"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        yield Promoters(process, tmp_path_factory.mktemp("home"))
        assert process.stdin is not None
        process.stdin.close()


def ask(engine: Engine, kind: JobKind, **payload: object) -> int:
    """Queue a job of the tiny model; its id."""
    with unit_of_work(engine) as session:
        return queue.enqueue(session, kind, {"name": tiny.NAME, **payload}, created_by=None).id


def let_the_lease_run_out(engine: Engine, job_id: int) -> None:
    """As if the seconds of the dead worker's lease had passed."""
    with unit_of_work(engine) as session:
        past = clock.now() - timedelta(seconds=1)
        taken = update(Job).where(Job.id == job_id, Job.status == JobStatus.RUNNING)
        session.execute(taken.values(lease_until=past))


def promoted(engine: Engine) -> list[int]:
    """The versions that the records say began to answer, one after another."""
    with reading(engine) as session:
        return [one.version for one in repository.promotions(session, tiny.NAME)]


def test_a_kill_at_any_step_leaves_one_whole_champion_and_the_next_worker_ends_it(
    engine: Engine, pair: Promoters, drill_rounds: int
) -> None:
    pair.record(engine)
    pair.forget_files(1)
    assert pair.do(engine, JobKind.PROMOTE_MODEL, version=1) == [0, STEPS]
    kept = promoted(engine)
    for fatal in random.Random(20261124).sample(range(1, STEPS), min(drill_rounds, STEPS - 1)):
        before = pair.answering()
        kind, wanted = (JobKind.ROLL_BACK_MODEL, 1) if before == 2 else (JobKind.PROMOTE_MODEL, 2)
        pair.forget_files(wanted)
        job_id = ask(engine, kind, version=wanted, instead_of=before)
        assert pair.work(engine, fatal) == [-9]
        assert pair.answering() in (1, 2)
        let_the_lease_run_out(engine, job_id)
        assert pair.work(engine)[0] == 0
        assert pair.answering() == alias.champion(pair.places.store, tiny.NAME) == wanted
        left = {path.name for path in (pair.places.models_dir / tiny.NAME).glob(".*")}
        assert left == {".lock"}
        with reading(engine) as session:
            assert session.get_one(Job, job_id).status is JobStatus.SUCCEEDED
        kept = [*kept, wanted]
        assert sorted(promoted(engine)) == sorted(kept)


def slow(_connection: object, day: int, seed: int, **options: Any) -> TrainedModel:
    """A training that says when it is under way, and takes long."""
    options["progress"](0.5, "under way")
    time.sleep(600)
    raise AssertionError("nobody waits that long")


SLOW = Trainable(tiny.FAMILY, tiny.FEATURES, slow, tiny.evaluate)


def work(home: Path, url: str) -> None:
    """A worker whose training takes long."""
    from core.db import connect
    from core.migrations import schema

    schema.metadata()  # a job refers to people, whose records nothing else loads here
    shop = Workshop(connect(url), promoters.places(home), (SLOW,))
    worker.run_one(shop.engine, job_handlers.handlers(shop))


def until_under_way(engine: Engine, job_id: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1800):
        with reading(engine) as session:
            if session.get_one(Job, job_id).step == "under way":
                return
        assert process.poll() is None, "the worker ended before the training was under way"
        time.sleep(0.1)  # polling another process: there is nothing to wait on
    raise AssertionError("the training never began")


def killed_while_training(engine: Engine, home: Path, job_id: int, after_seconds: float) -> None:
    code = (
        "from pathlib import Path\n"
        "from tests.drills.test_models_killed import work\n"
        f"work(Path({str(home)!r}), {engine.url.render_as_string(hide_password=False)!r})\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as process:
        try:
            until_under_way(engine, job_id, process)
            time.sleep(after_seconds)  # the fault strikes at this moment of the work
        finally:
            process.kill()
    let_the_lease_run_out(engine, job_id)


def test_a_training_that_was_killed_leaves_the_champion_and_is_done_once(
    engine: Engine, pair: Promoters
) -> None:
    pair.record(engine)
    pair.do(engine, JobKind.PROMOTE_MODEL, version=1)
    before = pair.answering()
    home = pair.places.models_dir.parent
    job_id = ask(engine, JobKind.TRAIN_MODEL, family="tiny", day=30, seed=5)
    killed_while_training(engine, home, job_id, random.Random(1).uniform(0, 0.5))
    assert pair.answering() == before
    shop = Workshop(engine, pair.places, (tiny.TINY,))
    assert worker.run_one(engine, job_handlers.handlers(shop))
    with reading(engine) as session:
        job = session.get_one(Job, job_id)
        new = [row for row in repository.all_of(session, tiny.NAME) if row.version > 2]
    assert (job.status, len(new)) == (JobStatus.SUCCEEDED, 1)
    assert pair.answering() == before
    assert np.isfinite(new[0].metrics["auc"])
