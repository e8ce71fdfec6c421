"""An OULAD-shaped folder as the lake's raw tables, in a DuckDB of its own, for evaluations.

Rows that an import would refuse are left out: students or assessments that nobody
knows, unreadable numbers. Nothing is written anywhere.
"""

from datetime import date
from pathlib import Path

import duckdb

from data.sql import literal
from data.warehouse.raw import RAW, empty
from ml.training_errors import FolderIncomplete, FolderUnreadable, PresentationUnknown

_NEEDED = {
    "courses": "code_module code_presentation module_presentation_length",
    "assessments": "code_module code_presentation id_assessment assessment_type date weight",
    "studentInfo": "code_module code_presentation id_student num_of_prev_attempts "
    "studied_credits final_result",
    "studentRegistration": "code_module code_presentation id_student date_registration "
    "date_unregistration",
    "studentAssessment": "id_assessment id_student date_submitted is_banked score",
}
_ATTRIBUTES = ("gender", "region", "highest_education", "imd_band", "age_band", "disability")
# A day, as an import reads it: whole, and within ten years of the course's start.
_DAY = "CASE WHEN try_cast({0} AS DOUBLE) BETWEEN -3660 AND 3660 THEN {0}::DOUBLE::INTEGER END"
_COURSE = "code_module, code_presentation"
# Told, not guessed: what is guessed of a small file with one odd line can be that it is no CSV.
_DIALECT = """header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
    strict_mode = false, null_padding = true"""


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Read a folder; raises :class:`FolderIncomplete` or :class:`FolderUnreadable`."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1500MB"})
    connection.execute("SET TimeZone = 'UTC'")
    for name, columns in _NEEDED.items():
        try:
            _read(connection, folder / f"{name}.csv", name, columns.split())
        except duckdb.Error as fault:
            said = str(fault).splitlines()[0]
            raise FolderUnreadable(file=f"{name}.csv", reason=said) from fault
    queries = _queries(connection)
    for table, query in queries.items():
        connection.execute(f"CREATE TABLE {table} AS {query}")
    for table in RAW.keys() - queries.keys():
        connection.execute(f"CREATE VIEW {table} AS {empty(table)}")
    return connection


def presentations(connection: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """The presentations by name, such as 2013J, with their start; in order of time."""
    rows = connection.execute(
        "SELECT DISTINCT presentation, start_date FROM offered ORDER BY start_date"
    ).fetchall()
    return dict(rows)


def start_of(connection: duckdb.DuckDBPyConnection, presentation: str) -> date:
    """When a presentation starts; raises :class:`PresentationUnknown`."""
    known = presentations(connection)
    if presentation not in known:
        raise PresentationUnknown(presentation=presentation, known=", ".join(known))
    return known[presentation]


def _read(connection: duckdb.DuckDBPyConnection, path: Path, name: str, columns: list[str]) -> None:
    if not path.is_file():
        raise FolderIncomplete(file=path.name, column=columns[0])
    source = f"read_csv({literal(str(path))}, {_DIALECT})"
    found = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    for column in columns:
        if column not in found:
            raise FolderIncomplete(file=path.name, column=column)
    told = [column for column in _ATTRIBUTES if column in found and name == "studentInfo"]
    chosen = ", ".join([*columns, *told])
    connection.execute(f"CREATE TABLE given_{name} AS SELECT DISTINCT {chosen} FROM {source}")


def _queries(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    info = connection.execute("DESCRIBE given_studentInfo").fetchall()
    told = {row[0] for row in info}
    attributes = ", ".join(
        name if name in told else f"NULL::VARCHAR AS {name}" for name in _ATTRIBUTES
    )
    return {
        "offered": _OFFERED,
        "records_courses": """SELECT *, 40 AS pass_mark, false AS is_sample FROM offered""",
        "taken": _TAKEN,
        "records_enrollments": "SELECT *, false AS is_sample FROM taken",
        "records_learner_attributes": f"""SELECT enrollment_id, {attributes}, false AS is_sample
            FROM taken INNER JOIN given_studentInfo USING ({_COURSE}, id_student)""",
        "records_assessments": _SET_WORK,
        "records_submissions": _HANDED_IN,
        "records_users": """SELECT DISTINCT id_student AS user_id, false AS is_sample,
            now() AS created_at FROM taken""",
    }


_OFFERED = f"""
    SELECT row_number() OVER (ORDER BY code_presentation, code_module)::BIGINT AS course_id,
        code_module, code_presentation, code_presentation AS presentation,
        code_module || '-' || code_presentation AS code, code_module AS series_code,
        make_date(
            left(code_presentation, 4)::INTEGER,
            CASE right(code_presentation, 1) WHEN 'B' THEN 2 ELSE 10 END, 1
        ) AS start_date,
        module_presentation_length::INTEGER AS length_days,
        ceil(module_presentation_length::INTEGER / 7.0)::INTEGER AS duration_weeks
    FROM (SELECT DISTINCT ON ({_COURSE}) * FROM given_courses)
    WHERE regexp_full_match(code_presentation, '20[0-9]{{2}}[BJ]')
        AND try_cast(module_presentation_length AS INTEGER) BETWEEN 1 AND 3660"""

_TAKEN = f"""
    SELECT row_number() OVER (ORDER BY course_id, id_student)::BIGINT AS enrollment_id,
        {_COURSE}, id_student, id_student AS user_id, course_id,
        NULL::BIGINT AS campaign_record_id,
        CASE final_result
            WHEN 'Fail' THEN 'failed' WHEN 'Withdrawn' THEN 'withdrawn' ELSE 'completed'
        END AS status,
        (start_date + {_DAY.format("date_registration")})::TIMESTAMPTZ AS enrolled_at,
        (start_date + coalesce(
            {_DAY.format("date_unregistration")},
            CASE WHEN final_result <> 'Withdrawn' THEN length_days END
        ))::TIMESTAMPTZ AS ended_at,
        try_cast(num_of_prev_attempts AS INTEGER) AS previous_attempts,
        try_cast(studied_credits AS INTEGER) AS studied_credits
    FROM (SELECT DISTINCT ON ({_COURSE}, id_student) * FROM given_studentInfo)
    INNER JOIN (SELECT DISTINCT ON ({_COURSE}, id_student) * FROM given_studentRegistration)
        USING ({_COURSE}, id_student)
    INNER JOIN offered USING ({_COURSE})
    WHERE final_result IN ('Pass', 'Distinction', 'Fail', 'Withdrawn')"""

_SET_WORK = f"""
    SELECT id_assessment::BIGINT AS assessment_id, course_id,
        assessment_type || ' ' || id_assessment AS title,
        CASE assessment_type WHEN 'TMA' THEN 'assignment' WHEN 'CMA' THEN 'quiz' ELSE 'exam'
        END AS kind,
        coalesce(try_cast(weight AS DECIMAL(18, 4)), 0) AS weight,
        {_DAY.format("date")} AS due_day, false AS is_sample
    FROM (SELECT DISTINCT ON (id_assessment) * FROM given_assessments)
    INNER JOIN offered USING ({_COURSE})
    WHERE try_cast(id_assessment AS BIGINT) IS NOT NULL"""

_HANDED_IN = f"""
    SELECT row_number() OVER (ORDER BY assessment_id, enrollment_id)::BIGINT AS submission_id,
        enrollment_id, assessment_id, kind AS assessment_kind,
        (start_date + {_DAY.format("date_submitted")})::TIMESTAMPTZ AS submitted_at,
        try_cast(score AS DECIMAL(5, 2)) AS score, is_banked = '1' AS is_banked,
        false AS is_sample
    FROM (SELECT DISTINCT ON (id_assessment, id_student) * FROM given_studentAssessment) AS given
    INNER JOIN records_assessments ON assessment_id = try_cast(id_assessment AS BIGINT)
    INNER JOIN taken USING (course_id, id_student)
    INNER JOIN offered USING (course_id)
    WHERE ({_DAY.format("date_submitted")}) IS NOT NULL
        AND coalesce(try_cast(score AS DOUBLE), 0) BETWEEN 0 AND 100"""
