"""Writes what is new or restated to the records, in the unit of work that is open."""

from datetime import datetime

import duckdb
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.accounts.access import Role
from core.accounts.models import User, UserRole
from core.courses.models import Course, Enrollment, EnrollmentStatus, LearnerAttributes
from data.pipeline.oulad.changes import Values, keep, moment, new_or_changed
from data.pipeline.oulad.files import ATTRIBUTES
from data.pipeline.oulad.handed_in import write_assessments, write_submissions
from data.pipeline.oulad.held import PREFIX

PASS_MARK = 40
_MONTHS = {2: "February", 10: "October"}


def write(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    """Insert what is not held, update what is restated; nothing else is touched."""
    _courses(connection, session, now)
    _people(connection, session, now)
    courses = _ids(session, Course)
    people = _ids(session, User)
    _enrolments(connection, session, courses, people)
    write_assessments(connection, session, courses)
    write_submissions(connection, session)


def _courses(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    new, changed = [], []
    for row in new_or_changed(connection, "told_courses", "held_courses", ("code",)):
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
                "published_at": now,
                "created_at": now,
                "updated_at": now,
                **values,
            }
        )
    keep(session, Course, new, changed)


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
    keep(session, User, rows, [])
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
    rows = list(new_or_changed(connection, "enrolments", "held_enrolments", ("code", "id_student")))
    new, changed = [], []
    for row in rows:
        values = {
            "status": EnrollmentStatus(row["status"]),
            "enrolled_at": moment(row["enrolled_on"]),
            "ended_at": moment(row["ended_on"]),
            "previous_attempts": row["previous_attempts"],
            "studied_credits": row["studied_credits"],
        }
        if row["id"] is not None:
            changed.append({"id": row["id"], **values})
        else:
            of = {"user_id": people[row["id_student"]], "course_id": courses[row["code"]]}
            new.append({**of, "campaign_id": None, **values})
    keep(session, Enrollment, new, changed)
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
    keep(session, LearnerAttributes, fresh, again)


def _enrolment_ids(session: Session, courses: dict[str, int]) -> dict[tuple[int, int], int]:
    query = select(Enrollment.user_id, Enrollment.course_id, Enrollment.id).where(
        Enrollment.course_id.in_(courses.values())
    )
    return {(person, course): i for person, course, i in session.execute(query)}


def _ids(session: Session, model: type[Course] | type[User]) -> dict[str, int]:
    query = select(model.external_id, model.id).where(model.external_id.startswith(PREFIX))
    return {name.removeprefix(PREFIX): i for name, i in session.execute(query) if name}
