"""Fixtures every test may ask for: a home of its own, and a records database of each kind."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from core.db import connect
from core.settings import Settings
from tests.database import create_tables

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1/test")


def missing(component: str) -> None:
    """Skip for a missing component, or fail where nothing may be missing."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{component} is required (REQUIRE_ALL=1) and is not there")
    pytest.skip(f"could not run: {component} is not there")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation whose home is empty."""
    return Settings(_env_file=None, app_home=tmp_path / "home", run_worker=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty records database with all its tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'records.db'}")
        create_tables(engine)
        yield engine
        engine.dispose()
        return
    schema = f"t_{uuid.uuid4().hex[:12]}"
    admin = create_engine(POSTGRES_URL)
    try:
        with admin.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        missing("PostgreSQL")
    engine = connect(f"{POSTGRES_URL}?options=-csearch_path%3D{schema}")
    create_tables(engine)
    yield engine
    engine.dispose()
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty records database on SQLite, for tests that are not about the database."""
    engine = connect(f"sqlite:///{tmp_path / 'records.db'}")
    create_tables(engine)
    yield engine
    engine.dispose()
