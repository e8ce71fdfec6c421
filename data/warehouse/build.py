"""Builds the warehouse's tables for the next generation, making again only what changed."""

import hashlib
from pathlib import Path

import duckdb

from data.lake import Publication
from data.manifest import Part
from data.sql import literal, parquet
from data.warehouse.raw import RAW, empty
from data.warehouse.tables import Table, tables


def connect(publication: Publication, memory_mb: int = 1000) -> duckdb.DuckDBPyConnection:
    """A DuckDB of the pipeline's own, which spills into the publication's work folder."""
    connection = duckdb.connect(
        config={
            "memory_limit": f"{memory_mb}MB",
            "threads": 2,
            "temp_directory": str(publication.lake.work / "spill"),
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def build(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Build every table whose SQL or inputs changed and put it into the publication."""
    for name in RAW:
        view(connection, publication, name, publication.parts(name))
    for table in tables():
        made = [_part(connection, publication, table, *one) for one in _slices(table, publication)]
        filled = [part for part in made if part.rows or not part.slice]
        publication.put(table.name, filled or made[:1])  # an empty file still tells the columns
        view(connection, publication, table.name, publication.parts(table.name))


def view(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    name: str,
    parts: tuple[Part, ...],
) -> None:
    """Let ``name`` show the rows of these parts; a raw table without parts is empty."""
    connection.execute(f"CREATE OR REPLACE VIEW {name} AS {select(publication, name, parts)}")


def select(publication: Publication, name: str, parts: tuple[Part, ...]) -> str:
    """SQL of the rows that these parts of a table hold."""
    if not parts:
        return empty(name)
    return parquet(publication.lake.paths(parts))


def write(connection: duckdb.DuckDBPyConnection, query: str, draft: Path) -> int:
    """Write a query's rows to a Parquet file and return how many there are."""
    copy = f"COPY ({query}) TO {literal(str(draft))} (FORMAT parquet)"
    written = connection.execute(copy).fetchone()
    return int(written[0]) if written else 0


def _slices(table: Table, publication: Publication) -> list[tuple[str, tuple[Part, ...]]]:
    """The slices of a table, each with the parts it is made from.

    A sliced table has those of the first table it reads; of any other it reads everything.
    """
    parts = [publication.parts(name) for name in table.reads]
    if not table.sliced:
        return [("", tuple(part for each in parts for part in each))]
    whole = tuple(part for each in parts[1:] for part in each)
    names = sorted({part.slice for part in parts[0]}) or [""]
    return [(name, (*(p for p in parts[0] if p.slice == name), *whole)) for name in names]


def _part(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    table: Table,
    slice: str,
    inputs: tuple[Part, ...],
) -> Part:
    made_from = _fingerprint(table, inputs)
    for part in publication.base.parts(table.name):
        if (part.slice, part.made_from) == (slice, made_from):
            return part
    if table.sliced:
        first = publication.parts(table.reads[0])
        of_slice = tuple(part for part in first if part.slice == slice)
        view(connection, publication, table.reads[0], of_slice)
    draft = publication.draft()
    rows = write(connection, table.sql, draft)
    if table.sliced:
        view(connection, publication, table.reads[0], first)
    return publication.keep(draft, table.name, rows, slice, made_from)


def _fingerprint(table: Table, inputs: tuple[Part, ...]) -> str:
    text = "\n".join([table.sql, *sorted(part.file for part in inputs)])
    return hashlib.sha256(text.encode()).hexdigest()[:24]
