"""Signing in with a real browser, and what an open tab does once its session has ended."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

import wiring
from core.accounts import repository
from core.accounts.access import Role
from core.accounts.models import User
from core.clock import now
from core.settings import Settings
from tests.browser.people import PASSWORD, Login
from tests.browser.visiting import screenshot, settled, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def end_sessions(home: Path, email: str) -> None:
    """End a person's sessions from outside, as an administrator elsewhere would."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.work() as session:
        user_id = session.scalars(select(User.id).where(User.email == email)).one()
        repository.end_sessions(session, user_id, now())
    services.engine.dispose()


def test_the_page_first_asked_for_opens_after_signing_in(
    page: Page, address: str, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.MARKETER], "/campaigns?q=1")

    expect(page).to_have_url(re.compile(re.escape(f"{address}/campaigns")))


def test_an_open_tab_shows_that_its_session_has_ended(
    page: Page, address: str, home: Path, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.STAFF], "/profile")
    end_sessions(home, logins[Role.STAFF].email)

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(f"{address}/signin?next=%2Fprofile")


def test_signing_out_ends_every_tab(
    context: BrowserContext, address: str, logins: dict[Role, Login]
) -> None:
    first = context.new_page()
    sign_in(first, address, logins[Role.LEARNER], "/profile")
    second = context.new_page()
    second.goto(f"{address}/profile")
    settled(second)

    first.get_by_role("button", name="Sign out").click()
    expect(first.get_by_role("heading", name="You are signed out")).to_be_visible()
    second.get_by_role("button", name="Save").click()

    expect(second.get_by_role("heading", name="You are signed out")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_form_passes_axe_with_and_without_a_complaint(
    chromium: Browser, address: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="es-ES",
    )
    page = context.new_page()
    page.goto(f"{address}/signin")
    found = [*Axe().run(page).response["violations"]]
    page.get_by_label("Correo electrónico").fill("nobody@example.org")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += Axe().run(page).response["violations"]
    screenshot(page, f"signin-{scheme}-{width}")
    context.close()

    assert [violation["id"] for violation in found] == []
