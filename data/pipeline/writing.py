"""Writes kept rows into the raw tables of the next generation, one file for each year touched."""

from collections.abc import Sequence
from datetime import datetime

import duckdb

from data.lake import Publication
from data.manifest import Part
from data.pipeline.fates import COLUMNS, DESCRIPTION_COLUMNS, open_rows
from data.pipeline.source import Fate
from data.pipeline.staging import Staged
from data.warehouse import build

TABLES = {Fate.ADDED: "ads_rows", Fate.DESCRIBES: "ads_campaigns"}
_YEAR = {"ads_rows": "year(date)::VARCHAR", "ads_campaigns": "''"}


def columns(table: str) -> str:
    """The columns of a raw table that come from a file, as an SQL list."""
    return ", ".join(COLUMNS if table == "ads_rows" else DESCRIPTION_COLUMNS)


def table_of(staged: Staged) -> str | None:
    """The raw table that a file's kept rows belong to; None where it is set aside."""
    return TABLES.get(staged.layout.source.fate)


def held(publication: Publication, table: str, files: Sequence[Staged]) -> str:
    """SQL of the rows held before the next file: the lake's, and those of earlier files.

    A row counts as held by ``file`` 0 where the lake has it.
    """
    stored = build.select(publication, table, publication.base.parts(table))
    sources = [f"SELECT 0 AS file, {columns(table)}, is_sample, imported_at FROM ({stored})"]
    sources += [
        f"SELECT {staged.number}, {columns(table)}, NULL, NULL FROM {open_rows(staged)}"
        for staged in files
    ]
    return f"""(SELECT * FROM ({" UNION ALL ".join(sources)}) AS every
        WHERE NOT EXISTS (
            SELECT 1 FROM gone WHERE gone.key = every.key AND gone.before > every.file))"""


def write_kept(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    table: str,
    files: Sequence[Staged],
    *,
    now: datetime,
    is_sample: bool,
) -> None:
    """Put a table's next state into the publication; years that nothing touched are shared."""
    kept = held(publication, table, files)
    touched = connection.execute(
        f"SELECT DISTINCT {_YEAR[table]} FROM {kept} WHERE file > 0 ORDER BY 1"
    ).fetchall()
    parts = {part.slice: part for part in publication.base.parts(table)}
    for (year,) in touched:
        query = f"""SELECT {columns(table)},
                coalesce(is_sample, {is_sample}) AS is_sample,
                coalesce(imported_at, TIMESTAMPTZ '{now.isoformat()}') AS imported_at
            FROM {kept} WHERE {_YEAR[table]} = '{year}'"""
        parts[year] = _write(connection, publication, table, year, query)
    publication.put(table, list(parts.values()))


def _write(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    table: str,
    year: str,
    query: str,
) -> Part:
    draft = publication.draft()
    rows = build.write(connection, query, draft)
    return publication.keep(draft, table, rows, year)
