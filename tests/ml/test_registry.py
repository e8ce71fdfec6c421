"""A real model store: what a run keeps, and that its models load again."""

from datetime import UTC, datetime
from pathlib import Path

import mlflow
import mlflow.onnx
import mlflow.pyfunc
import mlflow.sklearn
import numpy as np
import pytest

from ml import registry
from ml.cache import scorer
from ml.model_work import Places
from ml.registry import Logged, VersionUnknown
from tests.ml import tiny
from tests.ml.alias import champion
from tests.ml.conftest import empty_places

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)


def log(places: Places, job: str = "1") -> Logged:
    model = tiny.train(None, 30, 5, progress=lambda *_: None)
    return registry.log(places.store, model, job, measured_against=None, trained_at=MOMENT)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> tuple[Places, Logged]:
    """A store in which one training is logged, for tests that only read."""
    places = empty_places(tmp_path_factory.mktemp("shop"), empty_store)
    return places, log(places)


def test_a_run_keeps_what_it_takes_to_judge_and_to_repeat_it(shop: tuple[Places, Logged]) -> None:
    places, logged = shop
    run = places.store.client().get_run(logged.run_id).data
    assert (run.params["seed"], run.params["inner.solver"]) == ("5", "lbfgs")
    assert run.params["data_hash"] == logged.record["data_hash"] == "ab" * 32
    assert run.metrics["auc"] == logged.record["metrics"]["auc"]
    assert run.metrics["module_prior.auc"] == 0.5
    files = {file.path for file in places.store.client().list_artifacts(logged.run_id)}
    assert files == {"audit.json", "model-card.md", "model.onnx", "record.json", "served.json"}
    assert logged.record["audit"]["modules"][0]["auc"] is None  # JSON knows no NaN
    assert logged.record["trained_at"] == MOMENT.isoformat()


def test_the_registered_model_loads_and_answers_as_the_served_one(
    shop: tuple[Places, Logged],
) -> None:
    places, logged = shop
    x, _ = tiny.rows(4)
    onnx, served = registry.served_files(places.store, logged.run_id)
    registered = mlflow.pyfunc.load_model(f"models:/{tiny.NAME}/{logged.version}")
    (answer,) = registered.predict(x).values()
    assert scorer(onnx)(x) == pytest.approx(np.ravel(answer), abs=1e-6)
    assert served == {"day": 30, "features": ["telling", "idle"]}
    assert registered.metadata.signature is not None


def test_the_native_model_loads_without_pickle(shop: tuple[Places, Logged]) -> None:
    places, logged = shop
    client = places.store.client()
    run = client.get_run(logged.run_id)
    (kept,) = [
        model
        for model in mlflow.search_logged_models([run.info.experiment_id], output_format="list")
        if model.name == "logistic"
    ]
    x, _ = tiny.rows(4)
    onnx, _ = registry.served_files(places.store, logged.run_id)
    native = mlflow.sklearn.load_model(kept.model_uri)
    assert scorer(onnx)(x) == pytest.approx(native.predict_proba(x)[:, 1], abs=1e-5)
    place = Path(mlflow.artifacts.download_artifacts(kept.artifact_location))
    requirements = (place / "requirements.txt").read_text().splitlines()
    assert {line.split("==")[0] for line in requirements} == {
        "mlflow",
        "numpy",
        "scikit-learn",
        "skops",
    }


def test_versions_count_up_and_the_alias_follows(places: Places) -> None:
    assert [log(places, job).version for job in "12"] == [1, 2]
    assert champion(places.store, tiny.NAME) is None
    for version in (1, 2, 1):
        registry.set_champion(places.store, tiny.NAME, version)
        assert champion(places.store, tiny.NAME) == version


def test_an_unknown_version_is_named(shop: tuple[Places, Logged]) -> None:
    places, _ = shop
    with pytest.raises(VersionUnknown):
        registry.set_champion(places.store, tiny.NAME, 7)


def test_what_a_job_registered_is_found_again_and_what_it_left_open_is_closed(
    places: Places,
) -> None:
    first = log(places, job="4")
    client = places.store.client()
    experiment = client.get_experiment_by_name(tiny.NAME).experiment_id
    left = client.create_run(experiment, tags={"job": "5"})
    assert registry.logged_by(places.store, tiny.NAME, "4") == first
    assert registry.logged_by(places.store, tiny.NAME, "5") is None
    assert client.get_run(left.info.run_id).info.status == "KILLED"
