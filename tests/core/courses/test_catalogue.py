"""Enrolling by oneself and leaving, on both databases."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine, delete, select

from core import clock
from core.accounts.access import Principal, Role
from core.courses import catalogue
from core.courses.catalogue import Entered
from core.courses.enrolling import AlreadyEnrolled, CourseEnded, NotALearner
from core.courses.errors import EnrolmentEnded
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from core.jobs.models import Job, JobKind
from tests.core.courses.records import NOON, assessed, course, person, teaches


@dataclass
class School:
    engine: Engine
    ana: Principal
    teacher: Principal
    course_id: int

    def enrol(self, who: Principal | None = None) -> tuple[int, Entered]:
        with unit_of_work(self.engine) as session:
            return catalogue.enrol_oneself(session, who or self.ana, self.course_id)

    def change(self, enrolment: int, status: EnrollmentStatus) -> None:
        with unit_of_work(self.engine) as session:
            session.get_one(Enrollment, enrolment).status = status

    def offered(self) -> list[catalogue.CatalogueCourse]:
        with reading(self.engine) as session:
            return catalogue.open_courses(session, self.ana)


@pytest.fixture
def school(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> School:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 9))
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        teacher = person(session, "Tess", Role.INSTRUCTOR)
        made = course(session, "A1", [1, 1], optional=1)
        made.published_at = NOON
        assessed(session, made, "Essay", 100, 7)
        teaches(session, teacher, made)
        catalogue.set_open(session, teacher, made.id, is_open=True)
        return School(engine, ana, teacher, made.id)


def test_an_open_course_tells_what_it_takes(school: School) -> None:
    (offered,) = school.offered()
    assert (2, None, 1, 40) == (
        offered.lessons,
        offered.minutes,
        offered.pieces,
        offered.pass_mark,
    )
    assert (None, None) == (offered.enrollment_id, offered.status)


def test_enrolling_and_leaving_ask_once_that_whoever_teaches_sees_it(school: School) -> None:
    with unit_of_work(school.engine) as session:
        session.execute(delete(Job))  # what setting the course up asked for
    enrolment, _ = school.enrol()
    with unit_of_work(school.engine) as session:
        catalogue.withdraw(session, school.ana, enrolment)
    with reading(school.engine) as session:
        assert [JobKind.SYNC] == session.scalars(select(Job.kind)).all()


@pytest.mark.parametrize("hidden", ["closed", "draft", "over"])
def test_a_course_that_is_closed_a_draft_or_over_is_not_offered(
    school: School, hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work(school.engine) as session:
        made = session.get_one(Course, school.course_id)
        made.is_open = hidden != "closed"
        made.published_at = None if hidden == "draft" else NOON
    if hidden == "over":
        monkeypatch.setattr(clock, "today", lambda: date(2027, 3, 9))
    assert [] == school.offered()
    with pytest.raises(CourseEnded if hidden == "over" else NotFound):
        school.enrol()


def test_enrolling_twice_is_one_enrolment_and_one_event(school: School) -> None:
    first, second = school.enrol(), school.enrol()
    assert (first[0], Entered.ALREADY) == second
    with reading(school.engine) as session:
        assert [EnrollmentStatus.ENROLLED] == list(session.scalars(select(Enrollment.status)))
        assert ["enrollment.created"] == list(session.scalars(select(Event.type)))


def test_after_a_withdrawal_the_same_enrolment_is_open_again(school: School) -> None:
    enrolment, _ = school.enrol()
    with unit_of_work(school.engine) as session:
        catalogue.withdraw(session, school.ana, enrolment)
    with unit_of_work(school.engine) as session, pytest.raises(EnrolmentEnded):
        catalogue.withdraw(session, school.ana, enrolment)
    assert (enrolment, Entered.AGAIN) == school.enrol()
    with reading(school.engine) as session:
        assert session.get_one(Enrollment, enrolment).ended_at is None


@pytest.mark.parametrize("status", [EnrollmentStatus.COMPLETED, EnrollmentStatus.FAILED])
def test_who_completed_or_failed_does_not_enrol_again(
    school: School, status: EnrollmentStatus
) -> None:
    school.change(school.enrol()[0], status)
    with pytest.raises(AlreadyEnrolled):
        school.enrol()


def test_only_learners_enrol_and_only_in_their_own_name_they_leave(school: School) -> None:
    with pytest.raises(NotALearner):
        school.enrol(school.teacher)
    enrolment, _ = school.enrol()
    with unit_of_work(school.engine) as session:
        ben = person(session, "Ben", Role.LEARNER)
        with pytest.raises(NotFound):
            catalogue.withdraw(session, ben, enrolment)
        with pytest.raises(Forbidden):
            catalogue.set_open(session, ben, school.course_id, is_open=False)
        stranger = person(session, "Sten", Role.INSTRUCTOR)
        with pytest.raises(NotFound):
            catalogue.set_open(session, stranger, school.course_id, is_open=False)
        assert catalogue.is_open(session, school.teacher, school.course_id)
        with pytest.raises(NotFound):
            catalogue.is_open(session, stranger, school.course_id)
