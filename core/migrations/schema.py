"""Bringing a records database to the schema this version needs, and telling whether it is there."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, func, select

from core.db import Base

_NOUNS = (
    "accounts",
    "alerts",
    "audit",
    "campaigns",
    "courses",
    "documents",
    "events",
    "imports",
    "jobs",
    "personal_data",
    "registry",
    "saved_views",
    "track_record",
)
_PREPARING = 7_265_001  # any number that nothing else in the database locks


class BrokenReferences(Exception):
    """A migration would have left rows that refer to rows which are no longer there."""


def metadata() -> MetaData:
    """The tables of every noun."""
    for noun in _NOUNS:
        importlib.import_module(f"core.{noun}.models")
    return Base.metadata


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, all in one transaction."""
    with _migrating(engine) as connection:
        take_turn(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def take_turn(connection: Connection) -> None:
    """Let processes that start together prepare the records one after another.

    The turn ends with the transaction. SQLite needs nothing: it has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to ``revision`` ("base" for an empty database)."""
    with _migrating(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the newest schema."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be copied and dropped.

    Where SQLite copies a table to alter it, dropping the old one would delete, by cascade,
    every row that refers to it. Foreign keys are off meanwhile and checked before the end.
    """
    with engine.execution_options(writes=True).connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute("PRAGMA foreign_keys=OFF")  # does nothing inside a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise BrokenReferences(f"{len(broken)} rows, first in {broken[0][0]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
