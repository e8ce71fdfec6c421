"""The reports of a real connector, where they are at hand."""

from decimal import Decimal

import pytest

from data.pipeline.report import Totals
from tests.data.reports import REAL, Desk
from tests.data.warehouse.integrity import broken_grains, broken_references

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the connector's reports are not at hand")

EXPECTED = {
    "microsoft_ads_campaign_performance_daily_report_data.csv": (
        "microsoft_daily", 2630, 2630, Totals(Decimal("946.34"), 592, 7569, Decimal(2)),
    ),
    "google_ads_campaign_stats_data.csv": (
        "google_campaign_stats", 16, 16, Totals(Decimal("231.33"), 280, 1854, Decimal(0)),
    ),
    "facebook_ads_basic_ad_data.csv": (
        "facebook_ads", 10, 10, Totals(Decimal("643.63"), 149, 37275, None),
    ),
    "google_ads_campaign_history_data.csv": ("google_campaign_history", 10, 10, Totals()),
    "facebook_ads_basic_ad_actions_data.csv": ("facebook_actions", 10, 0, Totals()),
    "facebook_ads_demographics_country_data.csv": ("facebook_demographics", 10, 0, Totals()),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_report_is_recognised_kept_once_and_known_again(desk: Desk, name: str) -> None:
    source, rows, kept, totals = EXPECTED[name]
    first, again = (desk.take(REAL / name)[0] for _ in range(2))
    assert (source, rows, kept, totals) == (
        first.source, first.rows_read, first.kept, first.totals,
    )  # fmt: skip
    assert (0, kept, rows - kept, totals) == (
        again.kept, again.duplicate, again.quarantined, again.totals,
    )  # fmt: skip


def test_all_reports_at_once_make_one_sound_generation(desk: Desk) -> None:
    desk.take(*(REAL / name for name in EXPECTED))
    assert 1 == desk.lake.generation()
    assert [
        ("facebook_ads", "not given", "social", Decimal("643.63")),
        ("google_ads", "Zj9yTjsXtiWREoWWkz3kww==", "search", Decimal("231.33")),
        ("microsoft_ads", "349886458", None, Decimal("318.08")),
        ("microsoft_ads", "359751135", None, Decimal("593.91")),
    ] == [
        *desk.warehouse.rows(
            """SELECT platform, campaign_name, campaign_type, sum(spend)
               FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id)
               GROUP BY ALL HAVING sum(spend) > 200 ORDER BY ALL"""
        ),
    ]
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_what_only_restates_spend_says_so(desk: Desk) -> None:
    report = desk.take(REAL / "facebook_ads_demographics_country_data.csv")[0]
    assert ("set aside", {"set_aside": 10}) == (report.fate, report.reasons)
    assert "never added up" in report.note
