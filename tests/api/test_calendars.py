"""A calendar's address, asked for as a calendar program does: without any cookie."""

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from core.accounts.access import Role
from core.courses import calendar
from tests.api.conftest import served
from tests.core.courses.records import assessed, course, enrol, person
from wiring import Services


@pytest.fixture
def address(services: Services, engine: Engine) -> str:
    with services.work() as session:
        ana = person(session, "Ana", Role.LEARNER)
        taught = course(session, "A1", [1])
        taught.duration_weeks = 2000  # so that it is not over whenever this runs
        enrol(session, ana, taught)
        assessed(session, taught, "Essay", 100, 13_000)
        calendar.make_address(session, ana)
    with services.reading() as session:
        part = calendar.address_part(session, ana, services.calendar_key)
    return f"/calendar/{part}.ics"


def test_a_calendar_is_read_without_signing_in(services: Services, address: str) -> None:
    answer = TestClient(served(services)).get(address)

    assert (200, "text/calendar; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )
    assert "SUMMARY:Essay (Course A1)" in answer.text
    assert "private, no-store" == answer.headers["cache-control"]


def test_every_other_address_below_is_not_there(services: Services, address: str) -> None:
    client = TestClient(served(services))
    for other in (address[:-4], address.replace(".ics", "0.ics"), "/calendar/x.ics"):
        assert (404, "Not found") == (client.get(other).status_code, client.get(other).text)
