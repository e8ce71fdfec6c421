"""The sample world, loaded once: loading it takes seconds."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.lake import Lake
from tests.data.sample.worlds import Steps, load
from tests.database import settle, sqlite_copy


@dataclass(frozen=True)
class Loaded:
    """Records and a lake that hold the sample world, and what loading them told."""

    engine: Engine
    lake: Lake
    counts: dict[str, int]
    steps: Steps


@pytest.fixture(scope="session")
def loaded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """The world for tests that only read it."""
    home = tmp_path_factory.mktemp("world")
    lake, steps = Lake(home / "lake"), Steps()
    with sqlite_copy(sqlite_template, home / "app.db") as engine:
        yield Loaded(engine, lake, load(engine, lake, progress=steps), steps)


@pytest.fixture
def world(loaded: Loaded, tmp_path: Path) -> Iterator[tuple[Engine, Lake]]:
    """Records and a lake of the test's own that hold the world."""
    settle(loaded.engine)
    shutil.copytree(loaded.lake.folder, tmp_path / "lake")
    path = Path(str(loaded.engine.url.database))
    with sqlite_copy(path, tmp_path / "world.db") as engine:
        yield engine, Lake(tmp_path / "lake")
