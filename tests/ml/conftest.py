import shutil
from pathlib import Path

import pytest

from ml.model_work import Places
from ml.registry import Store
from tests.ml.alias import champion


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracking database of a new MLflow store; making one takes seconds."""
    path = tmp_path_factory.mktemp("store") / "mlflow.db"
    assert champion(Store(f"sqlite:///{path}", None), "none") is None
    return path


def empty_places(home: Path, empty_store: Path) -> Places:
    """An installation without data, versions or models that answer."""
    shutil.copyfile(empty_store, home / "mlflow.db")
    return Places(
        lake_dir=home / "lake",
        models_dir=home / "models",
        store=Store(f"sqlite:///{home / 'mlflow.db'}", home / "mlartifacts"),
    )


@pytest.fixture
def places(tmp_path: Path, empty_store: Path) -> Places:
    """An empty installation of the test's own."""
    return empty_places(tmp_path, empty_store)
