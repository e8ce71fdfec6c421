import pytest
from sqlalchemy import Engine

from components import viewer
from core.accounts import service
from core.accounts.access import Area
from core.accounts.schemas import SignedIn
from core.db import unit_of_work
from core.errors import Forbidden
from tests.components.test_viewer import Browser, admin, browser, grace

__all__ = ["admin", "browser", "grace"]  # fixtures


def test_a_deferred_body_runs_for_whoever_is_signed_in(browser: Browser, grace: SignedIn) -> None:
    build = viewer.later(Area.CAMPAIGNS, lambda who: who.email)
    assert build() == "grace@example.org"


def test_a_deferred_body_is_refused_once_the_session_has_ended(
    browser: Browser, grace: SignedIn, sqlite_engine: Engine
) -> None:
    build = viewer.later(Area.CAMPAIGNS, lambda who: who.email)
    with unit_of_work(sqlite_engine) as session:
        service.sign_out(session, grace.secret)
    with pytest.raises(Forbidden):
        build()


def test_a_deferred_body_is_refused_to_the_wrong_role(browser: Browser, grace: SignedIn) -> None:
    with pytest.raises(Forbidden):
        viewer.later(Area.PEOPLE, lambda who: who.email)()


def test_a_deferred_body_is_refused_to_a_stranger(browser: Browser) -> None:
    with pytest.raises(Forbidden):
        viewer.later(Area.CAMPAIGNS, lambda who: who.email)()
