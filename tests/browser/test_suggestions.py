"""A budget suggestion from the first look to its acceptance, in a browser."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.accounts.access import Role
from tests.browser.people import Login
from tests.browser.test_pages import findings
from tests.browser.visiting import faults, screenshot, settled, sign_in

pytestmark = pytest.mark.browser

LEARNED_MS = 180_000
WHAT_IF_SECONDS = 2.0  # with the browser and a shared machine; the answer itself takes far less


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=str)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    scheme, width = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-GB"
    )
    yield context.new_page()
    context.close()


def card(page: Page, label: str, number: int = 0) -> str:
    """The value of a metric's card."""
    cards = page.get_by_test_id("stMetric").filter(has_text=label)
    return cards.nth(number).get_by_test_id("stMetricValue").inner_text()


def test_a_budget_is_limited_tried_and_accepted(
    page: Page, address: str, logins: dict[Role, Login], request: pytest.FixtureRequest
) -> None:
    name = f"suggestions-{request.node.callspec.id}"
    sign_in(page, address, logins[Role.MARKETER], "/suggestions")
    expect(page.get_by_text("Expected gain").first).to_be_visible(timeout=LEARNED_MS)
    settled(page)
    gain = card(page, "Expected gain")
    assert gain.startswith("+")

    page.get_by_text("Limits of the plan").click()
    total = page.get_by_label("Total over these days", exact=False)
    total.fill("100")
    total.press("Enter")
    expect(page.get_by_text("The budget of $100.00 is below")).to_be_visible()
    assert "total=100" in page.url
    screenshot(page, f"{name}-limits")
    assert findings(page) == []
    total.fill("")
    total.press("Enter")
    expect(page.get_by_text("The budget of $100.00 is below")).to_have_count(0)
    settled(page)
    assert card(page, "Expected gain") == gain

    handle = page.get_by_role("slider", name="Brand search").last
    handle.focus()
    begun = time.perf_counter()
    handle.press("ArrowRight")
    expect(page.get_by_text("This is today's spend.")).to_have_count(0)
    assert time.perf_counter() - begun < WHAT_IF_SECONDS
    expect(page.get_by_text("90% interval of the gain")).to_be_visible()

    page.get_by_role("button", name="Accept", exact=False).first.click()
    page.get_by_role("button", name="Accept it").first.click()
    expect(page.get_by_text("The suggestion is on the track record.")).to_be_visible()
    settled(page)
    assert faults(page) + findings(page) == []


@pytest.mark.parametrize(
    "part", ["Audiences", "Creatives", "Timing", "All together", "Next experiment"]
)
def test_every_part_opens_by_its_address_and_passes_axe(
    page: Page,
    address: str,
    logins: dict[Role, Login],
    part: str,
    request: pytest.FixtureRequest,
) -> None:
    sign_in(page, address, logins[Role.MARKETER], f"/suggestions?tab={part.replace(' ', '+')}")
    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=LEARNED_MS)
    settled(page)
    screenshot(page, f"suggestions-{request.node.callspec.id}")
    assert faults(page) + findings(page) == []
