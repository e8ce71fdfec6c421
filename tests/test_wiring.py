"""What a publication sets going."""

from datetime import date, timedelta

import wiring
from core import clock
from core.campaigns.learned import ResponseMark
from core.db import reading
from core.jobs import queue, worker
from core.jobs.models import JobKind, JobStatus
from core.settings import Settings
from ml.response.learning import learn
from ml.response.store import ResponseStore
from tests.data.marts.test_history import ads


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
