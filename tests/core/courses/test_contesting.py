"""Contesting a reason of one's risk and answering it, on both databases."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from core.accounts.access import Principal, Role
from core.audit import trail
from core.courses import contesting
from core.courses.contesting import Contest
from core.courses.errors import AlreadyContested, ContestAnswered, EnrolmentEnded, NothingWritten
from core.courses.models import Enrollment, EnrollmentStatus
from core.courses.ports import AnswerSource, Reason
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.courses.records import course, enrol, person, teaches

REASON = Reason("{count} of {due} pieces of due work are missing.", {"count": 2, "due": 3}, 0.2)
SOURCE = AnswerSource("completion_risk_day_30", 4, datetime(2026, 3, 1, tzinfo=UTC), 30)


@dataclass
class School:
    engine: Engine
    ana: Principal
    ben: Principal
    teacher: Principal
    stranger: Principal
    staff: Principal
    course_id: int
    enrolment: int

    def contest(self, who: Principal | None = None, text: str = "I handed both in.") -> int:
        with unit_of_work(self.engine) as session:
            return contesting.contest(
                session, who or self.ana, self.enrolment, REASON, SOURCE, text
            )

    def answer(self, who: Principal, at: int, text: str = "Corrected.") -> None:
        with unit_of_work(self.engine) as session:
            contesting.answer(session, who, at, text)

    def own(self, who: Principal) -> list[Contest]:
        with reading(self.engine) as session:
            return contesting.of_enrolment(session, who, self.enrolment)

    def taught(self, who: Principal) -> list[Contest]:
        with reading(self.engine) as session:
            return contesting.of_course(session, who, self.course_id)

    def events(self) -> list[str]:
        with reading(self.engine) as session:
            return list(session.scalars(select(Event.type).order_by(Event.id)))


@pytest.fixture
def school(engine: Engine) -> School:
    with unit_of_work(engine) as session:
        ana, ben = (person(session, name, Role.LEARNER) for name in ("Ana", "Ben"))
        teacher, stranger = (person(session, name, Role.INSTRUCTOR) for name in ("Tess", "Sam"))
        staff = person(session, "Stan", Role.STAFF)
        made = course(session, "A1", [1])
        enrol(session, ben, made)
        teaches(session, teacher, made)
        teaches(session, stranger, course(session, "B2", [1]))
        own = enrol(session, ana, made).id
        return School(engine, ana, ben, teacher, stranger, staff, made.id, own)


def test_a_contest_is_kept_with_the_version_that_said_so_and_read_by_teacher_and_staff(
    school: School,
) -> None:
    school.contest()
    (own,) = school.own(school.ana)
    assert [own] == school.taught(school.teacher) == school.taught(school.staff)
    assert ("Ana", "I handed both in.", None) == (own.learner, own.text, own.answer)
    assert (SOURCE.model, 4, 30) == (own.model, own.version, own.known_day)
    assert replace(REASON, effect=0.0) == own.reason
    assert [contesting.CONTESTED] == school.events()


def test_nobody_else_reads_or_answers_a_contest(school: School) -> None:
    made = school.contest()
    assert [] == school.own(school.ben) == school.taught(school.stranger)
    with pytest.raises(NotFound):
        school.answer(school.stranger, made)
    with pytest.raises(Forbidden):
        school.answer(school.ana, made)
    with pytest.raises(Forbidden):
        school.taught(school.ben)


def test_only_the_learner_contests_and_only_while_the_enrolment_is_open(school: School) -> None:
    for other in (school.ben, school.teacher, school.staff):
        with pytest.raises(NotFound):
            school.contest(other)
    with unit_of_work(school.engine) as session:
        session.get_one(Enrollment, school.enrolment).status = EnrollmentStatus.FAILED
    with pytest.raises(EnrolmentEnded):
        school.contest()
    assert [] == school.events()


def test_a_reason_is_contested_again_only_after_its_answer(school: School) -> None:
    made = school.contest()
    with pytest.raises(AlreadyContested):
        school.contest()
    school.answer(school.teacher, made)
    school.contest(text="Still wrong.")
    assert ["Still wrong.", "I handed both in."] == [one.text for one in school.own(school.ana)]


def test_an_answer_closes_the_contest_for_good_and_names_who_gave_it(school: School) -> None:
    made = school.contest()
    school.answer(school.teacher, made)
    with pytest.raises(ContestAnswered):
        school.answer(school.staff, made, "Another.")
    (own,) = school.own(school.ana)
    assert ("Corrected.", "Tess") == (own.answer, own.answered_by)
    assert [contesting.CONTESTED, contesting.ANSWERED] == school.events()
    with reading(school.engine) as session:
        entries = trail.about(session, f"enrollment/{school.enrolment}")
    assert [school.ana.user_id, school.teacher.user_id] == [one.actor_id for one in entries]
    assert all("handed" not in str(one.details) for one in entries)


def test_nobody_answers_their_own_contest(school: School) -> None:
    made = school.contest()
    both = replace(school.ana, roles=frozenset({Role.LEARNER, Role.STAFF}))
    with pytest.raises(NotFound):
        school.answer(both, made)


@pytest.mark.parametrize("text", ["", "  \n", "\0"])
def test_an_empty_contest_or_answer_is_refused(school: School, text: str) -> None:
    with pytest.raises(NothingWritten):
        school.contest(text=text)
    made = school.contest()
    with pytest.raises(NothingWritten):
        school.answer(school.teacher, made, text)
