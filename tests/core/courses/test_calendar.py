"""Due work as a calendar that other programs read, and the address it is read at."""

from datetime import date, datetime

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.courses import calendar
from core.courses.models import AssessmentKind
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.i18n import language
from tests.core.courses.records import NOON, assessed, course, enrol, person

KEY = b"a key"
LONG = "Write about «año nuevo», tides; and commas, " + "é" * 60


@pytest.fixture
def ana(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Principal:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 9))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        taught = course(session, "A1", [1])
        enrol(session, ana, taught)
        assessed(session, taught, LONG, 50, 10)
        assessed(session, taught, "Exam", 50, None, AssessmentKind.EXAM)
        return ana


def text(engine: Engine, ana: Principal) -> bytes:
    with reading(engine) as session:
        return calendar.own_calendar(session, ana, "https://x.example/", language("en"))


def test_work_with_a_date_is_a_day_long_event_in_lines_that_are_folded(
    engine: Engine, ana: Principal
) -> None:
    written = text(engine, ana)
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")

    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert date(2026, 3, 12) == event["DTSTART"].dt
    assert date(2026, 3, 13) == event["DTEND"].dt
    assert f"{LONG} (Course A1)" == str(event["SUMMARY"])
    stamp: datetime = event["DTSTAMP"].dt
    assert (NOON, b"DTSTAMP:20260302T120000Z" in lines) == (stamp, True)
    assert str(event["URL"]).startswith("https://x.example/course?enrolment=")


def test_an_event_keeps_its_uid_when_it_is_written_again(engine: Engine, ana: Principal) -> None:
    first, second = (Calendar.from_ical(text(engine, ana)).walk("VEVENT") for _ in range(2))
    assert [str(first[0]["UID"])] == [str(one["UID"]) for one in second]


def opens(engine: Engine, secret: str | None, key: bytes = KEY) -> Principal:
    assert secret is not None
    with reading(engine) as session:
        return calendar.reader_of(session, secret, key)


def made(engine: Engine, ana: Principal) -> str:
    with unit_of_work(engine) as session:
        calendar.make_address(session, ana)
    with reading(engine) as session:
        part = calendar.address_part(session, ana, KEY)
    assert part is not None
    return part


def test_an_address_opens_its_own_persons_calendar_until_it_is_replaced_or_ended(
    engine: Engine, ana: Principal
) -> None:
    with reading(engine) as session:
        assert calendar.address_part(session, ana, KEY) is None
    first = made(engine, ana)
    assert ana.user_id == opens(engine, first).user_id
    second = made(engine, ana)
    with pytest.raises(NotFound):
        opens(engine, first)
    with unit_of_work(engine) as session:
        calendar.revoke_address(session, ana)
    with pytest.raises(NotFound):
        opens(engine, second)


def test_no_other_address_opens_anything(engine: Engine, ana: Principal) -> None:
    good = made(engine, ana)
    for bad in ("", "1", "1-", "x-1", good[:-1], good + "0", "2" + good[1:], "1-\udc80", "9" * 40):
        with pytest.raises(NotFound):
            opens(engine, bad)
    with pytest.raises(NotFound):
        opens(engine, good, b"another key")


def test_who_may_no_longer_sign_in_has_no_calendar(engine: Engine, ana: Principal) -> None:
    good = made(engine, ana)
    with unit_of_work(engine) as session:
        session.get_one(User, ana.user_id).is_active = False
    with pytest.raises(NotFound):
        opens(engine, good)


def test_who_may_not_open_courses_makes_no_address(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        mark = person(session, "Mark", Role.MARKETER)
        with pytest.raises(Forbidden):
            calendar.make_address(session, mark)
