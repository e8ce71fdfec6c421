"""On the Data page a file nobody knows, or whose dates may be two things, is asked about."""

import pytest
from sqlalchemy import Engine

from core.accounts.access import Role
from core.db import reading
from core.imports import repository
from core.jobs import queue
from core.jobs.models import JobKind
from core.settings import Settings
from tests.data.pipeline.workbook.books import book, number, rows, text
from tests.pages.installation import Installation, run
from tests.pages.test_data import bring, data, work

UNKNOWN = b"""When,What,Money out,Seen,Pressed\n2025-03-01,Boots,12.50,1000,10\n
2025-03-02,Boots,10,900,9\n"""
AMBIGUOUS = b"Day,Campaign,Cost,Clicks\n02/03/2025,Boots,12.50,10\n"


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


def facts(installation: Installation) -> list[tuple]:
    return installation.services.warehouse.rows(
        """SELECT date_id, campaign_name, spend::DOUBLE, clicks
           FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id) ORDER BY 1"""
    )


def jobs(installation: Installation, person) -> int:
    with reading(installation.services.engine) as session:
        return len(queue.recent(session, person, [JobKind.IMPORT_ADS]))


def test_an_unknown_file_is_mapped_once_and_then_read_by_itself(
    installation: Installation,
) -> None:
    marketer = installation.enter(Role.MARKETER)
    test = bring("odd.csv", UNKNOWN)
    assert 0 == jobs(installation, marketer)
    for ours, theirs in (
        ("date", "when"), ("campaign_name", "what"), ("spend", "money_out"),
        ("impressions", "seen"), ("clicks", "pressed"),
    ):  # fmt: skip
        test.selectbox(key=f"map-campaigns-{ours}").set_value(theirs)
    test.selectbox(key="map-campaigns-platform").set_value("tiktok_ads")
    test.run()
    test.button(key="import-answer").click().run()
    assert not test.exception
    work(installation)
    assert [(20250301, "Boots", 12.5, 10), (20250302, "Boots", 10.0, 9)] == facts(installation)
    bring("next.csv", UNKNOWN.replace(b"2025-03-0", b"2025-04-0"))
    assert 2 == jobs(installation, marketer)
    work(installation)
    assert 4 == len(facts(installation))


def test_a_mapping_without_its_date_is_not_kept(installation: Installation) -> None:
    installation.enter(Role.MARKETER)
    test = bring("odd.csv", UNKNOWN)
    test.button(key="import-answer").click().run()
    assert "Date" in test.error[0].value
    with reading(installation.services.engine) as session:
        assert {} == repository.mappings(session)


def test_a_workbook_of_several_sheets_is_asked_about(installation: Installation) -> None:
    marketer = installation.enter(Role.MARKETER)
    header = [text(name) for name in ("Day", "Campaign", "Cost", "Clicks")]
    sheets = {
        month: rows(header, [text(day), text("Boots"), number("12.5"), number("10")])
        for month, day in (("March", "Mar 2, 2025"), ("April", "Apr 2, 2025"))
    }
    test = bring("google.xlsx", book(sheets))
    assert 0 == jobs(installation, marketer)
    test.button(key="import-answer").click().run()
    assert "Choose a sheet." in test.error[0].value
    test.radio[0].set_value("April").run()
    test.button(key="import-answer").click().run()
    work(installation)
    assert [(20250402, "Boots", 12.5, 10)] == facts(installation)


@pytest.mark.parametrize(("order", "day"), [("dmy", 20250302), ("mdy", 20250203)])
def test_the_order_of_day_and_month_is_asked_for(
    installation: Installation, order: str, day: int
) -> None:
    marketer = installation.enter(Role.MARKETER)
    test = bring("google.csv", AMBIGUOUS)
    assert 0 == jobs(installation, marketer)
    assert "02/03/2025" in test.markdown[0].value
    test.radio(key="import-order").set_value(order).run()
    test.button(key="import-answer").click().run()
    assert not test.exception
    work(installation)
    assert [(day, "Boots", 12.5, 10)] == facts(installation)


def test_files_that_wait_can_be_forgotten(installation: Installation) -> None:
    marketer = installation.enter(Role.MARKETER)
    test = bring("odd.csv", UNKNOWN)
    test.button(key="import-forget").click().run()
    assert not [box for box in test.selectbox if str(box.key).startswith("map-")]
    assert 0 == jobs(installation, marketer)


def test_a_rate_that_is_none_is_refused_before_anything_is_imported(
    installation: Installation,
) -> None:
    marketer = installation.enter(Role.MARKETER)
    test = run(data)
    test.file_uploader[0].upload("google.csv", AMBIGUOUS.replace(b"02/03/2025", b"2025-03-02"))
    test.text_input[0].set_value("euro=1")
    test.form_submit_button[0].click().run()
    assert "EUR/USD" in test.error[0].value
    assert 0 == jobs(installation, marketer)
