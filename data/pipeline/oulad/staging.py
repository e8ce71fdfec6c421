"""Reads the folder's files into DuckDB: text without blanks around it, NULL where blank.

``fates`` begins with the malformed rows, whose text is in ``broken``.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from pyarrow import lib as pa

from data.pipeline.faults import FileMissing, MissingColumns
from data.pipeline.mending import ROW_COLUMN, Mended, mend
from data.pipeline.oulad.files import FILES, File
from data.pipeline.reading import MAX_BYTES, TextFile, open_text
from data.pipeline.recognition import FORMULA, holds_refused, plain_columns
from data.sql import literal, quoted

_BROKEN = pa.schema([("file", pa.string()), ("row", pa.int64()), ("text", pa.string())])
_UNKNOWN = ("", "?")  # what the data writes where it knows nothing


def stage(
    connection: duckdb.DuckDBPyConnection, folder: Path, work: Path, max_bytes: int = MAX_BYTES
) -> None:
    """Read every file, after all were found; raises a ``FileFault`` that names a faulty one."""
    for file in FILES:
        if not (folder / f"{file.name}.csv").is_file():
            raise FileMissing(file=f"{file.name}.csv")
    connection.execute("CREATE TABLE fates (file VARCHAR, row BIGINT, fate VARCHAR, rule VARCHAR)")
    connection.execute("CREATE TABLE broken (file VARCHAR, row BIGINT, text VARCHAR)")
    for file in FILES:
        _read(connection, folder / f"{file.name}.csv", file, work, max_bytes)


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, file: File, work: Path, max_bytes: int
) -> None:
    text = open_text(path, path.name, work, max_bytes)
    columns = plain_columns(text)
    missing = [column for column in file.columns if column not in columns]
    if missing:
        raise MissingColumns(
            file=path.name, missing=", ".join(missing), expected=", ".join(file.columns)
        )
    mended = mend(text, work / f"mended-{file.name}.csv")
    connection.execute(
        f"""CREATE TABLE {file.table} AS
            SELECT {ROW_COLUMN}::BIGINT AS row, {_values(file, columns)}
            FROM {_source(text, mended, columns)}"""
    )
    _keep_broken(connection, file, mended)


def _source(text: TextFile, mended: Mended, columns: Sequence[str]) -> str:
    kinds = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in (ROW_COLUMN, *columns))
    return f"""read_csv({literal(str(mended.path))}, header = true, auto_detect = false,
        quote = '"', escape = '"', delim = {literal(text.delimiter)}, columns = {{{kinds}}})"""


def _values(file: File, columns: Sequence[str]) -> str:
    """SQL of the file's own columns; NULL where blank, unknown or not in the file."""
    values = []
    for name in (*file.columns, *file.optional):
        cell = quoted(name)
        if holds_refused(columns):  # the apostrophe that kept the cell harmless
            cell = f"regexp_replace({cell}, {literal(FORMULA)}, '\\1')"
        cell = f"trim({cell}, E' \\t\\r\\n')"
        told = f"CASE WHEN {cell} NOT IN {_UNKNOWN} THEN {cell} END"
        values.append(f"{told if name in columns else 'NULL::VARCHAR'} AS {name}")
    return ", ".join(values)


def _keep_broken(connection: duckdb.DuckDBPyConnection, file: File, mended: Mended) -> None:
    # One by one, twenty thousand rows would take half a minute.
    rows = [{"file": file.name, "row": row, "text": line} for row, line in mended.broken]
    connection.register("broken_rows", pa.Table.from_pylist(rows, _BROKEN))
    connection.execute("INSERT INTO broken FROM broken_rows")
    connection.execute(
        "INSERT INTO fates SELECT file, row, 'quarantined', 'row_broken' FROM broken_rows"
    )
    connection.unregister("broken_rows")
