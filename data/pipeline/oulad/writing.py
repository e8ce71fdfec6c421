"""Writes what is new or restated to the records, in the unit of work that is open."""

from datetime import datetime

import duckdb
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.accounts.access import Role
from core.accounts.models import User, UserRole
from core.courses.models import Course, Enrollment, EnrollmentStatus, LearnerAttributes
from data.pipeline.oulad.changes import Values, add, keep, moment, new_or_changed, parts
from data.pipeline.oulad.files import ATTRIBUTES, PASS_MARK
from data.pipeline.oulad.handed_in import write_assessments, write_submissions
from data.pipeline.oulad.held import PREFIX
from data.pipeline.oulad.turns import give_way

_MONTHS = {2: "February", 10: "October"}


def write(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    """Insert what is not held, update what is restated; nothing else is touched."""
    _courses(connection, session, now)
    _people(connection, session, now)
    courses = _ids(session, Course)
    people = _ids(session, User)
    give_way(session)  # to read for a change takes SQLite's lock too
    _enrolments(connection, session, courses, people)
    write_assessments(connection, session, courses)
    write_submissions(connection, session)


def _courses(connection: duckdb.DuckDBPyConnection, session: Session, now: datetime) -> None:
    new = []
    for row in new_or_changed(connection, "told_courses", "held_courses", ("code",)):
        values = {"start_date": row["start_date"], "duration_weeks": row["duration_weeks"]}
        if row["id"] is not None:
            held = session.get_one(Course, row["id"])  # so that its version counts up
            held.start_date, held.duration_weeks = row["start_date"], row["duration_weeks"]
            held.updated_at = now
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
    keep(session, Course, new, [])


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
    for part in parts(rows):
        add(session, User, part)
        # In the same transaction: somebody who is held is taken to have it.
        told = [one["external_id"] for one in part]
        ids = session.scalars(select(User.id).where(User.external_id.in_(told)))
        session.execute(insert(UserRole), [{"user_id": i, "role": Role.LEARNER} for i in ids])
        give_way(session)


def _enrolments(
    connection: duckdb.DuckDBPyConnection,
    session: Session,
    courses: dict[str, int],
    people: dict[str, int],
) -> None:
    rows = list(new_or_changed(connection, "enrolments", "held_enrolments", ("code", "id_student")))
    for part in parts([row for row in rows if row["id"] is None]):
        told = [
            {
                "user_id": people[row["id_student"]],
                "course_id": courses[row["code"]],
                "campaign_id": None,
                **_standing(row),
            }
            for row in part
        ]
        add(session, Enrollment, told)
        # In the same transaction: attributes that are absent would look restated.
        ids = _enrolment_ids(session, {one["user_id"] for one in told})
        keys = [ids[one["user_id"], one["course_id"]] for one in told]
        add(session, LearnerAttributes, [_attributes(*one) for one in zip(keys, part, strict=True)])
        give_way(session)
    for part in parts([row for row in rows if row["id"] is not None]):
        session.execute(update(Enrollment), [{"id": row["id"], **_standing(row)} for row in part])
        session.execute(update(LearnerAttributes), [_attributes(row["id"], row) for row in part])
        give_way(session)


def _standing(row: Values) -> Values:
    return {
        "status": EnrollmentStatus(row["status"]),
        "enrolled_at": moment(row["enrolled_on"]),
        "ended_at": moment(row["ended_on"]),
        "previous_attempts": row["previous_attempts"],
        "studied_credits": row["studied_credits"],
    }


def _attributes(enrollment_id: int, row: Values) -> Values:
    return {"enrollment_id": enrollment_id, **{name: row[name] for name in ATTRIBUTES}}


def _enrolment_ids(session: Session, people: set[int]) -> dict[tuple[int, int], int]:
    query = select(Enrollment.user_id, Enrollment.course_id, Enrollment.id).where(
        Enrollment.user_id.in_(people)
    )
    return {(person, course): i for person, course, i in session.execute(query)}


def _ids(session: Session, model: type[Course] | type[User]) -> dict[str, int]:
    query = select(model.external_id, model.id).where(model.external_id.startswith(PREFIX))
    return {name.removeprefix(PREFIX): i for name, i in session.execute(query) if name}
