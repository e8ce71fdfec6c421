"""Trainings and promotions as jobs, on a real model store."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest
from sqlalchemy import Engine

from core.audit import trail
from core.db import reading, unit_of_work
from core.jobs import queue, worker
from core.jobs.models import Job, JobKind, JobStatus
from core.registry import answering, repository
from ml import job_handlers
from ml.artifact import TrainedModel
from ml.cache import ModelCache
from ml.job_handlers import Workshop
from ml.model_work import Places
from tests.data.marts.facts import Campaign, Fact, publish
from tests.ml import tiny
from tests.ml.alias import champion


def here(function: Callable[..., Any], options: Mapping[str, Any], progress: Any) -> Any:
    """Runs in this process, which has MLflow loaded already."""
    return function(**options, progress=progress)


class Bench:
    """Does jobs of models one by one."""

    def __init__(self, engine: Engine, places: Places) -> None:
        self.engine, self.places = engine, places
        self.cache = ModelCache(places.models_dir)
        self._handlers = job_handlers.handlers(Workshop(engine, places, (tiny.TINY,), here))

    def do(self, kind: JobKind, payload: Mapping[str, Any]) -> Job:
        return worker.run_now(self.engine, self._handlers, kind, dict(payload))

    def train(self, seed: int) -> Job:
        payload = {"name": tiny.NAME, "family": "tiny", "day": 30, "seed": seed}
        return self.do(JobKind.TRAIN_MODEL, payload)

    def promote(self, version: int) -> Job:
        return self.do(JobKind.PROMOTE_MODEL, {"name": tiny.NAME, "version": version})

    def roll_back(self, version: int, instead_of: int) -> Job:
        payload = {"name": tiny.NAME, "version": version, "instead_of": instead_of}
        return self.do(JobKind.ROLL_BACK_MODEL, payload)

    def objections(self, version: int) -> list[str]:
        with reading(self.engine) as session:
            row = repository.recorded(session, tiny.NAME, version)
            assert row is not None
            return [one["message"] for one in row.objections]

    def promotions(self) -> list[tuple[int, bool]]:
        with reading(self.engine) as session:
            found = repository.promotions(session, tiny.NAME)
            return [(one.version, one.is_roll_back) for one in found]


@pytest.fixture
def bench(sqlite_engine: Engine, places: Places) -> Bench:
    return Bench(sqlite_engine, places)


def test_a_version_is_trained_promoted_bettered_and_rolled_back_to(bench: Bench) -> None:
    assert bench.cache.champion(tiny.NAME) is None
    first = bench.train(seed=1)
    assert (first.status, first.error) == (JobStatus.SUCCEEDED, None)
    assert first.result["objections"] == []
    assert bench.promote(1).error is None
    assert bench.cache.champion(tiny.NAME).version == 1

    assert bench.train(seed=9).result["objections"] == []
    bench.promote(2)
    assert bench.cache.champion(tiny.NAME).version == 2  # without a restart
    assert champion(bench.places.store, tiny.NAME) == 2

    tie = bench.train(seed=9)
    assert [one["data"]["other"] for one in tie.result["objections"]] == ["champion"]
    refused = bench.promote(3)
    assert (refused.status, refused.error["code"]) == (JobStatus.FAILED, "not_promotable")

    bench.roll_back(1, instead_of=2)
    bench.roll_back(1, instead_of=2)  # as after a kill: twice is once
    assert bench.cache.champion(tiny.NAME).version == 1
    assert [(1, False), (2, False), (1, True)] == bench.promotions()
    assert bench.objections(2) == []  # it beat version 1, which answers again
    assert bench.roll_back(1, instead_of=5).error is None
    with reading(bench.engine) as session:
        done = [entry.action for entry in trail.about(session, f"model/{tiny.NAME}/1")]
    assert done == ["model.trained", "model.promoted", "model.rolled_back"]


def test_a_promoted_version_answers_as_its_native_model_does(bench: Bench) -> None:
    bench.train(seed=5)
    bench.promote(1)
    promoted = bench.cache.champion(tiny.NAME)
    model = tiny.train(None, 30, 5, progress=lambda *_: None).native["logistic"]
    x, _ = tiny.rows(3)
    assert model.predict_proba(x)[:, 1] == pytest.approx(promoted.score(x), abs=1e-5)
    assert promoted.served == {"day": 30, "features": list(tiny.FEATURES)}


def test_promoting_the_champion_again_mends_its_files_and_counts_once(bench: Bench) -> None:
    bench.train(seed=5)
    bench.promote(1)
    (bench.places.models_dir / tiny.NAME / "1" / "model.onnx").write_bytes(b"broken")
    bench.promote(1)
    assert bench.cache.champion(tiny.NAME).version == 1
    assert [(1, False)] == bench.promotions()


def test_a_training_that_is_tried_again_registers_once(bench: Bench) -> None:
    from ml.model_work import Order, train

    order = Order(tiny.NAME, 30, 5, job="7")
    tries = [train(bench.places, tiny.TINY, order, lambda *_: None) for _ in range(2)]
    assert tries[0] == tries[1]


def test_a_version_nobody_recorded_is_not_promoted(bench: Bench) -> None:
    assert bench.promote(4).error["code"] == "not_found"


def test_a_worker_trains_in_a_process_of_its_own(bench: Bench) -> None:
    payload = {"name": tiny.NAME, "family": "tiny", "day": 30, "seed": 3}
    with unit_of_work(bench.engine) as session:
        job_id = queue.enqueue(session, JobKind.TRAIN_MODEL, payload, created_by=None).id
    handlers = job_handlers.handlers(Workshop(bench.engine, bench.places, (tiny.TINY,)))
    assert worker.run_one(bench.engine, handlers)
    with reading(bench.engine) as session:
        job = session.get_one(Job, job_id)
        assert answering.champion(repository.promotions(session, tiny.NAME)) is None
    assert (job.status, job.step) == (JobStatus.SUCCEEDED, "Logging the run")


def test_a_training_on_a_damaged_lake_ends_by_the_name_of_the_file(
    sqlite_engine: Engine, places: Places
) -> None:
    def count(connection: duckdb.DuckDBPyConnection, *_: object, **__: object) -> TrainedModel:
        connection.execute("SELECT sum(spend) FROM fact_campaign_performance").fetchall()
        raise AssertionError("nothing was read")

    publish(places.lake_dir, [Campaign(1, "One")], [Fact(1, date(2026, 11, 22))])
    (file,) = (places.lake_dir / "files").glob("fact_campaign_performance-*")
    file.write_bytes(file.read_bytes()[:-40])
    model = replace(tiny.TINY, train=count)
    job = worker.run_now(
        sqlite_engine,
        job_handlers.handlers(Workshop(sqlite_engine, places, (model,), here)),
        JobKind.TRAIN_MODEL,
        {"name": tiny.NAME, "family": "tiny", "day": 30, "seed": 1},
    )
    assert job.error is not None
    assert (job.error["code"], job.error["data"]) == (
        "lake_damaged",
        {"file": f"files/{file.name}"},
    )
