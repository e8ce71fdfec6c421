from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

import pages
from core.accounts import repository
from core.accounts.access import Area, Role
from core.db import unit_of_work
from core.settings import Settings
from tests.pages.installation import Installation

SHELL = Path(__file__).parents[2] / "components" / "shell.py"


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


def shell() -> AppTest:
    """The whole script after its first run, at the address of the home page."""
    return AppTest.from_file(str(SHELL), default_timeout=30).run()


def test_who_has_no_role_is_told_so_and_may_sign_out(installation: Installation) -> None:
    who = installation.enter(Role.LEARNER)
    with unit_of_work(installation.services.engine) as session:
        repository.replace_roles(session, who.user_id, [])
    test = shell()

    assert [] == [fault.value for fault in test.exception]
    assert ["You have no role yet. Ask an administrator."] == [one.value for one in test.info]
    assert [] == list(test.title)
    test.button[0].click().run()
    assert ["You are signed out"] == [one.value for one in test.title]


def test_a_page_of_other_roles_runs_none_of_its_code(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> None:
        raise AssertionError("the page's own code was run")

    entries = (replace(pages.PAGES[0], show=told, area=Area.PEOPLE), *pages.PAGES[1:])
    monkeypatch.setattr(pages, "PAGES", entries)
    installation.enter(Role.LEARNER)
    test = shell()

    assert [] == [fault.value for fault in test.exception]
    assert ["This page is not for your role."] == [one.value for one in test.info]
