"""A campaign's day that analytics and a platform both tell is never added up."""

from datetime import date
from typing import Any

import pytest

from core.campaigns.periods import Span
from core.campaigns.schemas import View
from core.campaigns.told_twice import ToldTwice, sentences
from core.i18n import language
from data.marts.told_twice import SourceMart
from tests.data.reports import Desk, row
from tests.data.warehouse.integrity import broken_grains, broken_references

HEADER = "Date,Session campaign,Currency,Key events,Total revenue"
DAYS = ("2025-01-15", "2025-01-16")


@pytest.fixture
def desk(tmp_path: Any) -> Desk:
    return Desk(tmp_path)


def analytics(desk: Desk, *lines: str) -> None:
    desk.take(desk.bytes("ga4.csv", "\n".join([HEADER, *lines]).encode()))


def platform(desk: Desk, name: str = "Spring sale", **changes: Any) -> None:
    days = [row(date_day=day, campaign_name=name, **changes) for day in DAYS]
    desk.take(desk.file("ads.csv", days))


def facts(desk: Desk) -> list[tuple[Any, ...]]:
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))
    return desk.warehouse.rows(
        """SELECT platform, date_id % 100, spend::DOUBLE, conversions::DOUBLE,
               conversions_value::DOUBLE
           FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id) ORDER BY ALL"""
    )


@pytest.mark.parametrize("platform_first", [True, False])
def test_the_platform_counts_whichever_came_first(desk: Desk, platform_first: bool) -> None:
    steps = [
        lambda: platform(desk),
        lambda: analytics(desk, "20250115,spring_sale,EUR,9,90", "20250117,spring_sale,EUR,2,20"),
    ]
    for step in steps if platform_first else reversed(steps):
        step()
    assert [
        ("google_ads", 15, 12.5, 1.5, 40.0),
        ("google_ads", 16, 12.5, 1.5, 40.0),
        ("google_analytics", 17, 0.0, 2.0, 20.0),
    ] == facts(desk)
    sources = SourceMart(desk.warehouse).sources()
    assert (ToldTwice("google_ads", 1, 1, 9.0, 0, 0.0),) == sources.twice
    assert 1 == sources.only_analytics


def test_conversions_that_the_platform_does_not_tell_are_filled_in(desk: Desk) -> None:
    platform(desk, conversions="", conversions_value="", currency="EUR")
    analytics(
        desk,
        "20250115,Spring Sale,EUR,3,30",
        "20250115,spring-sale,USD,1,11",
        "20250116,spring-sale,USD,2,22",
    )
    assert [("google_ads", 15, 12.5, 4.0, 30.0), ("google_ads", 16, 12.5, 2.0, None)] == facts(desk)
    (one,) = SourceMart(desk.warehouse).sources().twice
    assert (3, 6.0, 0.0) == (one.filled_days, one.filled, one.conversions)


def test_a_name_that_two_campaigns_have_fills_neither(desk: Desk) -> None:
    days = [
        row(campaign_id=at, campaign_name="Brand", conversions="", conversions_value="")
        for at in (1, 2)
    ]
    desk.take(desk.file("ads.csv", days))
    analytics(desk, "20250115,brand,EUR,3,30")
    assert [("google_ads", 15, 12.5, None, None)] * 2 == facts(desk)


def test_the_sample_world_takes_nothing_from_real_data(desk: Desk) -> None:
    days = [row(date_day=day, campaign_name="Newsletter") for day in DAYS]
    desk.take(desk.file("ads.csv", days), is_sample=True)
    analytics(desk, "20250115,newsletter,EUR,9,90")
    assert 3 == len(facts(desk))


def test_other_names_and_letters_of_other_scripts_stay_apart(desk: Desk) -> None:
    platform(desk, "Весна")
    analytics(desk, "20250115,Осень,EUR,3,30", "20250115,(organic),EUR,1,10")
    assert 4 == len(facts(desk))
    assert () == SourceMart(desk.warehouse).sources().twice


def test_a_view_is_told_of_its_own_days_in_a_sentence(desk: Desk) -> None:
    platform(desk, currency="EUR")
    analytics(desk, "20250115,spring_sale,EUR,9,90", "20250116,spring_sale,EUR,1.5,20")
    mart, day = SourceMart(desk.warehouse), date(2025, 1, 16)
    (said,) = sentences(mart.sources(View(Span(day, day), "EUR")), language("en"))
    assert "both tell 1 day of a campaign. " in said
    assert "that are not added: 1.5." in said
    assert () == mart.sources(View(Span(day, day), "EUR", platforms=("facebook_ads",))).twice
    assert () == mart.sources(View(Span(day, day), "USD")).twice
