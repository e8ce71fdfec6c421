"""Compares what the folder tells with what is held: duplicates, new rows and restatements."""

import duckdb

from data.pipeline.oulad.files import (
    ASSESSMENTS,
    ATTRIBUTES,
    COURSES,
    INFO,
    REGISTRATION,
    SUBMISSIONS,
    File,
)
from data.sql import literal

_INFO_TELLS = ("status", "previous_attempts", "studied_credits", *ATTRIBUTES)
_REGISTRATION_TELLS = ("enrolled_on", "ended_on")

# A held assessment keeps its title; a new one is numbered after those of its kind in the course.
_TITLED = """
    CREATE OR REPLACE TABLE told_assessments AS
    WITH numbered AS (
        SELECT code, kind, count(*) AS n,
            max(coalesce(try_cast(regexp_extract(title, '[0-9]+$') AS INTEGER), 1)) AS last
        FROM held_assessments GROUP BY code, kind
    ), told AS (
        SELECT a.*, h.title AS held_title
        FROM assessments AS a
        LEFT JOIN held_assessments AS h USING (code, id_assessment, kind)
    )
    SELECT t.* EXCLUDE (held_title), coalesce(held_title, assessment_type || CASE
        WHEN assessment_type = 'Exam' AND n IS NULL AND count(*) OVER same = 1 THEN ''
        ELSE ' ' || (coalesce(last, 0)
            + row_number() OVER (same ORDER BY due_day NULLS LAST, id_assessment)) END) AS title
    FROM told AS t LEFT JOIN numbered USING (code, kind)
    WINDOW same AS (PARTITION BY code, kind, held_title IS NULL)"""


def compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Give equal rows the fate *duplicate*; ``gone`` holds a row for each restatement."""
    connection.execute("CREATE OR REPLACE TABLE gone (file VARCHAR, row BIGINT)")
    connection.execute(
        """CREATE OR REPLACE VIEW told_courses AS
            SELECT row, code, start_date, duration_weeks FROM courses"""
    )
    _meet(connection, COURSES, "told_courses", ("code",), ("start_date", "duration_weeks"))
    connection.execute(_TITLED)
    _meet(
        connection,
        ASSESSMENTS,
        "told_assessments",
        ("code", "id_assessment"),
        ("title", "kind", "weight", "due_day"),
    )
    for file, row, tells in (
        (INFO, "info_row", _INFO_TELLS),
        (REGISTRATION, "registration_row", _REGISTRATION_TELLS),
    ):
        connection.execute(f"CREATE OR REPLACE VIEW told AS SELECT *, {row} AS row FROM enrolments")
        _meet(connection, file, "told", ("code", "id_student"), tells, held="enrolments")
    _meet(
        connection,
        SUBMISSIONS,
        "submissions",
        ("code", "id_assessment", "id_student"),
        ("submitted_on", "score", "is_banked"),
    )


def _meet(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    told: str,
    key: tuple[str, ...],
    values: tuple[str, ...],
    held: str = "",
) -> None:
    """Judge the rows of ``told`` whose key is held already."""
    table = f"held_{held or told.removeprefix('told_')}"
    equal = " AND ".join(f"t.{name} IS NOT DISTINCT FROM h.{name}" for name in values)
    connection.execute(
        f"""CREATE OR REPLACE TABLE met AS SELECT t.row, {equal} AS equal
            FROM {told} AS t INNER JOIN {table} AS h USING ({", ".join(key)})"""
    )
    name = literal(file.name)
    connection.execute(
        f"INSERT INTO fates SELECT {name}, row, 'duplicate', NULL FROM met WHERE equal"
    )
    connection.execute(f"INSERT INTO gone SELECT {name}, row FROM met WHERE NOT equal")
