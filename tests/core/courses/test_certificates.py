"""Certificates: what is missing for one, issuing it once, and what its code tells, on both."""

import secrets
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

import wiring
from core import clock, i18n
from core.accounts.access import Principal, Role
from core.audit import trail
from core.courses import certificate_codes, certificates, service
from core.courses.certificate_document import document
from core.courses.certificate_models import Certificate
from core.courses.completion import is_complete
from core.courses.grade import Piece, grade_so_far
from core.courses.models import AssessmentKind, Course, Enrollment, EnrollmentStatus
from core.courses.progress import progress
from core.db import reading, unit_of_work
from core.documents import page_layout
from core.documents.house import DEFAULT_HOUSE
from core.errors import NotFound
from core.settings import Settings
from tests.core.courses.records import (
    assessed,
    course,
    enrol,
    hand_in,
    lesson_ids,
    person,
    teaches,
)

DAY = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)


class School:
    """Lena completes a course with 75 of 100; Ivo teaches it, Ben and Eva do not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.lena, self.ben = (person(session, n, Role.LEARNER) for n in ("Lena", "Ben"))
            self.ivo, self.eva = (person(session, n, Role.INSTRUCTOR) for n in ("Ivo", "Eva"))
            taught = course(session, "A1", [1])
            teaches(session, self.ivo, taught)
            own = enrol(session, self.lena, taught)
            hand_in(session, own, assessed(session, taught, "Essay", 100, 10), 8, 75)
            self.course, self.enrolment = taught.id, own.id
            (lesson,) = lesson_ids(taught)
            service.complete_lesson(session, self.lena, own.id, lesson)
            assert own.status is EnrollmentStatus.COMPLETED

    def issued(self, who: Principal) -> Certificate:
        with unit_of_work(self.engine) as session:
            made = certificates.issue(session, who, self.enrolment)
            session.expunge(made)
            return made

    def set_status(self, status: EnrollmentStatus) -> None:
        with unit_of_work(self.engine) as session:
            session.get_one(Enrollment, self.enrolment).status = status

    def verified(self, typed: str) -> certificates.Verified | None:
        with reading(self.engine) as session:
            return certificates.verify(session, typed)


@pytest.fixture
def school(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> School:
    monkeypatch.setattr(clock, "now", lambda: DAY)
    return School(engine)


def test_it_says_what_was_completed_as_of_the_first_time_it_was_asked_for(school: School) -> None:
    first = school.issued(school.lena)
    with unit_of_work(school.engine) as session:
        session.get_one(Course, school.course).title = "Another title"
    again = school.issued(school.ivo)

    assert (first.id, first.code) == (again.id, again.code)
    told = (again.learner, again.course, again.completed_on, again.grade, again.issued_at)
    assert ("Lena", "Course A1", DAY.date(), 75, DAY) == told
    with reading(school.engine) as session:
        assert 1 == session.scalar(select(func.count()).select_from(Certificate))
        issued = [
            one
            for one in trail.about(session, f"enrollment/{school.enrolment}")
            if one.action == certificates.ISSUED
        ]
    assert [school.lena.user_id] == [one.actor_id for one in issued]
    assert first.code not in str(issued[0].details)


def test_two_who_ask_at_once_get_the_same_one(school: School) -> None:
    with ThreadPoolExecutor(4) as at_once:
        made = list(at_once.map(school.issued, [school.lena, school.ivo] * 2))
    assert 1 == len({one.code for one in made})


@pytest.mark.parametrize("who", ["ben", "eva"])
def test_nobody_else_gets_it(school: School, who: str) -> None:
    principal: Principal = getattr(school, who)
    with pytest.raises(NotFound):
        school.issued(principal)
    with reading(school.engine) as session:
        assert not certificates.is_due(session, principal, school.enrolment)
        assert certificates.is_due(session, school.lena, school.enrolment)


def test_what_a_source_alone_calls_completed_is_not_certified(school: School) -> None:
    with unit_of_work(school.engine) as session:
        other = enrol(session, school.ben, session.get_one(Course, school.course))
        other.status, other.ended_at = EnrollmentStatus.COMPLETED, DAY
        session.flush()
        assert not certificates.is_due(session, school.ben, other.id)
        with pytest.raises(NotFound):
            certificates.issue(session, school.ben, other.id)


def test_a_code_tells_name_course_and_day_however_it_is_typed(school: School) -> None:
    code = certificate_codes.shown(school.issued(school.lena).code)
    for typed in (code, code.lower().replace("-", " "), code.replace("0", "o").replace("1", "l")):
        found = school.verified(typed)
        assert certificates.Verified("Lena", "Course A1", DAY.date(), is_valid=True) == found


def test_a_code_is_withdrawn_with_the_completion_and_gone_with_the_learner(school: School) -> None:
    code = school.issued(school.lena).code
    school.set_status(EnrollmentStatus.FAILED)
    found = school.verified(code)
    assert found is not None
    assert not found.is_valid
    with pytest.raises(NotFound):
        school.issued(school.lena)
    with unit_of_work(school.engine) as session:
        session.delete(session.get_one(Enrollment, school.enrolment))
    assert school.verified(code) is None


@pytest.mark.parametrize("typed", ["", "x", "U" * 28, "0" * 28, "0" * 10_000, "\0" * 28, "ñ" * 28])
def test_what_is_no_code_tells_nothing(school: School, typed: str) -> None:
    school.issued(school.lena)
    assert school.verified(typed) is None


def test_a_code_is_140_bits_from_the_systems_randomness(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def choice(letters: str) -> str:
        drawn.append(len(letters))
        return letters[7]

    monkeypatch.setattr(secrets, "choice", choice)
    assert "7" * 28 == certificate_codes.draw()
    assert [32] * 28 == drawn


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Certificate of completion", "Lena", "Course A1", "April 7, 2026", "75 of 100"]),
        (
            "es",
            ["Certificado de finalización", "Lena", "Course A1", "7 de abril de 2026", "75 de 100"],
        ),
    ],
)
def test_the_pdf_says_it_and_is_the_same_every_time(
    school: School, settings: Settings, language: str, words: list[str]
) -> None:
    wired = replace(wiring.build(settings), engine=school.engine)
    t = i18n.language(language)
    made = wired.certificate(school.lena, school.enrolment, t)
    assert made == wired.certificate(school.ivo, school.enrolment, t)
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    )
    text = read.stdout.decode()
    code = certificate_codes.shown(school.issued(school.lena).code)
    for word in (*words, code, f"{settings.base_url.rstrip('/')}/verify"):
        assert word in text


def test_a_course_without_graded_work_has_no_line_for_a_grade() -> None:
    made = Certificate(
        code="0" * 28,
        learner="Lena",
        course="A1",
        starts_on=DAY.date(),
        ends_on=DAY.date(),
        completed_on=DAY.date(),
        grade=None,
        issued_at=DAY,
    )
    told = document(made, "https://example.org", DEFAULT_HOUSE, i18n.language("en"))
    assert "Grade" not in {text for _, text in told.texts()}
    assert page_layout.pdf(told) == page_layout.pdf(told)


@given(
    required=st.dictionaries(st.integers(1, 5), st.integers(0, 3).map(Decimal)),
    done=st.sets(st.integers(1, 5)),
    pieces=st.dictionaries(st.integers(1, 4), st.integers(0, 3).map(Decimal)),
    scores=st.dictionaries(st.integers(1, 4), st.integers(0, 100).map(Decimal)),
    pass_mark=st.integers(0, 100),
)
def test_nothing_is_missing_exactly_when_the_course_is_complete(
    required: dict[int, Decimal],
    done: set[int],
    pieces: dict[int, Decimal],
    scores: dict[int, Decimal],
    pass_mark: int,
) -> None:
    work = {key: Piece(AssessmentKind.ASSIGNMENT, weight) for key, weight in pieces.items()}
    grade = grade_so_far(work, {key: one for key, one in scores.items() if key in work})
    reached = progress(required, done)
    found = certificates.missing(reached, grade, pass_mark)
    assert found.is_nothing is is_complete(reached, grade, pass_mark)
