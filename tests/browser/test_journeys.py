"""What people come for, from the first click to what they take away."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

import wiring
from core.accounts.access import Role
from core.settings import Settings
from tests.browser.people import Login
from tests.browser.visiting import faults, settled, sign_in

pytestmark = pytest.mark.browser

WAIT = 60_000  # milliseconds until a worker on a busy machine has done a small job

REPORT = """source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,\
clicks,impressions,spend,conversions,conversions_value,currency
journey,2026-05-04,bing,J,Journey,J1,"Total Wine, autumn",12,340,9.5,1.5,40,EUR
journey,2026-05-05,bing,J,Journey,J1,"Total Wine, autumn",10,300,-3,1,30,EUR
journey,2026-05-06,bing,J,Journey,J1,"Total Wine, autumn",7,210,4.25,0,0,EUR
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def upload(page: Page, path: Path) -> None:
    page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(path)
    expect(page.get_by_text(path.name)).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text(re.compile("Import of ad exports: done"))).to_be_visible(timeout=WAIT)
    settled(page)


def test_a_marketer_brings_a_report_in_and_finds_it_on_the_campaigns_page(
    page: Page, address: str, logins: dict[Role, Login], tmp_path: Path
) -> None:
    (tmp_path / "journey.csv").write_text(REPORT)
    sign_in(page, address, logins[Role.MARKETER], "/data")
    upload(page, tmp_path / "journey.csv")

    with page.expect_download() as refused:
        page.get_by_role("button", name="Refused rows as CSV").first.click()
    rows = Path(refused.value.path()).read_text(encoding="utf-8-sig")
    assert "spend is negative." in rows

    page.goto(f"{address}/campaigns?currency=EUR")
    settled(page)
    assert faults(page) == []
    expect(page.get_by_test_id("stMetric").filter(has_text="Spend").first).to_contain_text("13.75")


def test_staff_make_a_campaign_report_and_take_the_word_file_away(
    page: Page, address: str, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.STAFF], "/new-document")
    page.get_by_label("Title", exact=True).fill("Autumn & <winter> {{7*7}}")
    page.get_by_role("button", name="Make document").click()
    expect(page.get_by_role("button", name="Download Word")).to_be_visible(timeout=WAIT)
    with page.expect_download() as made:
        page.get_by_role("button", name="Download Word").click()
    document = Document(io.BytesIO(Path(made.value.path()).read_bytes()))
    assert document.core_properties.title == "Autumn & <winter> {{7*7}}"
    assert document.tables

    page.goto(f"{address}/documents")
    settled(page)
    expect(page.get_by_text("Autumn & <winter> {{7*7}}").first).to_be_visible()


def test_the_language_chosen_in_the_profile_is_the_language_of_every_page(
    page: Page, address: str, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.INSTRUCTOR], "/profile")
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Español").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Perfil")).to_be_visible()
    page.goto(address)
    settled(page)
    expect(page.get_by_role("heading", name="Cursos")).to_be_visible()


def test_a_page_that_is_not_for_the_role_is_not_there(
    page: Page, address: str, logins: dict[Role, Login]
) -> None:
    sign_in(page, address, logins[Role.LEARNER], "/people")
    expect(page.get_by_text("This page is not for your role.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Test staff")).to_have_count(0)
    expect(page.get_by_role("link", name="People")).to_have_count(0)


def test_what_a_person_may_not_read_is_not_sent_to_their_browser(
    page: Page, address: str, logins: dict[Role, Login]
) -> None:
    received: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: received.append(str(frame))),
    )
    sign_in(page, address, logins[Role.LEARNER], "/campaigns")
    settled(page)
    assert received
    assert not any("Brand search" in frame for frame in received)


def test_a_marketer_goes_from_all_campaigns_to_one_and_takes_the_whole_page_away(
    page: Page, address: str, logins: dict[Role, Login], home: Path
) -> None:
    warehouse = wiring.build(Settings(_env_file=None, app_home=home)).warehouse
    ((number,),) = warehouse.rows(
        "SELECT campaign_id FROM dim_campaign WHERE campaign_name = 'Brand search'"
    )
    sign_in(page, address, logins[Role.MARKETER], "/campaigns?against=Last+year")
    expect(page.get_by_test_id("stMetric")).to_have_count(9)
    with page.expect_download() as made:
        page.get_by_role("button", name="Export").click()
        page.get_by_role("button", name="Excel workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(made.value.path()).read_bytes()))
    assert {"Platform", "KPIs", "Over time", "Funnel", "Creative", "Day of week"} <= set(
        book.sheetnames
    )

    page.goto(f"{address}/campaign?campaign={number}")
    settled(page)
    expect(page.get_by_role("heading", name="Brand search")).to_be_visible()
    page.get_by_role("tab", name="Funnel").click()
    expect(page.get_by_text("Revenue per conversion")).to_be_visible()
    expect(page).to_have_url(re.compile("tab=Funnel"))
    page.get_by_role("tab", name="Days").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    assert faults(page) == []
