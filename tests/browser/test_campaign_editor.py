"""A campaign is planned, activated, changed by two people at once, and looked back on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

import wiring
from core.accounts import repository
from core.accounts.access import Principal, Role
from core.campaigns import parts, service
from core.campaigns.parts import PartOf, PartPlan
from core.campaigns.plan import CampaignRecord
from core.settings import Settings
from tests.browser.people import ADMIN_EMAIL, Login
from tests.browser.test_pages import findings
from tests.browser.visiting import faults, screenshot, settled, sign_in

pytestmark = pytest.mark.browser

CAMPAIGN = 1  # the sample world's first
GROUP = "A night owl"  # the first by name
NAME = "Spring & summer *courses*"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


def administrator(session: Session) -> Principal:
    admin = repository.user_by_email(session, ADMIN_EMAIL)
    assert admin is not None
    return Principal(admin.id, admin.name, ADMIN_EMAIL, frozenset({Role.ADMIN}))


def colleague(home: Path, budget: Decimal) -> CampaignRecord:
    """The administrator changes the budget from elsewhere; the campaign as it was before."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.work() as session:
        who = administrator(session)
        (record,) = [one for one in service.list_campaigns(session, who) if one.plan.name == NAME]
        plan = replace(record.plan, budget=budget, industry="education")
        service.change_campaign(session, who, record.campaign_id, plan, record.version)
    services.engine.dispose()
    return record


def fill(page: Page, **fields: str) -> None:
    """Type into fields by their label."""
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def press(page: Page, button: str, exact: bool = False) -> None:
    page.get_by_role("button", name=button, exact=exact).click()
    settled(page)


def write_a_plan(page: Page) -> None:
    page.get_by_role("link", name="Plan a campaign").click()
    expect(page.get_by_role("heading", name="Plan a campaign")).to_be_visible()
    settled(page)
    fill(
        page,
        Name=NAME,
        Account_number="4711",
        Number_at_the_ad_platform="815",
        Budget="1500.25",
    )
    page.get_by_role("combobox", name="Platform").click()
    page.get_by_role("option", name="Google Ads").click()
    page.get_by_label("CPA at most", exact=True).fill("12.5")
    press(page, "Plan the campaign")


def test_a_campaign_is_planned_activated_and_changed_by_two_people_at_once(
    page: Page, address: str, home: Path, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.MARKETER], "/campaign-plans")
    write_a_plan(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert "plan=" in page.url

    press(page, "Activate")
    expect(page.get_by_text("The campaign is active.")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()

    assert colleague(home, Decimal(1800)).plan.budget == Decimal("1500.25")
    fill(page, Budget="2000")
    press(page, "Save the plan")
    expect(
        page.get_by_text("While you were editing, Administrator saved this plan.")
    ).to_be_visible()
    expect(page.get_by_role("row", name="Budget $2,000.00 $1,800.00 $1,500.25")).to_be_visible()
    expect(page.get_by_label("Budget", exact=True)).to_have_value("2000.00")
    screenshot(page, "campaign-plan-conflict")

    press(page, "Save the plan")
    expect(page.get_by_text("While you were editing")).to_have_count(0)
    settled(page)
    expect(page.get_by_label("Industry", exact=True)).to_have_value("education")
    expect(page.get_by_text("$2,000.00").first).to_be_visible()
    screenshot(page, "campaign-plan-history")
    assert faults(page) + findings(page) == []

    last = colleague(home, Decimal(2100))
    assert (last.plan.budget, last.plan.industry) == (Decimal(2000), "education")


def audience(home: Path, change: Callable[[PartPlan], PartPlan]) -> None:
    """The administrator changes the added audience from elsewhere."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    with services.work() as session:
        who = administrator(session)
        found = parts.parts(session, who, CAMPAIGN, PartOf.AUDIENCE)
        (part,) = [one for one in found if one.plan.name == GROUP]
        new = change(part.plan)
        parts.change_part(session, who, CAMPAIGN, PartOf.AUDIENCE, part.part_id, new, part.plan)
    services.engine.dispose()


def choose_first_row(page: Page, alt: str) -> None:
    """Tick the first row of a table, which is drawn on a canvas."""
    page.get_by_role("region", name=alt).click(position={"x": 18, "y": 52})
    settled(page)


def test_an_audience_is_added_changed_while_another_changes_it_and_removed(
    page: Page, address: str, home: Path, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.MARKETER], f"/campaign-plan?plan={CAMPAIGN}")
    page.get_by_role("button", name="Add an audience").click()
    form = page.get_by_test_id("stPopoverBody")
    form.get_by_label("Name", exact=True).fill(GROUP)
    form.get_by_label("Details", exact=True).fill("active: after midnight")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added.")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")

    choose_first_row(page, "Audiences of this campaign")
    details = page.get_by_label("Details", exact=True)
    expect(details).to_have_value("active: after midnight")
    audience(home, lambda plan: replace(plan, details={"active": "before noon"}))
    details.fill("active: at dawn")
    press(page, "Save", exact=True)
    expect(page.get_by_text("Somebody changed this in the meantime")).to_be_visible()
    expect(details).to_have_value("active: at dawn")
    screenshot(page, "campaign-plan-audience")
    assert findings(page) == []

    press(page, "Save", exact=True)
    expect(details).to_have_count(0)
    choose_first_row(page, "Audiences of this campaign")
    expect(details).to_have_value("active: at dawn")
    press(page, "Remove", exact=True)
    expect(page.get_by_text("Removed.")).to_be_visible()
    assert faults(page) == []
