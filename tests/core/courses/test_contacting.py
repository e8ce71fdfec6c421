"""Contacting learners, the log, and what followed, on both databases."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.mail import Mail
from core.accounts.models import User
from core.audit import trail
from core.courses import contacting
from core.courses.contact_models import Way
from core.courses.contacting import Followed, Logged
from core.courses.errors import NothingWritten
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.courses.records import NOON, assessed, course, enrol, hand_in, person, teaches


@dataclass
class School:
    engine: Engine
    ana: Principal
    teacher: Principal
    stranger: Principal
    enrolments: list[int]

    def contact(self, number: int = 0, text: str = "How are you?", way: Way = Way.MAIL) -> int:
        with unit_of_work(self.engine) as session:
            at = self.enrolments[number]
            return contacting.contact(session, self.teacher, at, text, way, 0.7, 30)

    def log(self, who: Principal) -> list[Logged]:
        with reading(self.engine) as session:
            return contacting.log(session, who, self.enrolments[0])

    def unsent(self, made: int) -> Mail | None:
        with reading(self.engine) as session:
            return contacting.unsent(session, self.teacher, made)

    def followed(self, made: int, risks: dict[int, float]) -> Followed:
        with reading(self.engine) as session:
            return contacting.followed(session, self.teacher, made, risks)


@pytest.fixture
def school(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> School:
    """Seven learners; on day 5 those with an even number hand in."""
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=2))
    with unit_of_work(engine) as session:
        teacher, stranger = (person(session, name, Role.INSTRUCTOR) for name in ("Tess", "Sam"))
        made = course(session, "A1", [1])
        teaches(session, teacher, made)
        teaches(session, stranger, course(session, "B2", [1]))
        essay = assessed(session, made, "Essay", 100, 10)
        learners = [person(session, f"Learner{n}", Role.LEARNER) for n in range(7)]
        enrolled = [enrol(session, one, made) for one in learners]
        for one in enrolled[::2]:
            hand_in(session, one, essay, 5)
        ids = [one.id for one in enrolled]
        return School(engine, learners[0], teacher, stranger, ids)


def test_a_contact_is_logged_with_who_when_and_what_and_its_mail_leaves_once(
    school: School,
) -> None:
    made = school.contact()
    mail = school.unsent(made)
    assert mail is not None
    assert ("learner0@example.org", True) == (mail.to_email, "How are you?" in mail.body)
    with unit_of_work(school.engine) as session:
        contacting.mark_sent(session, school.teacher, made)
    assert school.unsent(made) is None
    (one,) = school.log(school.teacher)
    assert ("Tess", NOON + timedelta(days=2), 0.7) == (one.made_by, one.made_at, one.risk)
    with reading(school.engine) as session:
        assert [contacting.CONTACTED] == list(session.scalars(select(Event.type)))
        (entry,) = trail.about(session, f"enrollment/{school.enrolments[0]}")
    assert {"contact_id": made, "way": "mail"} == entry.details


def test_a_learner_without_an_address_is_noted_as_contacted_elsewhere(school: School) -> None:
    with unit_of_work(school.engine) as session:
        user = session.get_one(User, school.ana.user_id)
        user.email, user.external_id = None, "x-1"
    made = school.contact()
    assert school.unsent(made) is None
    assert [Way.ELSEWHERE] == [one.way for one in school.log(school.teacher)]


def test_nobody_else_reads_or_makes_contacts(school: School) -> None:
    made = school.contact()
    assert [] == school.log(school.stranger)
    with pytest.raises(Forbidden):
        school.log(school.ana)
    with unit_of_work(school.engine) as session:
        for ask in (contacting.unsent, contacting.mark_sent):
            with pytest.raises(NotFound):
                ask(session, school.stranger, made)
        with pytest.raises(NotFound):
            contacting.contact(session, school.stranger, school.enrolments[0], "x", Way.MAIL)
        with pytest.raises(NotFound):
            contacting.followed(session, school.stranger, made, {})


def test_an_empty_message_is_refused(school: School) -> None:
    with pytest.raises(NothingWritten):
        school.contact(text=" \n")


def test_what_followed_stands_beside_similar_learners_not_contacted(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = school.contact()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=30))
    risks = {**dict.fromkeys(school.enrolments, 0.7)}
    found = school.followed(made, risks)
    assert (NOON + timedelta(days=16), True, True) == (found.until, found.is_over, found.has_acted)
    assert (6, 3) == (found.similar, found.similar_acted)


def test_who_was_contacted_too_or_stands_elsewhere_in_risk_is_not_compared(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = school.contact()
    school.contact(1)
    risks = dict.fromkeys(school.enrolments, 0.7)
    assert 5 == school.followed(made, risks).similar
    risks[school.enrolments[2]] = 0.1
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=3))
    found = school.followed(made, risks)
    assert (None, None, False, False) == (
        found.similar,
        found.similar_acted,
        found.has_acted,
        found.is_over,
    )
    assert school.followed(made, {}).similar is None


@given(st.floats(0, 1))
def test_every_risk_belongs_to_one_fifth(risk: float) -> None:
    assert 0 <= contacting.band(risk) < contacting.BANDS
