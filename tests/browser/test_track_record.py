"""From an accepted budget plan to its verdict, in the sample world whose days respond to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.accounts.access import Role
from tests.browser.people import ADMIN_EMAIL, PASSWORD, Login, add_people
from tests.browser.server import manage, serving
from tests.browser.test_pages import findings
from tests.browser.visiting import faults, screenshot, settled, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """A sample world of this test's own, for it goes on; its responses are learned."""
    home = tmp_path / "installation"
    first = ("init", "--admin-email", ADMIN_EMAIL, "--password-stdin", "--sample")
    manage(home, *first, stdin=PASSWORD + "\n")
    manage(home, "worker", "--once")
    return home


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def accept_budget(page: Page) -> None:
    page.get_by_role("button", name="Accept").first.click()
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("The suggestion is on the track record.")).to_be_visible()


def download(page: Page) -> str:
    page.get_by_role("button", name="Budgets for the platforms").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Google Ads").click()
    page.keyboard.press("Escape")
    return Path(coming.value.path()).read_text("utf-8-sig")


def test_an_accepted_budget_is_judged_when_its_days_are_told(own_home: Path, page: Page) -> None:
    login: Login = add_people(own_home)[Role.MARKETER]
    with serving(own_home, RUN_WORKER="false") as server:
        sign_in(page, server.address, login, "/suggestions")
        accept_budget(page)
        page.goto(f"{server.address}/track-record")
        settled(page)
        expect(page.get_by_text("It is judged after the first import that tells")).to_be_visible()
        assert download(page).startswith("Campaign,Campaign ID,Budget")
        screenshot(page, "track-record-open")

        manage(own_home, "sample", "advance", "--days", "30")
        page.goto(f"{server.address}/track-record")
        settled(page)
        expect(
            page.get_by_text("1 judged so far; calibration is shown from 10 on.")
        ).to_be_visible()
        assert [] == faults(page)
        assert [] == findings(page)
        screenshot(page, "track-record-judged-light-1280")
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 844})
        page.reload()
        settled(page)
        assert [] == findings(page)
        screenshot(page, "track-record-judged-dark-390")
