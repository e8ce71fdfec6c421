"""Stages the folder's rows in DuckDB and gives those that cannot be used their fate.

``fates`` holds file, row, fate and rule of every row that is not kept; what is left of a
file is in the view of its name: courses, assessments, info, registration, submissions.
"""

from pathlib import Path

import duckdb
from pyarrow import lib as pa

from data.pipeline.faults import FileMissing, MissingColumns
from data.pipeline.mending import ROW_COLUMN, mend
from data.pipeline.oulad.files import (
    ASSESSMENTS,
    ATTRIBUTES,
    COURSES,
    FILES,
    INFO,
    KINDS,
    REGISTRATION,
    RESULTS,
    SUBMISSIONS,
    File,
)
from data.pipeline.reading import MAX_BYTES, open_text
from data.sql import literal, quoted

_BROKEN = pa.schema([("file", pa.string()), ("row", pa.int64()), ("text", pa.string())])
_UNKNOWN = ("", "?")  # what the data writes where it knows nothing
_MODULE = "code_module, code_presentation"
_STUDENT = f"{_MODULE}, id_student"


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


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every row that breaks a rule, contradicts or repeats another one its fate."""
    _check(connection, COURSES, "courses", _COURSES)
    _check(connection, ASSESSMENTS, "assessments", _ASSESSMENTS)
    _check(connection, INFO, "described", _INFO)
    _check(connection, REGISTRATION, "registered", _REGISTRATION)
    for file, other, rule in (
        (INFO, "registered", "unregistered"),
        (REGISTRATION, "described", "undescribed"),
    ):
        connection.execute(
            f"""INSERT INTO fates SELECT {literal(file.name)}, g.row, 'quarantined', '{rule}'
                FROM {_open(file)} AS g ANTI JOIN {other} USING ({_STUDENT})"""
        )
    connection.execute(_ENROLMENTS)
    _check(connection, SUBMISSIONS, "submissions", _SUBMISSIONS)


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, file: File, work: Path, max_bytes: int
) -> None:
    text = open_text(path, path.name, work, max_bytes)
    found = {column.strip() for column in text.columns}
    missing = [column for column in file.columns if column not in found]
    if missing:
        raise MissingColumns(
            file=path.name, missing=", ".join(missing), expected=", ".join(file.columns)
        )
    mended = mend(text, work / f"oulad-{file.name}.csv")
    columns = [ROW_COLUMN, *(column.strip() for column in text.columns)]
    kinds = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    source = (
        f"read_csv({literal(str(mended.path))}, header = true, auto_detect = false, quote = '\"', "
        f"escape = '\"', delim = {literal(text.delimiter)}, columns = {{{kinds}}})"
    )
    wanted = [*file.columns, *file.optional]
    chosen = ", ".join(
        f"CASE WHEN trim({quoted(name)}) NOT IN {_UNKNOWN} THEN trim({quoted(name)}) END AS {name}"
        if name in found
        else f"NULL::VARCHAR AS {name}"
        for name in wanted
    )
    connection.execute(
        f"CREATE TABLE {file.table} AS SELECT {ROW_COLUMN}::BIGINT AS row, {chosen} FROM {source}"
    )
    # One by one, twenty thousand rows would take half a minute.
    rows = [{"file": file.name, "row": row, "text": line} for row, line in mended.broken]
    connection.register("broken_rows", pa.Table.from_pylist(rows, _BROKEN))
    connection.execute("INSERT INTO broken FROM broken_rows")
    connection.unregister("broken_rows")
    connection.execute(
        f"""INSERT INTO fates SELECT file, row, 'quarantined', 'row_broken' FROM broken
            WHERE file = {literal(file.name)}"""
    )


def _check(connection: duckdb.DuckDBPyConnection, file: File, view: str, query: str) -> None:
    """Apply a file's rules, then keep one row of each key in a table named ``view``."""
    cases = " ".join(f"WHEN {condition} THEN '{code}'" for code, condition in file.rules)
    connection.execute(
        f"""INSERT INTO fates SELECT {literal(file.name)}, row, 'quarantined', rule
            FROM (SELECT row, CASE {cases} END AS rule FROM {file.table} AS given)
            WHERE rule IS NOT NULL"""
    )
    key = ", ".join(file.key)
    values = ", ".join([*file.columns, *file.optional])
    connection.execute(
        f"""INSERT INTO fates
            WITH judged AS (
                SELECT {key}, min(row) AS first, count(DISTINCT row({values})) > 1 AS differ
                FROM {_open(file)} GROUP BY ALL HAVING count(*) > 1
            )
            SELECT {literal(file.name)}, row,
                CASE WHEN differ THEN 'quarantined' ELSE 'duplicate' END,
                CASE WHEN differ THEN 'conflicting_rows' END
            FROM {_open(file)} INNER JOIN judged USING ({key}) WHERE differ OR row > first"""
    )
    connection.execute(f"CREATE TABLE {view} AS {query.format(given=_open(file))}")


def _open(file: File) -> str:
    """SQL of a file's rows without a fate."""
    return f"""(FROM {file.table} ANTI JOIN
        (SELECT row FROM fates WHERE file = {literal(file.name)}) AS f USING (row))"""


def _words(names: dict[str, str], column: str) -> str:
    cases = " ".join(f"WHEN '{given}' THEN '{ours}'" for given, ours in names.items())
    return f"CASE {column} {cases} END"


_COURSES = f"""
    SELECT row, {_MODULE}, code_module || '-' || code_presentation AS code,
        make_date(
            left(code_presentation, 4)::INTEGER,
            CASE right(code_presentation, 1) WHEN 'B' THEN 2 ELSE 10 END, 1
        ) AS start_date,
        module_presentation_length::DOUBLE::INTEGER AS length_days
    FROM {{given}}"""

_ASSESSMENTS = f"""
    SELECT g.row, {_MODULE}, code, id_assessment, assessment_type,
        {_words(KINDS, "assessment_type")} AS kind, weight::DECIMAL(9, 4) AS weight,
        date::DOUBLE::INTEGER AS due_day
    FROM {{given}} AS g INNER JOIN courses USING ({_MODULE})"""

_INFO = f"""
    SELECT row, {_STUDENT}, {_words(RESULTS, "final_result")} AS status,
        num_of_prev_attempts::DOUBLE::INTEGER AS previous_attempts,
        studied_credits::DOUBLE::INTEGER AS studied_credits, {", ".join(ATTRIBUTES)}
    FROM {{given}}"""

_REGISTRATION = f"""
    SELECT row, {_STUDENT}, date_registration::DOUBLE::INTEGER AS enrolled_day,
        date_unregistration::DOUBLE::INTEGER AS left_day
    FROM {{given}}"""

_ENROLMENTS = f"""
    CREATE TABLE enrolments AS
    SELECT i.row AS info_row, r.row AS registration_row, code, i.* EXCLUDE (row),
        start_date + enrolled_day AS enrolled_on,
        start_date + coalesce(left_day, CASE WHEN status <> 'withdrawn' THEN length_days END)
            AS ended_on
    FROM described AS i
    INNER JOIN registered AS r USING ({_STUDENT})
    INNER JOIN courses USING ({_MODULE})"""

_SUBMISSIONS = """
    SELECT g.row, c.code, g.id_assessment, g.id_student,
        start_date + date_submitted::DOUBLE::INTEGER AS submitted_on,
        score::DECIMAL(5, 2) AS score, is_banked = '1' AS is_banked
    FROM {given} AS g
    INNER JOIN assessments AS a USING (id_assessment)
    INNER JOIN courses AS c ON c.code = a.code"""
