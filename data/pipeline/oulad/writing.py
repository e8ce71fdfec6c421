"""Writes what is new or restated to the records, in the unit of work that is open."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import duckdb
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.accounts.access import Role
from core.accounts.models import User, UserRole
from core.courses.models import (
    Assessment,
    AssessmentKind,
    Course,
    Enrollment,
    EnrollmentStatus,
    LearnerAttributes,
    Submission,
)
from core.db import Base
from data.pipeline.oulad.files import ATTRIBUTES
from data.pipeline.oulad.held import PREFIX

PASS_MARK = 40
_MONTHS = {2: "February", 10: "October"}

Values = dict[str, Any]


def write(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    """Insert what is not held, update what is restated; nothing else is touched."""
    _courses(connection, session, now)
    _people(connection, session, now)
    courses = _ids(session, Course)
    people = _ids(session, User)
    _enrolments(connection, session, courses, people)
    _assessments(connection, session, courses)
    works = _works(session)
    _submissions(connection, session, works)


def _courses(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    new, changed = [], []
    for row in _new_or_changed(connection, "told_courses", "held_courses", ("code",)):
        values = {"start_date": row["start_date"], "duration_weeks": row["duration_weeks"]}
        if row["id"] is not None:
            changed.append({"id": row["id"], "updated_at": now, **values})
            continue
        series, _, _ = row["code"].rpartition("-")
        start = row["start_date"]
        new.append(
            {
                "code": row["code"],
                "series_code": series,
                "external_id": PREFIX + row["code"],
                "title": f"{series}, {_MONTHS[start.month]} {start.year}",
                "pass_mark": PASS_MARK,
                "is_sample": False,
                "created_at": now,
                "updated_at": now,
                **values,
            }
        )
    _keep(session, Course, new, changed)


def _people(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    new = connection.execute(
        """SELECT DISTINCT id_student FROM enrolments ANTI JOIN held_people USING (id_student)
            ORDER BY id_student"""
    ).fetchall()
    rows = [
        {
            "name": student,
            "email": None,
            "external_id": PREFIX + student,
            "is_active": True,
            "is_sample": False,
            "created_at": now,
        }
        for (student,) in new
    ]
    _keep(session, User, rows, [])
    if rows:
        ids = _ids(session, User)
        roles = [{"user_id": ids[student], "role": Role.LEARNER} for (student,) in new]
        session.execute(insert(UserRole), roles)


def _enrolments(
    connection: duckdb.DuckDBPyConnection,
    session: Session,
    courses: dict[str, int],
    people: dict[str, int],
) -> None:
    rows = list(
        _new_or_changed(connection, "enrolments", "held_enrolments", ("code", "id_student"))
    )
    new, changed = [], []
    for row in rows:
        values = {
            "status": EnrollmentStatus(row["status"]),
            "enrolled_at": _moment(row["enrolled_on"]),
            "ended_at": _moment(row["ended_on"]),
            "previous_attempts": row["previous_attempts"],
            "studied_credits": row["studied_credits"],
        }
        if row["id"] is not None:
            changed.append({"id": row["id"], **values})
        else:
            of = {"user_id": people[row["id_student"]], "course_id": courses[row["code"]]}
            new.append({**of, "campaign_id": None, **values})
    _keep(session, Enrollment, new, changed)
    _attributes(session, rows, courses, people)


def _attributes(
    session: Session, rows: list[Values], courses: dict[str, int], people: dict[str, int]
) -> None:
    """Attributes of new enrolments; those of restated ones are put anew."""
    ids = _enrolment_ids(session, courses)
    told = [
        {
            "enrollment_id": ids[people[row["id_student"]], courses[row["code"]]],
            **{name: row[name] for name in ATTRIBUTES},
        }
        for row in rows
    ]
    restated = {row["id"] for row in rows if row["id"] is not None}
    fresh = [one for one in told if one["enrollment_id"] not in restated]
    again = [one for one in told if one["enrollment_id"] in restated]
    _keep(session, LearnerAttributes, fresh, again)


def _enrolment_ids(session: Session, courses: dict[str, int]) -> dict[tuple[int, int], int]:
    query = select(Enrollment.user_id, Enrollment.course_id, Enrollment.id).where(
        Enrollment.course_id.in_(courses.values())
    )
    return {(person, course): i for person, course, i in session.execute(query)}


def _assessments(
    connection: duckdb.DuckDBPyConnection, session: Session, courses: dict[str, int]
) -> None:
    new, changed = [], []
    for row in _new_or_changed(
        connection, "told_assessments", "held_assessments", ("code", "id_assessment")
    ):
        values = {
            "title": row["title"],
            "kind": AssessmentKind(row["kind"]),
            "weight": row["weight"],
            "due_day": row["due_day"],
        }
        if row["id"] is not None:
            changed.append({"id": row["id"], **values})
        else:
            course = courses[row["code"]]
            own = {"course_id": course, "external_id": row["id_assessment"], "module_id": None}
            new.append({**own, **values})
    _keep(session, Assessment, new, changed)


def _works(session: Session) -> dict[tuple[str, str], int]:
    """Our ids of the assessments, by the external ids of course and assessment."""
    query = (
        select(Course.external_id, Assessment.external_id, Assessment.id)
        .join(Course, Course.id == Assessment.course_id)
        .where(Course.external_id.startswith(PREFIX))
    )
    return {(course, work): i for course, work, i in session.execute(query) if course and work}


def _submissions(
    connection: duckdb.DuckDBPyConnection, session: Session, works: dict[tuple[str, str], int]
) -> None:
    ids = {
        (student, code): i
        for student, code, i in session.execute(
            select(User.external_id, Course.external_id, Enrollment.id)
            .join(User, User.id == Enrollment.user_id)
            .join(Course, Course.id == Enrollment.course_id)
            .where(Course.external_id.startswith(PREFIX))
        )
    }
    new, changed = [], []
    for row in _new_or_changed(
        connection, "submissions", "held_submissions", ("code", "id_assessment", "id_student")
    ):
        values = {
            "submitted_at": _moment(row["submitted_on"]),
            "score": row["score"],
            "is_banked": row["is_banked"],
        }
        if row["id"] is not None:
            changed.append({"id": row["id"], **values})
            continue
        course = PREFIX + row["code"]
        enrolment = ids[PREFIX + row["id_student"], course]
        of = {"enrollment_id": enrolment, "assessment_id": works[course, row["id_assessment"]]}
        new.append({**of, **values})
    _keep(session, Submission, new, changed)


def _new_or_changed(
    connection: duckdb.DuckDBPyConnection, told: str, held: str, key: tuple[str, ...]
) -> Iterable[Values]:
    """Rows of ``told`` that are not held (``id`` None) or held with other values."""
    names = [column[0] for column in connection.execute(f"DESCRIBE {told}").fetchall()]
    theirs = [column[0] for column in connection.execute(f"DESCRIBE {held}").fetchall()]
    both = [name for name in theirs if name in names and name not in key]
    equal = " AND ".join(f"t.{name} IS NOT DISTINCT FROM h.{name}" for name in both)
    found = connection.execute(
        f"""SELECT t.*, h.id FROM {told} AS t LEFT JOIN {held} AS h USING ({", ".join(key)})
            WHERE h.id IS NULL OR NOT ({equal}) ORDER BY {", ".join(key)}"""
    )
    columns = [*names, "id"]
    while rows := found.fetchmany(50_000):
        for row in rows:
            yield dict(zip(columns, row, strict=True))


def _keep(session: Session, model: type[Base], new: list[Values], changed: list[Values]) -> None:
    if new:
        # Without it, rows are sent in batches by what is NULL in them, a few at a time.
        session.execute(insert(model), new, execution_options={"render_nulls": True})
    if changed:
        session.execute(update(model), changed)


def _ids(session: Session, model: type[Course] | type[User]) -> dict[str, int]:
    query = select(model.external_id, model.id).where(model.external_id.startswith(PREFIX))
    return {name.removeprefix(PREFIX): i for name, i in session.execute(query) if name}


def _moment(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)
