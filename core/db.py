"""The records database: engine, base class, and the one unit of work that an edge opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_LOCK_SECONDS = 5  # somebody looks at a page meanwhile
_PATIENT_SECONDS = 300  # a large import writes for less


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive moment, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back UTC where the database forgot the zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


# SQLite counts up only INTEGER keys; PostgreSQL gets room to grow.
Identity = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")


def enum_column(kind: type[StrEnum]) -> Enum:
    """A column of the enum's values as text, with a CHECK constraint on both databases."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base of every record."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[str]: Json,
        list[dict[str, Any]]: Json,
    }


def connect(url: str) -> Engine:
    """Make the engine of a records database, with SQLite set up as design says.

    SQLite runs in WAL mode with foreign keys on and waits five seconds for a lock;
    the driver's own transaction handling is off, so that BEGIN is ours to write.
    An exception names no values: they would carry addresses and hashes into the log.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def patient(engine: Engine) -> Engine:
    """The engine for work that may wait its turn at SQLite's one writer for five minutes."""
    return engine.execution_options(patient=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # SQLite's own folds the case of A to Z alone: a search for "año" would miss "AÑO".
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    seconds = _PATIENT_SECONDS if options.get("patient", False) else _LOCK_SECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout={seconds * 1000}")
    # A write that starts as a read can fail half-way with "database is locked";
    # taking the write lock first makes it wait instead.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """A session that commits once at the end of the block, or not at all."""
    with Session(engine.execution_options(writes=True), expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for queries only; whatever it changed is never committed."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session  # closing gives the connection back by a rollback
