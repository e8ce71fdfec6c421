from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.data.pipeline.oulad.folders import Office


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Empty records on each database, and an empty lake."""
    return Office(engine, tmp_path)


@pytest.fixture
def desk_office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    """The same on SQLite, for what is not about the database."""
    return Office(sqlite_engine, tmp_path)
