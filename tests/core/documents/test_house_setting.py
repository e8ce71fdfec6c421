import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from core.accounts.access import Role
from core.audit.trail import about
from core.db import unit_of_work
from core.documents import house_setting, service
from core.documents.errors import LogoNotReadable, NotAColour
from core.documents.formatting import FormattingRules
from core.documents.house import DEFAULT_HOUSE, House, Typeface
from core.errors import Forbidden
from tests.core.documents.records import person
from tests.core.documents.test_making import made, only, requested

STYLE = {"organisation": "Harbour  Bakery", "accent": "#7a1fa2", "typeface": "Inter"}


def picture(kind: str = "JPEG") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (30, 10), "#7A1FA2").save(content, kind)
    return content.getvalue()


def test_staff_set_it_once_and_it_is_in_the_audit_trail(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        assert house_setting.current(session) == DEFAULT_HOUSE
        house_setting.set_house(session, person(session, Role.STAFF), **STYLE, logo=picture())
    with unit_of_work(engine) as session:
        house = house_setting.current(session)
        assert ("Harbour Bakery", "7A1FA2") == (house.organisation, house.accent)
        assert house.logo.startswith(b"\x89PNG")
        assert ["house_style.set"] == [one.action for one in about(session, "house_style")]


@pytest.mark.parametrize("role", [Role.MARKETER, Role.INSTRUCTOR, Role.LEARNER])
def test_nobody_else_sets_it(sqlite_engine: Engine, role: Role) -> None:
    with unit_of_work(sqlite_engine) as session, pytest.raises(Forbidden):
        house_setting.set_house(session, person(session, role), **STYLE, logo=None)


def test_a_bad_colour_or_logo_is_refused(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.ADMIN)
        with pytest.raises(NotAColour):
            house_setting.set_house(session, me, **STYLE | {"accent": "red"}, logo=None)
        for content in (b"<svg/>", b"\x89PNG broken", b""):
            with pytest.raises(LogoNotReadable):
                house_setting.set_house(session, me, **STYLE, logo=content)


def test_a_style_survives_its_record() -> None:
    house = House("A", "010203", Typeface.LIBERTINUS, picture("PNG"))
    assert house == House.from_record(house.as_record())
    rules = FormattingRules(("a", "b"), has_cover=True, pages=("b",))
    assert rules == FormattingRules.from_record(rules.as_record())


def test_a_document_made_again_is_that_of_then_whatever_was_set_since(
    engine: Engine, tmp_path: Path
) -> None:
    made(engine, requested(engine), tmp_path)
    with unit_of_work(engine) as session:
        me = person(session, Role.ADMIN, name="later")
        house_setting.set_house(session, me, **STYLE, logo=picture())
    with unit_of_work(engine) as session:
        again = service.make_again(session, me, only(session).id)
        assert again.is_same
        only(session).variables = only(session).variables | {"title": "Changed"}
        assert not service.make_again(session, me, only(session).id).is_same
