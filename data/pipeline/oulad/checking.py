"""Gives the staged rows that cannot be used their fate, by named rules.

``fates`` holds file, row, fate and rule of every row that is not kept; what is left of a
file is in the table of its name: courses, assessments, described, registered, submissions.
"""

import duckdb

from data.pipeline.oulad.files import (
    ASSESSMENTS,
    ATTRIBUTES,
    COURSES,
    INFO,
    KINDS,
    REGISTRATION,
    RESULTS,
    SUBMISSIONS,
    File,
)
from data.sql import literal

_MODULE = "code_module, code_presentation"
_STUDENT = f"{_MODULE}, id_student"


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
        module_presentation_length::DOUBLE::INTEGER AS length_days,
        ceil(length_days / 7.0)::BIGINT AS duration_weeks
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
