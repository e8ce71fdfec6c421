"""Learning as a job: from a real lake to a kept response and a run in the model store."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from core.jobs import worker
from core.jobs.models import JobKind, JobStatus
from ml import job_handlers
from ml.job_handlers import Workshop
from ml.model_work import Places
from ml.response.store import ResponseStore
from tests.data.marts.facts import Campaign, Fact, publish
from tests.ml.test_job_handlers import here

LAST = date(2026, 11, 22)


def fill(places: Places, extra: float = 0.0) -> None:
    """Seventy days of two campaigns in dollars, and a few of one in euros."""
    rng = np.random.default_rng(1)
    facts = []
    for ago in range(70):
        for number in (1, 2):
            spend = float(rng.uniform(50, 150))
            revenue = 20 * number * spend**0.5 + extra
            facts.append(
                Fact(number, LAST - timedelta(days=ago), round(spend, 2), round(revenue, 2))
            )
    facts.append(Fact(3, LAST, currency="EUR"))
    publish(places.lake_dir, [Campaign(n, f"Campaign {n}") for n in (1, 2, 3)], facts)


def runs(places: Places) -> list:
    client = places.store.client()
    experiment = client.get_experiment_by_name("response")
    return client.search_runs([experiment.experiment_id])


@pytest.fixture
def learn(sqlite_engine: Engine, places: Places):
    handlers = job_handlers.handlers(Workshop(sqlite_engine, places, (), here))

    def do():
        job = worker.run_now(sqlite_engine, handlers, JobKind.FIT_RESPONSE, {})
        assert (job.status, job.error) == (JobStatus.SUCCEEDED, None)
        return job.result

    return do


def test_every_currency_is_learned_once_and_logged_once(places: Places, learn) -> None:
    fill(places)
    assert {"generation": 1, "currencies": ["USD", "EUR"]} == learn()
    store = ResponseStore(places.responses_dir)
    usd, eur = store.newest("USD"), store.newest("EUR")
    assert store.read(usd, 28).draws.campaign_ids == ["1", "2"]
    assert store.read(eur, 28).draws is None
    first = store.lesson(usd)

    learn()
    assert store.newest("USD") == usd
    assert ResponseStore(places.responses_dir).lesson(usd) == first
    by_currency = {run.data.params["currency"]: run for run in runs(places)}
    assert (2, {"USD", "EUR"}) == (len(runs(places)), set(by_currency))
    told = by_currency["USD"].data
    assert (first.data_hash, "1") == (told.params["data_hash"], told.params["seed"])
    assert told.metrics["seconds"] > 0


def test_new_figures_are_learned_anew_and_a_damaged_response_is_written_again(
    places: Places, learn
) -> None:
    fill(places)
    learn()
    store = ResponseStore(places.responses_dir)
    before = store.newest("USD")
    (path,) = places.responses_dir.glob("*USD*.npz")
    path.write_bytes(path.read_bytes()[:500])
    learn()
    assert store.is_sound(before)

    fill(places, extra=5.0)
    assert 2 == learn()["generation"]
    assert (2, True) == (store.newest("USD").generation, store.newest("USD") != before)


def test_a_lake_without_campaigns_teaches_nothing(places: Places, learn) -> None:
    assert {"generation": 0, "currencies": []} == learn()
