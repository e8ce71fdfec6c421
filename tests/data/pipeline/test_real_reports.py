"""The reports of a connector: small ones written by hand, and real ones where they are at hand."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.pipeline.report import Totals
from tests.data.reports import REAL, Desk
from tests.data.warehouse.integrity import broken_grains, broken_references

HAND = Path(__file__).parent / "connector"
at_hand = pytest.mark.skipif(not REAL.is_dir(), reason="the connector's reports are not at hand")

MICROSOFT = "microsoft_ads_campaign_performance_daily_report_data.csv"
GOOGLE = "google_ads_campaign_stats_data.csv"
GOOGLE_NAMES = "google_ads_campaign_history_data.csv"
FACEBOOK = "facebook_ads_basic_ad_data.csv"
FACEBOOK_ACTIONS = "facebook_ads_basic_ad_actions_data.csv"
FACEBOOK_COUNTRIES = "facebook_ads_demographics_country_data.csv"

# Each report's source, rows read, rows kept and what they sum to.
BY_HAND = {
    MICROSOFT: ("microsoft_daily", 3, 3, Totals(Decimal("4.00"), 5, 89, Decimal(2))),
    GOOGLE: ("google_campaign_stats", 2, 2, Totals(Decimal("37.15"), 10, 206, Decimal(1))),
    FACEBOOK: ("facebook_ads", 2, 2, Totals(Decimal("12.79"), 15, 650, None)),
    GOOGLE_NAMES: ("google_campaign_history", 2, 2, Totals()),
    FACEBOOK_ACTIONS: ("facebook_actions", 1, 0, Totals()),
    FACEBOOK_COUNTRIES: ("facebook_demographics", 2, 0, Totals()),
}
EXPECTED = {
    MICROSOFT: ("microsoft_daily", 2630, 2630, Totals(Decimal("946.34"), 592, 7569, Decimal(2))),
    GOOGLE: ("google_campaign_stats", 16, 16, Totals(Decimal("231.33"), 280, 1854, Decimal(0))),
    FACEBOOK: ("facebook_ads", 10, 10, Totals(Decimal("643.63"), 149, 37275, None)),
    GOOGLE_NAMES: ("google_campaign_history", 10, 10, Totals()),
    FACEBOOK_ACTIONS: ("facebook_actions", 10, 0, Totals()),
    FACEBOOK_COUNTRIES: ("facebook_demographics", 10, 0, Totals()),
}
CASES = [pytest.param(HAND / name, BY_HAND[name], id=f"by hand-{name}") for name in BY_HAND] + [
    pytest.param(REAL / name, EXPECTED[name], id=f"real-{name}", marks=at_hand) for name in EXPECTED
]


@pytest.mark.parametrize(("path", "expected"), CASES)
def test_a_report_is_recognised_kept_once_and_known_again(
    desk: Desk, path: Path, expected: tuple[str, int, int, Totals]
) -> None:
    source, rows, kept, totals = expected
    first, again = (desk.take(path)[0] for _ in range(2))
    assert (source, rows, kept, totals) == (
        first.source, first.rows_read, first.kept, first.totals,
    )  # fmt: skip
    assert (0, kept, rows - kept, totals) == (
        again.kept, again.duplicate, again.quarantined, again.totals,
    )  # fmt: skip


def spends(desk: Desk, above: int) -> list[tuple[Any, ...]]:
    """The campaigns that spent more than this, with platform, name and type."""
    return desk.warehouse.rows(
        """SELECT platform, campaign_name, campaign_type, sum(spend)
           FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id)
           GROUP BY ALL HAVING sum(spend) > ? ORDER BY ALL""",
        [above],
    )


def test_all_reports_by_hand_at_once_make_one_sound_generation(desk: Desk) -> None:
    desk.take(*(HAND / name for name in BY_HAND))
    assert 1 == desk.lake.generation()
    assert [
        ("facebook_ads", "not given", "social", Decimal("12.79")),
        ("google_ads", "Winter sale", "search", Decimal("37.15")),
        ("microsoft_ads", "101", None, Decimal("4.00")),
    ] == spends(desk, 0)
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


@at_hand
def test_all_real_reports_at_once_make_one_sound_generation(desk: Desk) -> None:
    desk.take(*(REAL / name for name in EXPECTED))
    assert 1 == desk.lake.generation()
    assert [
        ("facebook_ads", "not given", "social", Decimal("643.63")),
        ("google_ads", "Zj9yTjsXtiWREoWWkz3kww==", "search", Decimal("231.33")),
        ("microsoft_ads", "349886458", None, Decimal("318.08")),
        ("microsoft_ads", "359751135", None, Decimal("593.91")),
    ] == spends(desk, 200)
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


@pytest.mark.parametrize(
    ("folder", "rows"), [(HAND, 2), pytest.param(REAL, 10, marks=at_hand)], ids=["by hand", "real"]
)
def test_what_only_restates_spend_says_so(desk: Desk, folder: Path, rows: int) -> None:
    report = desk.take(folder / FACEBOOK_COUNTRIES)[0]
    assert ("set aside", {"set_aside": rows}) == (report.fate, report.reasons)
    assert "never added up" in report.note
