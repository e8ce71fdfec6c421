from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import wiring
from components import viewer
from core.accounts import administration, service
from core.accounts.access import Principal, Role
from core.accounts.schemas import SignedIn
from core.db import unit_of_work
from core.settings import Settings
from tests.core.accounts.people import administrator, joined, signed_in


class Browser:
    """The cookies and headers that a tab sends."""

    cookies: dict[str, str]

    def __init__(self) -> None:
        self.cookies = {}
        self.headers = {"Accept-Language": "en"}


@pytest.fixture
def browser(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Iterator[Browser]:
    """A browser before an installation of its own."""
    made = Browser()
    wired = replace(wiring.build(settings), engine=sqlite_engine)
    monkeypatch.setattr(viewer, "services", lambda: wired)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: made.cookies))
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: made.headers))
    yield made
    wired.engine.dispose()


@pytest.fixture
def admin(sqlite_engine: Engine) -> Principal:
    with unit_of_work(sqlite_engine) as session:
        return administrator(session)


@pytest.fixture
def grace(sqlite_engine: Engine, admin: Principal, browser: Browser) -> SignedIn:
    """A marketer whose session the browser holds."""
    with unit_of_work(sqlite_engine) as session:
        joined(session, admin, "grace@example.org", Role.MARKETER)
        made = signed_in(session, "grace@example.org")
    browser.cookies["session"] = made.secret
    return made


def app() -> None:
    """A page with a fragment and a callback, behind the shell's gate."""
    import streamlit as st

    from components import viewer
    from core.accounts.access import Area

    if viewer.open_session() is None:
        viewer.signed_out()
        st.stop()

    @viewer.checked(Area.CAMPAIGNS)
    def count() -> None:
        st.session_state["counted"] = st.session_state.get("counted", 0) + 1

    @st.fragment
    @viewer.checked(Area.CAMPAIGNS)
    def figures() -> None:
        if st.button("Ask", key="ask"):
            st.write("asked")
        st.write("figures")

    st.write(f"hello {viewer.page(Area.CAMPAIGNS).name}")
    st.button("Count", key="count", on_click=count)
    st.write(f"counted {st.session_state.get('counted', 0)}")
    figures()


def words_of(test: AppTest) -> list[str]:
    return [element.value for element in [*test.title, *test.markdown]]


SIGNED_OUT = [
    "You are signed out",
    "Your sign-in has ended. Sign in to go on where you were.",
]


def test_without_a_cookie_the_tab_is_signed_out(browser: Browser) -> None:
    test = AppTest.from_function(app).run()

    assert words_of(test) == SIGNED_OUT


def test_a_cookie_of_our_own_invention_opens_nothing(browser: Browser) -> None:
    browser.cookies["session"] = "made-up"

    assert words_of(AppTest.from_function(app).run()) == SIGNED_OUT


def test_a_session_shows_its_person_and_works(grace: SignedIn) -> None:
    test = AppTest.from_function(app).run()
    test.button(key="count").click().run()

    assert words_of(test) == ["hello Grace Guest", "counted 1", "figures"]


def test_a_callback_of_an_ended_session_does_nothing(
    grace: SignedIn, sqlite_engine: Engine
) -> None:
    test = AppTest.from_function(app).run()
    with unit_of_work(sqlite_engine) as session:
        service.sign_out(session, grace.secret)

    test.button(key="count").click().run()

    assert words_of(test) == SIGNED_OUT
    assert "counted" not in test.session_state
    assert not test.exception


def test_a_fragment_of_an_ended_session_draws_nothing(
    grace: SignedIn, sqlite_engine: Engine, admin: Principal
) -> None:
    test = AppTest.from_function(app).run()
    with unit_of_work(sqlite_engine) as session:
        administration.deactivate(session, admin, grace.principal.user_id)

    test.button(key="ask").click().run()

    assert words_of(test) == SIGNED_OUT
    assert not test.exception


def test_a_lost_role_counts_at_the_next_click(
    grace: SignedIn, sqlite_engine: Engine, admin: Principal
) -> None:
    test = AppTest.from_function(app).run()
    with unit_of_work(sqlite_engine) as session:
        administration.set_roles(session, admin, grace.principal.user_id, [Role.LEARNER])

    test.button(key="count").click().run()

    assert "counted" not in test.session_state
    assert "hello Grace Guest" not in words_of(test)
    assert len(test.exception) == 1


def test_another_persons_tab_keeps_nothing_of_the_first(
    grace: SignedIn, browser: Browser, sqlite_engine: Engine, admin: Principal
) -> None:
    test = AppTest.from_function(app).run()
    test.button(key="count").click().run()
    with unit_of_work(sqlite_engine) as session:
        browser.cookies["session"] = signed_in(session).secret

    test.run()

    assert words_of(test) == ["hello Ada Admin", "counted 0", "figures"]


def language_app() -> None:
    import streamlit as st

    from components import viewer

    viewer.open_session()
    st.write(viewer.words().code)


@pytest.mark.parametrize(
    ("accepts", "cookie", "profile", "expected"),
    [
        ("de, es;q=0.8", None, None, "es"),
        ("es", "en", None, "en"),
        ("es", "en", "es", "es"),
        ("en", "xx", None, "en"),
    ],
)
def test_the_profile_then_the_cookie_then_the_browser_choose_the_language(
    grace: SignedIn,
    browser: Browser,
    sqlite_engine: Engine,
    accepts: str,
    cookie: str | None,
    profile: str | None,
    expected: str,
) -> None:
    browser.headers["Accept-Language"] = accepts
    if cookie:
        browser.cookies["language"] = cookie
    with unit_of_work(sqlite_engine) as session:
        service.set_language(session, grace.principal, profile)

    assert words_of(AppTest.from_function(language_app).run()) == [expected]
