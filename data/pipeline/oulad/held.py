"""What the records already hold of such data, beside the staged rows in DuckDB."""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
from pyarrow import lib as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts.models import User
from core.courses.models import (
    Assessment,
    Course,
    Enrollment,
    LearnerAttributes,
    Submission,
)
from data.pipeline.oulad.files import ATTRIBUTES

PREFIX = "oulad:"
"""What the external ids of such courses and people begin with."""

_FROM_HERE = Course.external_id.startswith(PREFIX)

_TEXT, _WHOLE = pa.string(), pa.int64()
_DAY, _TRUE = pa.date32(), pa.bool_()


def load(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    """Make the tables ``held_courses``, ``held_assessments`` … of what is held, with our ids.

    The courses stay locked until the unit of work ends, so that no other import writes
    beside this one.
    """
    _courses(connection, session)
    _people(connection, session)
    _enrolments(connection, session)
    _assessments(connection, session)
    _submissions(connection, session)


def codes_of_others(session: Session, codes: Sequence[str]) -> list[str]:
    """Those of the codes that courses of another origin have."""
    from_here = Course.external_id.is_not(None) & _FROM_HERE
    query = select(Course.code).where(Course.code.in_(codes), ~from_here).order_by(Course.code)
    return list(session.scalars(query))


def _courses(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    rows = session.execute(
        select(Course.id, Course.external_id, Course.start_date, Course.duration_weeks)
        .where(_FROM_HERE)
        .with_for_update()
    )
    _table(
        connection,
        "held_courses",
        {"id": _WHOLE, "code": _TEXT, "start_date": _DAY, "duration_weeks": _WHOLE},
        ((i, _plain(name), start, weeks) for i, name, start, weeks in rows),
    )


def _people(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    rows = session.execute(
        select(User.id, User.external_id).where(User.external_id.startswith(PREFIX))
    )
    columns = {"id": _WHOLE, "id_student": _TEXT}
    _table(connection, "held_people", columns, ((i, _plain(name)) for i, name in rows))


def _enrolments(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    attributes = [getattr(LearnerAttributes, name) for name in ATTRIBUTES]
    rows = session.execute(
        select(
            Enrollment.id,
            Course.external_id,
            User.external_id,
            Enrollment.status,
            Enrollment.enrolled_at,
            Enrollment.ended_at,
            Enrollment.previous_attempts,
            Enrollment.studied_credits,
            *attributes,
        )
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(LearnerAttributes, LearnerAttributes.enrollment_id == Enrollment.id)
        .where(_FROM_HERE, User.external_id.startswith(PREFIX))
    )
    columns = {
        "id": _WHOLE, "code": _TEXT, "id_student": _TEXT, "status": _TEXT,
        "enrolled_on": _DAY, "ended_on": _DAY, "previous_attempts": _WHOLE,
        "studied_credits": _WHOLE, **dict.fromkeys(ATTRIBUTES, _TEXT),
    }  # fmt: skip
    _table(connection, "held_enrolments", columns, (_enrolment(row) for row in rows))


def _enrolment(row: Sequence[Any]) -> tuple[Any, ...]:
    i, course, person, status, enrolled, ended, *rest = row
    days = (enrolled and enrolled.date(), ended and ended.date())
    return (i, _plain(course), _plain(person), status.value, *days, *rest)


def _assessments(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    rows = session.execute(
        select(
            Assessment.id, Course.external_id, Assessment.external_id, Assessment.title,
            Assessment.kind, Assessment.weight, Assessment.due_day,
        )
        .join(Course, Course.id == Assessment.course_id)
        .where(_FROM_HERE, Assessment.external_id.is_not(None))
    )  # fmt: skip
    columns = {
        "id": _WHOLE, "code": _TEXT, "id_assessment": _TEXT, "title": _TEXT, "kind": _TEXT,
        "weight": pa.decimal128(9, 4), "due_day": _WHOLE,
    }  # fmt: skip
    _table(
        connection,
        "held_assessments",
        columns,
        (
            (i, _plain(course), name, title, kind.value, weight, day)
            for i, course, name, title, kind, weight, day in rows
        ),
    )


def _submissions(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    rows = session.execute(
        select(
            Submission.id, Course.external_id, Assessment.external_id, User.external_id,
            Submission.submitted_at, Submission.score, Submission.is_banked,
        )
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(_FROM_HERE, Assessment.external_id.is_not(None), User.external_id.is_not(None))
        .order_by(Submission.id)
    )  # fmt: skip
    columns = {
        "id": _WHOLE, "code": _TEXT, "id_assessment": _TEXT, "id_student": _TEXT,
        "submitted_on": _DAY, "score": pa.decimal128(5, 2), "is_banked": _TRUE,
    }  # fmt: skip
    _table(
        connection,
        "held_submissions",
        columns,
        (
            (i, _plain(course), work, _plain(person), at.date(), score, banked)
            for i, course, work, person, at, score, banked in rows
        ),
    )


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: dict[str, Any],
    rows: Iterable[Sequence[Any]],
) -> None:
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pa.Table.from_arrays(
        [pa.array(values, kind) for values, kind in zip(by_column, columns.values(), strict=True)],
        names=list(columns),
    )
    connection.register("told", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM told")
    connection.unregister("told")


def _plain(external_id: str | None) -> str:
    return (external_id or "").removeprefix(PREFIX)
