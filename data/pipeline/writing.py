"""Writes kept rows into the raw tables of the next generation, one file for each year touched."""

from collections.abc import Sequence
from datetime import datetime

import duckdb

from data.lake import Publication
from data.manifest import Part
from data.pipeline.fates import open_rows
from data.pipeline.kinds import Kind
from data.pipeline.source import Fate
from data.pipeline.staging import Staged
from data.warehouse import build


def kind_of(staged: Staged) -> Kind | None:
    """What a file's kept rows tell; None where it is set aside."""
    source = staged.layout.source
    return None if source.fate is Fate.SET_ASIDE else source.kind


def held(publication: Publication, kind: Kind, files: Sequence[Staged]) -> str:
    """SQL of the rows held before the next file: the lake's, and those of earlier files.

    A row counts as held by ``file`` 0 where the lake has it.
    """
    columns = ", ".join(kind.columns)
    stored = build.select(publication, kind.table, publication.base.parts(kind.table))
    sources = [f"SELECT 0 AS file, {columns}, is_sample, imported_at FROM ({stored})"]
    sources += [
        f"SELECT {staged.number}, {columns}, NULL, NULL FROM {open_rows(staged)}"
        for staged in files
    ]
    return f"""(SELECT * FROM ({" UNION ALL ".join(sources)}) AS every
        WHERE NOT EXISTS (
            SELECT 1 FROM gone WHERE gone.key = every.key AND gone.before > every.file))"""


def write_kept(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    kind: Kind,
    files: Sequence[Staged],
    *,
    now: datetime,
    is_sample: bool,
) -> None:
    """Put a raw table's next state into the publication; years that nothing touched are shared."""
    kept = held(publication, kind, files)
    touched = connection.execute(
        f"SELECT DISTINCT {kind.year} FROM {kept} WHERE file > 0 ORDER BY 1"
    ).fetchall()
    parts = {part.slice: part for part in publication.base.parts(kind.table)}
    for (year,) in touched:
        query = f"""SELECT {", ".join(kind.columns)},
                coalesce(is_sample, {is_sample}) AS is_sample,
                coalesce(imported_at, TIMESTAMPTZ '{now.isoformat()}') AS imported_at
            FROM {kept} WHERE {kind.year} = '{year}'"""
        parts[year] = _write(connection, publication, kind.table, year, query)
    publication.put(kind.table, list(parts.values()))


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
