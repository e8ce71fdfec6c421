"""Everything held on a person is taken out by them, on both databases, and nobody else's."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from core import i18n
from core.accounts.access import Principal, Role
from core.audit import trail
from core.courses import contacting, contesting
from core.courses.contact_models import Way
from core.courses.ports import AnswerSource, Reason
from core.db import unit_of_work
from core.errors import Forbidden, NotFound
from core.migrations.schema import metadata
from core.personal_data import archive, service
from core.personal_data.errors import TooMuchHeld
from core.personal_data.held import HELD, IMPERSONAL, SECRET, Key
from tests.core.courses.records import assessed, course, enrol, hand_in, person, teaches

EN = i18n.language("en")
SAID = AnswerSource("completion_risk_day_30", 1, datetime(2026, 3, 1, tzinfo=UTC), 30)
OF_PEOPLE = {"users.id", "enrollments.id"}


def test_every_table_is_named_as_held_on_people_or_as_not() -> None:
    held = {one.table for one in HELD}
    assert set(metadata().tables) == held | set(IMPERSONAL)
    assert not held & set(IMPERSONAL)


def test_every_column_that_refers_to_a_person_is_followed() -> None:
    followed = {(one.table, one.column) for one in HELD}
    # The enrolment of a study clock is its person's own, whose row is given already.
    followed.add(("study_clocks", "enrollment_id"))
    referring = {
        (table.name, column.name)
        for table in metadata().tables.values()
        for column in table.c
        if {key.target_fullname for key in column.foreign_keys} & OF_PEOPLE
        or column.name in ("user_id", "actor_id", "owner_id", "enrollment_id", "subject")
    }
    assert set() == referring - followed


def test_every_named_column_is_one_of_the_schema() -> None:
    tables = metadata().tables
    for one in HELD:
        assert {one.column, *one.only} <= set(tables[one.table].c.keys()), one.table
    assert all(column in tables[table].c for table, column in SECRET)
    assert len(HELD) == len({one.file for one in HELD})


class School:
    """Lena learns with Ivo; Mia learns beside her."""

    def __init__(self, engine: Engine) -> None:
        with unit_of_work(engine) as session:
            self.lena, self.mia = (person(session, n, Role.LEARNER) for n in ("Lena", "Mia"))
            self.ivo = person(session, "Ivo", Role.INSTRUCTOR)
            taught = course(session, "A1", [1])
            teaches(session, self.ivo, taught)
            essay = assessed(session, taught, "Essay", 100, 10)
            own, other = enrol(session, self.lena, taught), enrol(session, self.mia, taught)
            hand_in(session, own, essay, 8, 51)
            hand_in(session, other, essay, 8, 87)
            contacting.contact(session, self.ivo, own.id, "Dear Lena", Way.ELSEWHERE)
            contacting.contact(session, self.ivo, other.id, "Dear Mia", Way.ELSEWHERE)
            reason = Reason("No score so far", {}, 0.1)
            contesting.contest(session, self.lena, own.id, reason, SAID, "I have one.")


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def taken_out(engine: Engine, who: Principal) -> dict[str, Any]:
    """What is in the archive by file, the README as text."""
    out = io.BytesIO()
    with unit_of_work(engine) as session:
        rows = service.export_own(session, who, out, EN)
        service.note_export(session, who.user_id, who.user_id, rows)
    with zipfile.ZipFile(out) as made:
        told: dict[str, Any] = {
            name: json.loads(made.read(name)) for name in made.namelist() if name.endswith(".json")
        }
        assert rows == sum(len(one) for one in told.values())
        told["README"] = made.read("README.txt").decode()
    return told


def test_a_learner_takes_out_their_own_rows_and_nobody_elses(
    engine: Engine, school: School
) -> None:
    told = taken_out(engine, school.lena)
    assert ["Lena"] == [one["name"] for one in told["users.json"]]
    assert [51] == [float(one["score"]) for one in told["submissions.json"]]
    assert ["Dear Lena"] == [one["text"] for one in told["contacts.json"]]
    assert ["I have one."] == [one["text"] for one in told["risk_contests.json"]]
    assert "Mia" not in str(told)
    assert "password_hash" not in told["users.json"][0]
    assert "Everything held on Lena" in told["README"]
    assert "submissions.json: 1" in told["README"]


def test_an_instructor_takes_out_that_they_wrote_but_not_to_learners_what(
    engine: Engine, school: School
) -> None:
    told = taken_out(engine, school.ivo)
    assert 2 == len(told["contacts-made_by.json"])
    assert "Dear" not in str(told)


def test_that_it_was_taken_out_is_in_the_audit_trail(engine: Engine, school: School) -> None:
    taken_out(engine, school.lena)
    with unit_of_work(engine) as session:
        entry = trail.about(session, f"user/{school.lena.user_id}")[-1]
        assert (service.EXPORTED, school.lena.user_id) == (entry.action, entry.actor_id)
        assert entry.details["rows"] > 5


def test_what_is_about_an_enrolment_of_theirs_is_found_by_its_subject(
    engine: Engine, school: School
) -> None:
    subjects = {one["subject"] for one in taken_out(engine, school.lena)["audit.json"]}
    with unit_of_work(engine) as session:
        own = taken_out(engine, school.lena)["enrollments.json"][0]["id"]
        assert trail.about(session, f"enrollment/{own}")
    assert f"enrollment/{own}" in subjects


def test_too_much_is_refused_and_somebody_unknown_is_not_found(
    engine: Engine, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work(engine) as session, pytest.raises(NotFound):
        service.export_person(session, 987_654, io.BytesIO(), EN)
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with unit_of_work(engine) as session, pytest.raises(TooMuchHeld):
        service.export_own(session, school.lena, io.BytesIO(), EN)


def test_who_asks_to_be_erased_is_seen_by_staff_until_they_take_it_back(
    engine: Engine, school: School
) -> None:
    with unit_of_work(engine) as session:
        staff = person(session, "Sam", Role.STAFF)
        service.ask_for_erasure(session, school.lena)
        service.ask_for_erasure(session, school.lena)
        assert ["Lena"] == [one.name for one in service.waiting(session, staff)]
        assert service.asked(session, school.mia) is None
        with pytest.raises(Forbidden):
            service.waiting(session, school.ivo)
        service.take_back(session, school.lena)
        assert not service.waiting(session, staff)
        actions = [one.action for one in trail.about(session, f"user/{school.lena.user_id}")]
    assert [service.ASKED, service.TAKEN_BACK] == actions[-2:]


def test_a_marketer_who_brings_in_ads_does_not_see_who_asks_to_be_erased(
    engine: Engine, school: School
) -> None:
    with unit_of_work(engine) as session:
        service.ask_for_erasure(session, school.lena)
        assert [] == service.waiting(session, person(session, "Max", Role.MARKETER))


def test_accounts_are_known_by_their_address() -> None:
    assert {"failed_sign_ins"} == {one.table for one in HELD if one.key is Key.ACCOUNT}


def test_a_process_that_has_asked_nothing_yet_knows_every_table(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with unit_of_work(sqlite_engine) as session:
        lena = person(session, "Lena", Role.LEARNER)
    made = tmp_path / "lena.zip"
    script = (
        "import sys; from sqlalchemy.orm import Session; from core import db, i18n\n"
        "from core.personal_data import service\n"
        "with Session(db.connect(sys.argv[1])) as session, open(sys.argv[2], 'wb') as out:\n"
        "    service.export_person(session, int(sys.argv[3]), out, i18n.language('en'))\n"
    )
    url = sqlite_engine.url.render_as_string(hide_password=False)
    subprocess.run([sys.executable, "-c", script, url, made, str(lena.user_id)], check=True)
    with zipfile.ZipFile(made) as archive:
        assert {one.file for one in HELD} < set(archive.namelist())
