"""Writes a file's refused rows to a CSV file, each with its number and reason."""

import uuid
from datetime import datetime
from pathlib import Path

import duckdb

from core.i18n import Language
from data.pipeline.oulad.files import File
from data.pipeline.oulad.reasons import REASONS
from data.pipeline.quarantine import REASON, ROW, harmless
from data.sql import literal


def write_refused(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    folder: Path,
    *,
    now: datetime,
    language: Language,
) -> Path:
    """Write the refused rows of a file; a malformed one stands, whole, in the first column.

    Cells that a spreadsheet would take for a formula begin with an apostrophe.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:12]}.csv"
    connection.execute("CREATE OR REPLACE TABLE sentences (rule VARCHAR, sentence VARCHAR)")
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?)",
        [(code, language(sentence)) for code, sentence in REASONS.items()],
    )
    draft = path.with_suffix(".draft")
    connection.execute(f"COPY ({_rows(file)}) TO {literal(str(draft))} (FORMAT csv, HEADER)")
    draft.replace(path)
    return path


def _rows(file: File) -> str:
    columns = [*file.columns, *file.optional]
    cells = [f"given.{name}" for name in columns]
    cells[0] = f"coalesce(broken.text, {cells[0]})"
    shown = ", ".join(
        f"{harmless(cell)} AS {name}" for cell, name in zip(cells, columns, strict=True)
    )
    return f"""
        SELECT refused.row AS {ROW}, sentence AS {REASON}, {shown}
        FROM (SELECT row, rule FROM fates
              WHERE file = {literal(file.name)} AND fate = 'quarantined') AS refused
        INNER JOIN sentences USING (rule)
        LEFT JOIN {file.table} AS given USING (row)
        LEFT JOIN (SELECT row, text FROM broken WHERE file = {literal(file.name)}) AS broken
            USING (row)
        ORDER BY refused.row"""
