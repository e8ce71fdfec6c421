"""Bringing a records database to the schema this version needs, and telling whether it is there."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, func, select

from core.db import Base

_NOUNS = ("accounts", "audit", "campaigns", "courses", "documents", "events", "jobs")
_PREPARING = 7_265_001  # any number that nothing else in the database locks


def metadata() -> MetaData:
    """The tables of every noun."""
    for noun in _NOUNS:
        importlib.import_module(f"core.{noun}.models")
    return Base.metadata


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, all in one transaction."""
    with engine.execution_options(writes=True).begin() as connection:
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
    with engine.execution_options(writes=True).begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the newest schema."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
