"""Writes refused rows to a CSV file: as the file had them, with row number and reason."""

import re
import uuid
from datetime import datetime
from pathlib import Path

import duckdb

from core.i18n import Language
from data.pipeline.fates import load_broken
from data.pipeline.rules import sentence
from data.pipeline.staging import Staged
from data.sql import literal, quoted

_FORMULA = r"^[=+\-@\t\r\n]"  # a spreadsheet would run what follows as a formula
# Columns that begin with an underscore are no dimensions when a corrected file is read again.
ROW = "_row"
REASON = "_reason"


def write_quarantine(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    folder: Path,
    *,
    now: datetime,
    language: Language,
) -> Path | None:
    """Write the refused rows of a settled file; None where none was refused.

    The name is ours and does not contain the file's. Cells that a spreadsheet would
    take for a formula begin with an apostrophe.
    """
    rules = connection.execute(
        f"""SELECT DISTINCT rule FROM fates
            WHERE file = {staged.number} AND fate = 'quarantined'"""
    ).fetchall()
    if not rules:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:12]}.csv"
    _say_reasons(connection, staged, {rule: _reason(rule, staged, language) for (rule,) in rules})
    draft = path.with_suffix(".draft")
    rows = _rows(connection, staged)
    connection.execute(f"COPY ({rows}) TO {literal(str(draft))} (FORMAT csv, HEADER)")
    draft.replace(path)
    return path


def _reason(rule: str, staged: Staged, t: Language) -> str:
    source = staged.layout.source
    return t(source.reason) if source.reason and rule == "set_aside:" else sentence(rule, t)


def _say_reasons(
    connection: duckdb.DuckDBPyConnection, staged: Staged, sentences: dict[str, str]
) -> None:
    connection.execute("CREATE OR REPLACE TABLE sentences (rule VARCHAR, sentence VARCHAR)")
    connection.executemany("INSERT INTO sentences VALUES (?, ?)", list(sentences.items()))
    load_broken(connection, staged)


def _rows(connection: duckdb.DuckDBPyConnection, staged: Staged) -> str:
    """SQL of the refused rows; a malformed one stands, whole, in the first column."""
    connection.execute(f"CREATE OR REPLACE TABLE originals AS SELECT * FROM {staged.raw}")
    columns = [
        (plain, written)
        for plain, written in zip(staged.layout.columns, staged.text.columns, strict=True)
        if plain not in (ROW, REASON)  # a quarantine file that was corrected and read again
    ]
    cells = [f"original.{quoted(plain)}" for plain, _ in columns]
    cells[0] = f"coalesce(broken.text, {cells[0]})"
    shown = ", ".join(
        f"{harmless(cell)} AS {quoted(_harmless_name(written))}"
        for cell, (_, written) in zip(cells, columns, strict=True)
    )
    return f"""
        SELECT refused.row AS {ROW}, sentence AS {REASON}, {shown}
        FROM (SELECT row, rule FROM fates
              WHERE file = {staged.number} AND fate = 'quarantined') AS refused
        INNER JOIN sentences USING (rule)
        LEFT JOIN broken USING (row)
        LEFT JOIN (SELECT {staged.row_number} AS "the row", * FROM originals) AS original
            ON original."the row" = refused.row
        ORDER BY refused.row"""


def harmless(cell: str) -> str:
    """SQL of a cell that no spreadsheet takes for a formula."""
    return f"regexp_replace({cell}, '({_FORMULA})', '''\\1')"


def _harmless_name(name: str) -> str:
    return f"'{name}" if re.match(_FORMULA, name) else name
