"""Records databases for tests: migrated once as the product migrates, then copied for each test."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from core.db import connect
from core.migrations.schema import upgrade

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1/test")


def migrate_sqlite(path: Path) -> None:
    """Make an empty SQLite database of the newest schema at ``path``."""
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    settle(engine)
    engine.dispose()


def settle(engine: Engine) -> None:
    """Bring all that a SQLite database holds into its one file, so that it can be copied."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def sqlite_copy(template: Path, path: Path) -> Iterator[Engine]:
    """An engine on a fresh copy of ``template``."""
    shutil.copyfile(template, path)
    engine = connect(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@contextmanager
def postgres_database(template: str | None = None) -> Iterator[str]:
    """The name of a new PostgreSQL database, a copy of ``template``; dropped at the end."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    source = f" TEMPLATE {template}" if template else ""
    admin = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{source}"))
    try:
        yield name
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def postgres_url(name: str) -> str:
    """The URL of a database of the test server."""
    return make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
