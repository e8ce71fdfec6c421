"""Writes assessments and what was handed in to the records."""

import duckdb
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts.models import User
from core.courses.models import Assessment, AssessmentKind, Course, Enrollment, Submission
from data.pipeline.oulad.changes import keep, moment, new_or_changed
from data.pipeline.oulad.held import PREFIX
from data.pipeline.oulad.turns import give_way


def write_assessments(
    connection: duckdb.DuckDBPyConnection, session: Session, courses: dict[str, int]
) -> None:
    """Write the assessments of courses whose ids are given by their code."""
    new, changed = [], []
    for row in new_or_changed(
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
    keep(session, Assessment, new, changed)


def _works(session: Session) -> dict[tuple[str, str], int]:
    """Our ids of the assessments, by the external ids of course and assessment."""
    query = (
        select(Course.external_id, Assessment.external_id, Assessment.id)
        .join(Course, Course.id == Assessment.course_id)
        .where(Course.external_id.startswith(PREFIX))
    )
    return {(course, work): i for course, work, i in session.execute(query) if course and work}


def _enrolments(session: Session) -> dict[tuple[str, str], int]:
    """Our ids of the enrolments, by the external ids of course and person."""
    query = (
        select(Course.external_id, User.external_id, Enrollment.id)
        .join(Course, Course.id == Enrollment.course_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Course.external_id.startswith(PREFIX))
    )
    return {(course, who): i for course, who, i in session.execute(query) if course and who}


def write_submissions(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    """Write what was handed in."""
    works, enrolments = _works(session), _enrolments(session)
    give_way(session)
    new, changed = [], []
    for row in new_or_changed(
        connection, "submissions", "held_submissions", ("code", "id_assessment", "id_student")
    ):
        values = {
            "submitted_at": moment(row["submitted_on"]),
            "score": row["score"],
            "is_banked": row["is_banked"],
        }
        if row["id"] is not None:
            changed.append({"id": row["id"], **values})
            continue
        course = PREFIX + row["code"]
        of = {
            "enrollment_id": enrolments[course, PREFIX + row["id_student"]],
            "assessment_id": works[course, row["id_assessment"]],
        }
        new.append({**of, **values})
    keep(session, Submission, new, changed)
