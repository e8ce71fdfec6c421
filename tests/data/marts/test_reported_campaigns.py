"""Which campaigns are reported, and which of them have no record, on the real pipeline."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.campaigns.models import Campaign, CampaignType
from core.campaigns.reported import ReportedCampaign
from core.db import unit_of_work
from data.marts.reported_campaigns import ReportedCampaignMart
from data.pipeline.keys import campaign_id
from data.pipeline.sync import sync
from tests.core.campaigns.records import PLAN
from tests.data.reports import NOW, Desk, row


@pytest.fixture
def mart(tmp_path: Path, sqlite_engine: Engine) -> ReportedCampaignMart:
    """Winter (two days) and Summer (one, dearer) are reported; Summer has a record."""
    desk = Desk(tmp_path)
    desk.rows(
        row(currency="EUR"),
        row(currency="EUR", date_day="2025-01-20", spend="7.5"),
        row(campaign_id="200", campaign_name="Summer", spend="900", currency="EUR"),
        row(campaign_id="300", campaign_name="Spring", spend="40", currency="USD"),
    )
    with unit_of_work(sqlite_engine) as session:
        session.add(
            Campaign(
                platform="google_ads",
                account_id="7",
                external_id="200",
                name="Summer",
                campaign_type=CampaignType.SEARCH,
                budget=PLAN.budget,
                currency="EUR",
                start_date=date(2025, 1, 1),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    sync(
        desk.lake,
        sqlite_engine,
        pseudonym_key=b"key",
        progress=lambda _share, _step: None,
        now=NOW,
    )
    return ReportedCampaignMart(desk.warehouse)


WINTER = ReportedCampaign(
    campaign_id=campaign_id("google_ads", "7", "100"),
    platform="google_ads",
    account_id="7",
    account_name="Shop",
    external_id="100",
    name="Winter",
    campaign_type=None,
    currency="EUR",
    first_day=date(2025, 1, 15),
    last_day=date(2025, 1, 20),
    spend=20.0,
)


def test_those_without_a_record_come_by_spend_with_their_days(mart: ReportedCampaignMart) -> None:
    spring, winter = mart.without_record()

    assert ("Spring", 40.0, "USD") == (spring.name, spring.spend, spring.currency)
    assert WINTER == winter


def test_one_campaign_is_found_by_its_number(mart: ReportedCampaignMart) -> None:
    assert WINTER == mart.one(WINTER.campaign_id)
    assert mart.one(4711) is None


def test_a_campaign_has_figures_when_a_day_of_it_is_reported(mart: ReportedCampaignMart) -> None:
    assert campaign_id("google_ads", "7", "200") == mart.with_figures("google_ads", "7", "200")
    assert mart.with_figures("google_ads", "7", "201") is None


def test_an_empty_warehouse_knows_no_campaign(tmp_path: Path) -> None:
    mart = ReportedCampaignMart(Desk(tmp_path).warehouse)

    assert [] == mart.without_record()
    assert mart.one(1) is None
    assert mart.with_figures("google_ads", "7", "100") is None
