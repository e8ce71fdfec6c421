"""What a person does in a browser: sign in, open a page, wait until it stands still, look."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import Login

SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
_STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def sign_in(page: Page, address: str, login: Login, path: str = "/") -> None:
    """Ask for a page, be sent to the form, fill it in, arrive."""
    page.goto(address + path)
    page.get_by_label("E-mail address").fill(login.email)
    page.get_by_label("Password").fill(login.password)
    page.get_by_role("button", name="Sign in").click()
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page's script has run and nothing is still loading."""
    page.wait_for_selector(_STILL, timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=15_000)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_selector(_STILL, timeout=30_000)


def faults(page: Page) -> list[str]:
    """Exceptions and error boxes that stand on the page."""
    shown = page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')
    return [text.strip() for text in shown.all_inner_texts()]


def screenshot(page: Page, name: str) -> None:
    """Save the whole page, however far it scrolls, under var/screenshots, where asked for.

    It is for people to look at, with SCREENSHOTS=1; no test reads it.
    """
    if "SCREENSHOTS" not in os.environ:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    assert size is not None
    height = page.evaluate(
        "Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".filter(Boolean).map(e => e.scrollHeight))"
    )
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})
    page.wait_for_timeout(250)  # charts follow a change of size with a short animation
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.set_viewport_size(size)
