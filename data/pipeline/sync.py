"""Publishes the records' state: exports them to the lake and rebuilds what depends on them."""

from collections.abc import Callable
from datetime import datetime

import duckdb
from pyarrow import lib as pa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.db import reading
from core.i18n import mark
from data.lake import Lake, Publication
from data.manifest import Part
from data.pipeline import records
from data.warehouse import build
from data.warehouse.raw import RAW

Progress = Callable[[float, str], None]

EXPORTING = mark("Exporting the records")
BUILDING = mark("Building the warehouse")
PUBLISHING = mark("Publishing")
REMOVING = mark("Removing the sample world")

_ARROW = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "DECIMAL(10,3)": pa.decimal128(10, 3),
    "DECIMAL(5,2)": pa.decimal128(5, 2),
    "DECIMAL(5,4)": pa.decimal128(5, 4),
}


def sync(
    lake: Lake, engine: Engine, *, pseudonym_key: bytes, progress: Progress, now: datetime
) -> int:
    """Export the records and publish a generation that holds them; returns its number.

    People are pseudonymous in it, by a keyed hash under ``pseudonym_key``. Where no record
    changed, the current generation stays. Raises :class:`LakeBusy`.
    """
    with lake.publishing(now=now) as publication, build.connect(publication) as connection:
        names = records.tables()
        with reading(_at_one_moment(engine)) as session:
            for at, table in enumerate(names):
                progress(0.7 * at / len(names), EXPORTING)
                parts = _export(connection, publication, session, table, pseudonym_key)
                publication.put(table, parts)
        progress(0.7, BUILDING)
        build.build(connection, publication)
        progress(0.95, PUBLISHING)
    progress(1.0, PUBLISHING)
    return lake.generation()


def remove_sample(lake: Lake, *, progress: Progress, now: datetime) -> int:
    """Publish a generation without any row of the sample world; returns its number."""
    with lake.publishing(now=now) as publication, build.connect(publication) as connection:
        progress(0.0, REMOVING)
        for table in RAW:
            parts = [
                kept
                for part in publication.parts(table)
                if (kept := _without_sample(connection, publication, table, part))
            ]
            publication.put(table, parts)
        progress(0.7, BUILDING)
        build.build(connection, publication)
    progress(1.0, REMOVING)
    return lake.generation()


def _at_one_moment(engine: Engine) -> Engine:
    """An engine whose transactions see the records of one moment, as SQLite's always do."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _export(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    session: Session,
    table: str,
    key: bytes,
) -> list[Part]:
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in RAW[table].items()])
    chunks = (
        pa.RecordBatch.from_pylist(rows, schema) for rows in records.batches(session, table, key)
    )
    connection.register("exported", pa.RecordBatchReader.from_batches(schema, chunks))
    draft = publication.draft()
    rows = build.write(connection, "SELECT * FROM exported", draft)
    connection.unregister("exported")
    return [publication.keep(draft, table, rows)]


def _without_sample(
    connection: duckdb.DuckDBPyConnection, publication: Publication, table: str, part: Part
) -> Part | None:
    """The same part where it has no sample row, what is left of it, or None where nothing is."""
    source = build.select(publication, table, (part,))
    sampled = connection.execute(f"SELECT count(*) FROM ({source}) WHERE is_sample").fetchall()
    if not sampled[0][0]:
        return part
    draft = publication.draft()
    rows = build.write(connection, f"SELECT * FROM ({source}) WHERE NOT is_sample", draft)
    if not rows:
        draft.unlink()
        return None
    return publication.keep(draft, table, rows, part.slice)
