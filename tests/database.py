"""Records databases for tests: migrated once as the product migrates.

SQLite's file is copied for each test. PostgreSQL's database is emptied for each test instead: to
create and drop one waits for the disk every time, which takes twenty times as long.
"""

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

# Without triggers: neither foreign keys nor what refuses a change of the audit trail objects.
_EMPTY = """
DO $$
DECLARE name regclass;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r'
      AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'S'
      AND relnamespace = 'public'::regnamespace LOOP
    PERFORM setval(name, 1, false);
  END LOOP;
END $$
"""


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
def postgres_database() -> Iterator[str]:
    """The name of a new PostgreSQL database without tables; dropped at the end."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    admin = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield name
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def empty(engine: Engine) -> None:
    """Take every row from a PostgreSQL database and end whatever else is connected to it."""
    with engine.begin() as connection:
        connection.exec_driver_sql(_EMPTY)


def postgres_url(name: str) -> str:
    """The URL of a database of the test server."""
    return make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
