"""What a publication sets going."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from sqlalchemy import select

import wiring
from core import clock
from core.campaigns.learned import ResponseMark
from core.db import reading, unit_of_work
from core.jobs import queue, worker
from core.jobs.models import JobKind, JobStatus
from core.registry import recording
from core.registry.models import ModelDrift
from core.settings import Settings
from ml import cache_writer
from ml.completion_risk.drift import reference
from ml.completion_risk.features import FEATURES
from ml.response.learning import learn
from ml.response.store import ResponseStore
from tests.core.registry.records import told
from tests.data.marts.test_history import ads
from tests.ml.packages import package


def publish(services: wiring.Services, text: str) -> None:
    path = services.settings.home / "export.csv"
    path.write_text(text, encoding="utf-8")
    payload = {"files": [{"name": "export.csv", "path": str(path)}], "language": "en"}
    job = worker.run_now(
        services.engine, wiring.job_handlers(services), JobKind.IMPORT_ADS, payload
    )
    assert (JobStatus.SUCCEEDED, None) == (job.status, job.error)


def waits(services: wiring.Services) -> bool:
    with reading(services.engine) as session:
        return queue.any_open(session, [JobKind.FIT_RESPONSE])


def test_a_publication_that_changed_campaign_figures_has_responses_learned_anew(
    settings: Settings,
) -> None:
    services = wiring.build(settings)
    wiring.prepare(services)
    publish(services, ads(30))
    assert waits(services)

    generation = services.warehouse.generation()
    mark = ResponseMark("USD", generation, services.history_fingerprint(generation))
    material = services.campaign_history(generation).material("USD")
    ResponseStore(settings.response_dir).write(learn(material, mark, 1, clock.now()))
    idle = dict.fromkeys(JobKind, lambda *_: {})
    while worker.run_one(services.engine, idle):
        continue
    publish(services, ads(30))  # nothing that was not known
    assert not waits(services)

    publish(services, ads(31))
    assert waits(services)
    assert date(2025, 1, 6) + timedelta(days=30) > material.history.last_day


def test_a_publication_has_the_drift_of_the_champion_measured(settings: Settings) -> None:
    services = wiring.build(settings)
    wiring.prepare(services)
    name, rows = "completion_risk_day_30", np.zeros((5, len(FEATURES)), np.float32)
    served = {"features": list(FEATURES), "reference": reference(rows, rows[:, 0])}
    with unit_of_work(services.engine) as session:
        recording.record_version(session, 1, "run", told(name), trained_by=None)
    with cache_writer.writing(settings.models_dir, name):
        made = replace(package(1), name=name, served=served)
        digest = cache_writer.write(settings.models_dir, made)
        cache_writer.point(settings.models_dir, name, 1, digest)
    publish(services, ads(2))
    with reading(services.engine) as session:
        (kept,) = session.scalars(select(ModelDrift))
    assert (services.warehouse.generation(), 0, None) == (
        kept.generation,
        kept.learners,
        kept.scores,
    )
