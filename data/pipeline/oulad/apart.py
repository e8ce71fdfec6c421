"""A folder read and checked as an import does, but into the lake's raw tables alone.

Nothing is written anywhere: no records, no lake. What is learned from such a folder is what
would be learned after its import.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data.pipeline.oulad.checking import check
from data.pipeline.oulad.files import ATTRIBUTES, PASS_MARK
from data.pipeline.oulad.staging import stage
from data.warehouse.raw import RAW, empty


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """The raw tables of a folder; raises a ``FileFault`` that names a faulty file."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1500MB"})
    connection.execute("SET TimeZone = 'UTC'")
    with TemporaryDirectory() as work:
        stage(connection, folder, Path(work))
    check(connection)
    for table in RAW:
        connection.execute(f"CREATE TABLE {table} AS {empty(table)}")
    for table, query in _TOLD.items():
        connection.execute(f"INSERT INTO {table} BY NAME {query}")
    return connection


# Numbered in the order of time and of the folder's own numbers, so that the same folder
# gives the same rows in the same order.
_COURSE_IDS = """(SELECT code, row_number() OVER (ORDER BY code_presentation, code_module)
    AS course_id FROM courses)"""
_WORK_IDS = """(SELECT id_assessment, row_number() OVER (
    ORDER BY try_cast(id_assessment AS BIGINT), id_assessment) AS assessment_id FROM assessments)"""
_ENROLMENT_IDS = f"""(SELECT code, id_student, course_id,
    row_number() OVER (ORDER BY course_id, id_student) AS enrollment_id
    FROM enrolments INNER JOIN {_COURSE_IDS} USING (code))"""

_TOLD = {
    "records_courses": f"""SELECT course_id, code, code_module AS series_code, start_date,
            duration_weeks, {PASS_MARK} AS pass_mark, false AS is_sample
        FROM courses INNER JOIN {_COURSE_IDS} USING (code)""",
    "records_users": """SELECT DISTINCT id_student AS user_id, false AS is_sample,
            now() AS created_at
        FROM enrolments""",
    "records_enrollments": f"""SELECT enrollment_id, id_student AS user_id, course_id, status,
            enrolled_on::TIMESTAMPTZ AS enrolled_at, ended_on::TIMESTAMPTZ AS ended_at,
            previous_attempts, studied_credits, false AS is_sample
        FROM enrolments INNER JOIN {_ENROLMENT_IDS} USING (code, id_student)""",
    "records_learner_attributes": f"""SELECT enrollment_id, {", ".join(ATTRIBUTES)},
            false AS is_sample
        FROM enrolments INNER JOIN {_ENROLMENT_IDS} USING (code, id_student)""",
    "records_assessments": f"""SELECT assessment_id, course_id, kind, weight, due_day,
            false AS is_sample
        FROM assessments INNER JOIN {_COURSE_IDS} USING (code)
        INNER JOIN {_WORK_IDS} USING (id_assessment)""",
    "records_submissions": f"""SELECT
            row_number() OVER (ORDER BY assessment_id, enrollment_id) AS submission_id,
            enrollment_id, assessment_id, kind AS assessment_kind,
            submitted_on::TIMESTAMPTZ AS submitted_at, score, is_banked, false AS is_sample
        FROM submissions INNER JOIN {_ENROLMENT_IDS} USING (code, id_student)
        INNER JOIN {_WORK_IDS} USING (id_assessment)
        INNER JOIN (SELECT id_assessment, kind FROM assessments) USING (id_assessment)""",
}
