from datetime import date

import pytest
from sqlalchemy import select

from core import clock
from core.accounts.access import Role
from core.accounts.models import User
from core.audit.models import AuditEntry
from core.courses.enrolling import (
    ENROLLED,
    INSTRUCTOR_ASSIGNED,
    INSTRUCTOR_REMOVED,
    AlreadyEnrolled,
    AlreadyInstructor,
    CourseEnded,
    NotALearner,
    NotAnInstructor,
    UnknownPerson,
    assign_instructor,
    enrol,
    instructors,
    remove_instructor,
)
from core.courses.models import EnrollmentStatus
from core.courses.service import my_courses, taught_courses
from core.db import reading, unit_of_work
from core.errors import Conflict, Forbidden, NotFound
from core.events.models import Event
from core.jobs.models import Job, JobKind
from tests.core.courses.records import course, person


@pytest.fixture
def school(engine, monkeypatch):
    """A course under way, somebody of each kind, and nobody in the course."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 22))
    with unit_of_work(engine) as session:
        return {
            "ana": person(session, "Ana", Role.LEARNER),
            "ina": person(session, "Ina", Role.INSTRUCTOR),
            "staff": person(session, "Sam", Role.STAFF),
            "admin": person(session, "Ada", Role.ADMIN),
            "course": course(session, "A1", [1]),
        }


def told(engine):
    """What the audit trail and the outbox hold, in order."""
    with reading(engine) as session:
        audited = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        events = session.scalars(select(Event).order_by(Event.id))
        return [one.action for one in audited], [one.type for one in events]


@pytest.mark.parametrize("who", ["staff", "admin"])
def test_staff_enrol_a_known_learner_and_it_is_told(engine, school, who):
    with unit_of_work(engine) as session:
        enrol(session, school[who], school["course"].id, "  ANA@example.org ")

    with reading(engine) as session:
        (own,) = my_courses(session, school["ana"])
    assert EnrollmentStatus.ENROLLED == own.status
    assert ([ENROLLED], [ENROLLED]) == told(engine)
    with reading(engine) as session:
        assert [JobKind.SYNC] == session.scalars(select(Job.kind)).all()


def test_a_second_enrolment_in_the_same_course_is_a_conflict(engine, school):
    with unit_of_work(engine) as session:
        enrol(session, school["staff"], school["course"].id, "ana@example.org")

    with unit_of_work(engine) as session, pytest.raises(AlreadyEnrolled) as refused:
        enrol(session, school["staff"], school["course"].id, "ana@example.org")

    assert isinstance(refused.value, Conflict)


@pytest.mark.parametrize("who", ["ana", "ina"])
@pytest.mark.parametrize("act", [enrol, assign_instructor])
def test_nobody_else_lets_people_into_a_course(engine, school, who, act):
    with unit_of_work(engine) as session, pytest.raises(Forbidden):
        act(session, school[who], school["course"].id, "ana@example.org")
    with unit_of_work(engine) as session, pytest.raises(Forbidden):
        remove_instructor(session, school[who], school["course"].id, school["ina"].user_id)


@pytest.mark.parametrize("act", [enrol, assign_instructor])
def test_an_unknown_course_or_address_is_not_found(engine, school, act):
    with unit_of_work(engine) as session, pytest.raises(NotFound):
        act(session, school["staff"], 999, "ana@example.org")
    with unit_of_work(engine) as session, pytest.raises(UnknownPerson):
        act(session, school["staff"], school["course"].id, "nobody@example.org")


def test_somebody_deactivated_is_not_found(engine, school):
    with unit_of_work(engine) as session:
        session.get_one(User, school["ana"].user_id).is_active = False

    with unit_of_work(engine) as session, pytest.raises(UnknownPerson):
        enrol(session, school["staff"], school["course"].id, "ana@example.org")


def test_nobody_is_let_into_what_their_roles_do_not_open(engine, school):
    with unit_of_work(engine) as session, pytest.raises(NotALearner):
        enrol(session, school["staff"], school["course"].id, "ina@example.org")
    with unit_of_work(engine) as session, pytest.raises(NotAnInstructor):
        assign_instructor(session, school["staff"], school["course"].id, "ana@example.org")

    assert ([], []) == told(engine)


def test_an_instructor_sees_a_course_from_their_assignment_to_their_removal(engine, school):
    key = school["course"].id
    with unit_of_work(engine) as session:
        assign_instructor(session, school["staff"], key, "ina@example.org")
    with reading(engine) as session:
        assert ["Ina"] == [one.name for one in instructors(session, school["staff"], key)]
        assert ["Ina"] == [one.name for one in instructors(session, school["ina"], key)]
        assert ["A1"] == [one.course.code for one in taught_courses(session, school["ina"])]

    with unit_of_work(engine) as session:
        remove_instructor(session, school["staff"], key, school["ina"].user_id)
    with reading(engine) as session:
        assert [] == taught_courses(session, school["ina"])
        assert [] == instructors(session, school["ina"], key)

    both = [INSTRUCTOR_ASSIGNED, INSTRUCTOR_REMOVED]
    assert (both, both) == told(engine)


def test_assigning_twice_is_a_conflict_and_removing_who_does_not_teach_is_not_found(engine, school):
    key = school["course"].id
    with unit_of_work(engine) as session:
        assign_instructor(session, school["admin"], key, "ina@example.org")

    with unit_of_work(engine) as session, pytest.raises(AlreadyInstructor):
        assign_instructor(session, school["admin"], key, "ina@example.org")
    with unit_of_work(engine) as session, pytest.raises(NotFound):
        remove_instructor(session, school["admin"], key, school["ana"].user_id)


def test_nobody_is_enrolled_in_a_course_that_has_ended_unless_it_is_confirmed(
    engine, school, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 14))
    asked = (school["staff"], school["course"].id, "ana@example.org")
    with unit_of_work(engine) as session, pytest.raises(CourseEnded) as refused:
        enrol(session, *asked)
    assert {"title": "Course A1"} == refused.value.data
    assert ([], []) == told(engine)

    with unit_of_work(engine) as session:
        enrol(session, *asked, even_ended=True)
    assert ([ENROLLED], [ENROLLED]) == told(engine)
