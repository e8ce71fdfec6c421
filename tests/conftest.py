"""Fixtures every test may ask for: a home of its own, and a records database of each kind."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from core.db import connect
from core.migrations.schema import upgrade
from core.settings import Settings
from tests.database import empty, migrate_sqlite, postgres_database, postgres_url, sqlite_copy


def missing(component: str) -> None:
    """Skip for a missing component, or fail where nothing may be missing."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{component} is required (REQUIRE_ALL=1) and is not there")
    pytest.skip(f"could not run: {component} is not there")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drills", choices=["short", "long"], default="short")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest leaves its script as the main module, and a spawned process runs that again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def drill_rounds(request: pytest.FixtureRequest) -> int:
    """How often a drill repeats its fault: a slice in the suite, many times in `make drill`."""
    return 50 if request.config.getoption("--drills") == "long" else 3


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation whose home is empty."""
    return Settings(_env_file=None, app_home=tmp_path / "home", run_worker=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    path = tmp_path_factory.mktemp("records") / "template.db"
    migrate_sqlite(path)
    return path


@pytest.fixture(scope="session")
def postgres_records() -> Iterator[str | None]:
    """The URL of a migrated PostgreSQL database of this run's own; None without a server."""
    try:
        with postgres_database() as name:
            engine = connect(postgres_url(name))
            upgrade(engine)
            engine.dispose()
            yield postgres_url(name)
    except OperationalError:
        yield None


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty records database on SQLite, for tests that are not about the database."""
    with sqlite_copy(sqlite_template, tmp_path / "records.db") as engine:
        yield engine


@pytest.fixture
def postgres_engine(postgres_records: str | None) -> Iterator[Engine]:
    """An empty records database on PostgreSQL."""
    if postgres_records is None:
        missing("PostgreSQL")
    engine = connect(postgres_records)
    empty(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty records database with all its tables, on SQLite and on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_engine")
