"""Brings a file's rows into the pipeline's own DuckDB: read, cleaned, validated, keyed."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import duckdb
import ibis

from data.pipeline.cleaning import cleaned
from data.pipeline.dates import DateFormat, agreed_format
from data.pipeline.faults import NoRows
from data.pipeline.mending import ROW_COLUMN, Mended, mend
from data.pipeline.reading import TextFile
from data.pipeline.recognition import Layout
from data.pipeline.source import Fate
from data.sql import literal

_AS_READ = "as_read"  # the view of whichever file is being cleaned


@dataclass(frozen=True, slots=True)
class Staged:
    """A file whose cleaned rows are in the view ``table``, each with its row number.

    The header is row 1, as in a spreadsheet.
    """

    number: int
    text: TextFile
    layout: Layout
    mended: Mended | None = None
    rows_read: int = 0

    @property
    def table(self) -> str:
        """The view of its cleaned rows."""
        return f"staged_{self.number}"

    @property
    def raw(self) -> str:
        """The view of its rows as the file has them."""
        return f"raw_{self.number}"

    @property
    def broken(self) -> tuple[tuple[int, str], ...]:
        """Row number and text of every malformed row; they are in no table."""
        return self.mended.broken if self.mended else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read: a mended file carries its row numbers."""
        return (ROW_COLUMN, *self.layout.columns) if self.mended else self.layout.columns

    @property
    def row_number(self) -> str:
        """SQL of a row's number, in a table that keeps the file's order."""
        return f"{ROW_COLUMN}::BIGINT" if self.mended else "rowid + 2"


def stage(
    connection: duckdb.DuckDBPyConnection, text: TextFile, layout: Layout, number: int, work: Path
) -> Staged:
    """Read a file of a known layout; raises a named fault about the whole file."""
    staged = Staged(number, text, layout)
    try:
        _load(connection, staged, DateFormat.YEAR_FIRST)
    except duckdb.InvalidInputException:
        # DuckDB's strict reader stops at the first malformed row.
        staged = replace(staged, mended=mend(text, work / f"mended-{number}.csv"))
        _load(connection, staged, DateFormat.YEAR_FIRST)
    if layout.source.fate is Fate.ADDED:
        _agree_on_dates(connection, staged)
    well_formed = connection.execute(f"SELECT count(*) FROM {staged.table}").fetchall()[0][0]
    if not well_formed and not staged.broken:
        raise NoRows(file=text.name)
    return replace(staged, rows_read=well_formed + len(staged.broken))


def _load(connection: duckdb.DuckDBPyConnection, staged: Staged, dates: DateFormat) -> None:
    """Clean the file's rows into a table that keeps their order."""
    text = staged.text
    path = staged.mended.path if staged.mended else text.path
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in staged.columns)
    connection.execute(
        f"""CREATE OR REPLACE VIEW {staged.raw} AS SELECT * FROM read_csv(
            {literal(str(path))}, auto_detect = false, header = true, strict_mode = true,
            null_padding = false, delim = {literal(text.delimiter)}, quote = '"', escape = '"',
            columns = {{{types}}})"""
    )
    connection.execute(f"CREATE OR REPLACE VIEW {_AS_READ} AS SELECT * FROM {staged.raw}")
    connection.execute(f"DROP VIEW IF EXISTS {staged.table}")
    query = _cleaning(staged.layout, staged.columns, dates)
    connection.execute(f"CREATE OR REPLACE TABLE cleaned_{staged.number} AS {query}")
    connection.execute(
        f"""CREATE VIEW {staged.table} AS
            SELECT {staged.row_number} AS row, * FROM cleaned_{staged.number}"""
    )


@lru_cache(maxsize=32)
def _cleaning(layout: Layout, columns: tuple[str, ...], dates: DateFormat) -> str:
    """SQL of a layout's cleaning; writing it takes longer than cleaning a small file."""
    raw = ibis.table(dict.fromkeys(columns, "string"), name=_AS_READ)
    return str(ibis.to_sql(cleaned(raw, layout, dates), dialect="duckdb"))


def _agree_on_dates(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Read the dates again where they are not year first; refuse what could be two things."""
    texts = connection.execute(
        f"SELECT date_text, min(row) FROM {staged.table} WHERE date_text IS NOT NULL GROUP BY 1"
    ).fetchall()
    column = staged.layout.column("date") or "date"
    dates = agreed_format(texts, file=staged.text.name, column=column)
    if dates is not DateFormat.YEAR_FIRST:
        _load(connection, staged, dates)
