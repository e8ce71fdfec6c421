"""Brings a file's rows into the pipeline's own DuckDB: read, cleaned, validated, keyed."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import duckdb
import ibis

from core.imports.choices import Choices
from data.pipeline.cleaning import Written, cleaned
from data.pipeline.dates import DateFormat, agreed_format
from data.pipeline.faults import AmbiguousDates, DatesInTwoFormats, NoRows, PeriodTotals
from data.pipeline.finishing import finish
from data.pipeline.mending import ROW_COLUMN, Mended, mend
from data.pipeline.numbers import Decimals, agreed_decimals, evidence
from data.pipeline.reading import TextFile
from data.pipeline.recognition import Layout
from data.pipeline.source import Fate
from data.sql import literal, quoted

TOTAL_ROW = "total:"
_FIRST_ROWS = 1000  # in which the likely form of dates shows
_SAMPLE = 20_000  # rows in which signs of a decimal comma or point are looked for
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
    totals_left_out: int = 0
    finished: str | None = None

    @property
    def cleaned(self) -> str:
        """The view of its cleaned rows."""
        return f"staged_{self.number}"

    @property
    def table(self) -> str:
        """The table or view of its rows as far as they have come."""
        return self.finished or self.cleaned

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
    connection: duckdb.DuckDBPyConnection,
    text: TextFile,
    layout: Layout,
    number: int,
    work: Path,
    choices: Choices,
) -> Staged:
    """Read a file of a known layout; raises a named fault about the whole file."""
    staged = Staged(number, text, layout)
    try:
        written = _read(connection, staged, choices)
    except duckdb.InvalidInputException:
        # DuckDB's strict reader stops at the first malformed row.
        staged = replace(staged, mended=mend(text, work / f"mended-{number}.csv"))
        written = _read(connection, staged, choices)
    if layout.source.fate is Fate.ADDED:
        _agree_on_dates(connection, staged, written, choices)
        _refuse_periods(connection, staged)
        _settle_blank_totals(connection, staged)
    return _counted(connection, staged)


def finish_rows(connection: duckdb.DuckDBPyConnection, staged: Staged) -> Staged:
    """The file with the rows that need others finished; see :mod:`data.pipeline.finishing`."""
    finished = finish(connection, staged.table, staged.layout, staged.text.name)
    return replace(staged, finished=finished) if finished else staged


def _counted(connection: duckdb.DuckDBPyConnection, staged: Staged) -> Staged:
    well_formed = connection.execute(f"SELECT count(*) FROM {staged.table}").fetchall()[0][0]
    if not well_formed and not staged.broken:
        raise NoRows(file=staged.text.name)
    every = connection.execute(f"SELECT count(*) FROM cleaned_{staged.number}").fetchall()[0][0]
    rows = well_formed + len(staged.broken)
    return replace(staged, rows_read=rows, totals_left_out=every - well_formed)


def _read(connection: duckdb.DuckDBPyConnection, staged: Staged, choices: Choices) -> Written:
    """Clean the file's rows, as its first ones seem to be written, and say how that is."""
    text = staged.text
    path = staged.mended.path if staged.mended else text.path
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in staged.columns)
    connection.execute(
        f"""CREATE OR REPLACE VIEW {staged.raw} AS SELECT * FROM read_csv(
            {literal(str(path))}, auto_detect = false, header = true, strict_mode = true,
            null_padding = false, delim = {literal(text.delimiter)}, quote = '"', escape = '"',
            columns = {{{types}}})"""
    )
    written = Written(dates=_likely_dates(connection, staged), rates=choices.rates)
    if staged.layout.source.written_by_hand:
        written = replace(written, decimals=_decimals(connection, staged))
    _load(connection, staged, written)
    return written


def _load(connection: duckdb.DuckDBPyConnection, staged: Staged, written: Written) -> None:
    """Clean the file's rows into a table that keeps their order."""
    connection.execute(f"CREATE OR REPLACE VIEW {_AS_READ} AS SELECT * FROM {staged.raw}")
    connection.execute(f"DROP VIEW IF EXISTS {staged.cleaned}")
    query = _cleaning(staged.layout, staged.columns, written)
    connection.execute(f"CREATE OR REPLACE TABLE cleaned_{staged.number} AS {query}")
    connection.execute(
        f"""CREATE VIEW {staged.cleaned} AS
            SELECT {staged.row_number} AS row, * FROM cleaned_{staged.number}
            WHERE rule IS NULL OR rule <> '{TOTAL_ROW}'"""
    )


@lru_cache(maxsize=32)
def _cleaning(layout: Layout, columns: tuple[str, ...], written: Written) -> str:
    """SQL of a layout's cleaning; writing it takes longer than cleaning a small file."""
    raw = ibis.table(dict.fromkeys(columns, "string"), name=_AS_READ)
    return str(ibis.to_sql(cleaned(raw, layout, written), dialect="duckdb"))


def _decimals(connection: duckdb.DuckDBPyConnection, staged: Staged) -> Decimals:
    """Whether the file's numbers have a decimal point or a decimal comma."""
    layout = staged.layout
    columns = [name for ours in layout.source.numbers if (name := layout.column(ours))]
    query = evidence((*columns, *layout.further), staged.raw, _SAMPLE)
    found = connection.execute(query).fetchall()[0]
    return agreed_decimals(
        (found[0], found[1], found[2], found[3]),
        file=staged.text.name,
        headings=layout.columns,
        delimiter=staged.text.delimiter,
    )


def _likely_dates(connection: duckdb.DuckDBPyConnection, staged: Staged) -> DateFormat:
    """How the first rows write their dates; the others may show that it is otherwise."""
    column = staged.layout.column("date")
    if not column:
        return DateFormat.YEAR_FIRST
    texts = connection.execute(
        f"SELECT trim({quoted(column)}) FROM {staged.raw} LIMIT {_FIRST_ROWS}"
    ).fetchall()
    try:
        return agreed_format([(text, 0) for (text,) in texts if text], file="", column=column)
    except (AmbiguousDates, DatesInTwoFormats):
        return DateFormat.YEAR_FIRST


def _agree_on_dates(
    connection: duckdb.DuckDBPyConnection, staged: Staged, written: Written, choices: Choices
) -> None:
    """Read the dates again where they are not as likely; refuse what could be two things."""
    texts = connection.execute(
        f"SELECT date_text, min(row) FROM {staged.table} WHERE date_text IS NOT NULL GROUP BY 1"
    ).fetchall()
    column = staged.layout.column("date") or "date"
    dates = agreed_format(texts, file=staged.text.name, column=column, order=choices.dates)
    if dates is not written.dates:
        _load(connection, staged, replace(written, dates=dates))


def _refuse_periods(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Refuse a file whose rows sum up several days; raises :class:`PeriodTotals`."""
    if not staged.layout.column("period_end"):
        return
    found = connection.execute(
        f"""SELECT row, period_start_text, period_end_text FROM {staged.table}
            WHERE period_start_text <> period_end_text ORDER BY row LIMIT 1"""
    ).fetchone()
    if found:
        row, first, last = found
        raise PeriodTotals(file=staged.text.name, row=row, first=first, last=last)


def _settle_blank_totals(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """A row without a name is the file's total where it comes first or last, else a fault."""
    if staged.layout.source.blank_campaign_is_total:
        column = staged.layout.column("campaign") or staged.layout.column("campaign_name")
        table = f"cleaned_{staged.number}"
        connection.execute(
            f"""UPDATE {table} SET rule = {literal(f"missing_campaign:{column}")}
                WHERE rule = '{TOTAL_ROW}' AND external_id IS NULL AND date IS NOT NULL
                    AND rowid NOT IN (SELECT unnest([min(rowid), max(rowid)]) FROM {table})"""
        )
