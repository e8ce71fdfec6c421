"""Every role opens every page it may, in light, dark and at 390 px; axe-core reads each."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

import pages
from core.accounts.access import Principal, Role
from tests.browser.people import Login
from tests.browser.visiting import faults, screenshot, settled, sign_in

pytestmark = pytest.mark.browser

LOOKS = [("light", 1280), ("dark", 390)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What axe-core finds in elements that Streamlit itself draws and that no setting of ours reaches:
# the rule, and what the element's source contains.
STREAMLITS_OWN = {
    "list": 'data-testid="stSidebarNavItems"',  # the navigation's list has div children
    "listitem": '<li class="st-emotion-cache',  # … and its items stand in them
    "svg-img-alt": "highlighted_points_marks",  # hover marks of a metric's sparkline, unnamed
    "target-size": 'role="spinbutton"',  # day and month of a date input stand close together
}
# Streamlit asks below a page's own address first whether it is served there.
STREAMLITS_PROBE = re.compile(r"/_stcore/(health|host-config)$")


def may_open(role: Role) -> list[pages.Entry]:
    person = Principal(0, "", "", frozenset({role}))
    return [entry for entry in pages.PAGES if person.may_open(entry.area)]


@pytest.fixture(params=[(role, look) for role in Role for look in LOOKS], ids=str)
def visit(
    request: pytest.FixtureRequest, chromium: Browser, address: str, logins: dict[Role, Login]
) -> Iterator[tuple[Page, Role, str]]:
    """A signed-in browser of one role and one look."""
    role, (scheme, width) = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-GB"
    )
    page = context.new_page()
    sign_in(page, address, logins[role])
    yield page, role, f"{role.value}-{scheme}-{width}"
    context.close()


def test_every_page_opens_without_a_fault_and_passes_axe(
    visit: tuple[Page, Role, str], address: str
) -> None:
    page, role, name = visit
    complaints = []
    console: list[str] = []
    page.on("console", lambda said: console.extend(errors(said)))
    for entry in may_open(role):
        page.goto(f"{address}/{'' if entry is pages.PAGES[0] else entry.url_path}")
        settled(page)
        screenshot(page, f"{entry.url_path}-{name}")
        complaints += [f"{entry.url_path}: {text}" for text in faults(page)]
        complaints += [f"{entry.url_path}: {finding}" for finding in findings(page)]
    assert complaints + console == []


def errors(said: ConsoleMessage) -> list[str]:
    """The message, when it is an error of ours."""
    probe = STREAMLITS_PROBE.search(said.location.get("url", ""))
    return [] if said.type != "error" or probe else [said.text]


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page, beyond Streamlit's own listed findings."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{violation['id']} at {node['target']}: {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
        if STREAMLITS_OWN.get(violation["id"], "\0") not in node["html"]
    ]
