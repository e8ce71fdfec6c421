"""Verifying a certificate in a browser without signing in."""

import pytest
from starlette.testclient import TestClient

from core.accounts.access import Role
from core.courses import certificate_codes, certificate_queries, certificates, service
from core.courses.models import Enrollment, EnrollmentStatus
from tests.api.conftest import served
from tests.core.courses.records import course, enrol, lesson_ids, person
from wiring import Services

UNKNOWN = "No certificate has this code."


@pytest.fixture
def enrolment(quick_services: Services) -> int:
    with quick_services.work() as session:
        ana = person(session, "Ana <Ruiz>", Role.LEARNER)
        taught = course(session, "A1", [1])
        own = enrol(session, ana, taught)
        service.complete_lesson(session, ana, own.id, lesson_ids(taught)[0])
        certificates.issue(session, ana, own.id)
        return own.id


def code_of(services: Services, enrolment: int) -> str:
    with services.reading() as session:
        made = certificate_queries.of_enrolment(session, enrolment)
        assert made is not None
        return certificate_codes.shown(made.code)


def test_a_code_tells_whose_certificate_it_is(quick_services: Services, enrolment: int) -> None:
    client = TestClient(served(quick_services))
    code = code_of(quick_services, enrolment)
    answer = client.get("/verify", params={"code": code.lower()})
    assert 200 == answer.status_code
    assert "is valid: Ana &lt;Ruiz&gt; completed the course Course A1 on" in answer.text
    assert "no-store" == answer.headers["cache-control"]
    spanish = {"accept-language": "es-MX"}
    told = client.get("/verify", params={"code": code}, headers=spanish).text
    assert "Este certificado es válido" in told


def test_every_code_that_is_not_good_answers_alike(
    quick_services: Services, enrolment: int
) -> None:
    client = TestClient(served(quick_services))
    gone = code_of(quick_services, enrolment)
    with quick_services.work() as session:
        session.delete(session.get_one(Enrollment, enrolment))
    told = set()
    for code in (gone, "0" * 28, "no code", "x" * 5000, "\0", "<b>"):
        answer = client.get("/verify", params={"code": code})
        told.add((answer.status_code, UNKNOWN in answer.text))
        assert "<b>" not in answer.text
    assert {(404, True)} == told


def test_a_withdrawn_certificate_names_nobody(quick_services: Services, enrolment: int) -> None:
    with quick_services.work() as session:
        session.get_one(Enrollment, enrolment).status = EnrollmentStatus.WITHDRAWN
    answer = TestClient(served(quick_services)).get(
        "/verify", params={"code": code_of(quick_services, enrolment)}
    )
    assert "was withdrawn" in answer.text
    assert "Ana" not in answer.text


def test_without_a_code_there_is_only_the_form(quick_services: Services) -> None:
    answer = TestClient(served(quick_services)).get("/verify")
    assert (200, True) == (answer.status_code, 'name="code"' in answer.text)
    assert UNKNOWN not in answer.text
