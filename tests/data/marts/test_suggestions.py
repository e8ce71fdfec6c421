"""What the warehouse tells optimizers: weeks, currencies, and what rows do not report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from core.campaigns.evidence import Asked, Counts
from core.campaigns.optimizer import OPTIMIZERS, Sources
from core.campaigns.optimizer.suggestion import Kind, Suggestion, TooThin
from core.campaigns.periods import Span
from data.lake import Lake
from data.marts.suggestions import SuggestionMart
from data.warehouse.reader import Warehouse
from tests.data.marts.facts import IMPORTED, Campaign, Fact, publish, put

LAST = date(2026, 11, 22)
ASKED = Asked("USD", Span(LAST - timedelta(days=27), LAST))
CAMPAIGNS = [Campaign(1, "Brand"), Campaign(2, "Shop")]


@dataclass(frozen=True)
class Detail:
    """A row of fact_creative_performance or fact_audience_performance."""

    part_id: int
    campaign_id: int
    days_ago: int
    conversions: float | None = 2.0
    revenue: float | None = 30.0
    currency: str = "USD"
    clicks: int = 20


def publish_details(folder: Path, noun: str, rows: Sequence[Detail]) -> SuggestionMart:
    """The campaigns with details of one noun; part 7 is called "Part 7"."""
    publish(folder, CAMPAIGNS, [Fact(1, LAST)])
    with Lake(folder).publishing(now=IMPORTED) as publication, duckdb.connect() as connection:
        connection.execute(
            f"""CREATE TABLE fact ({noun}_id BIGINT, campaign_id BIGINT, date_id INTEGER,
                currency VARCHAR, impressions BIGINT, clicks BIGINT, spend DECIMAL(18, 4),
                conversions DECIMAL(18, 4), conversions_value DECIMAL(18, 4))"""
        )
        values = [
            (
                row.part_id,
                row.campaign_id,
                int((LAST - timedelta(days=row.days_ago)).strftime("%Y%m%d")),
                row.currency,
                1000,
                row.clicks,
                10.0,
                row.conversions,
                row.revenue,
            )
            for row in rows
        ]
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        put(publication, connection, f"fact_{noun}_performance", "SELECT * FROM fact")
        dim = f"SELECT DISTINCT {noun}_id, 'Part ' || {noun}_id AS name FROM fact"
        put(publication, connection, f"dim_{noun}", dim)
    return SuggestionMart(Warehouse(folder))


@pytest.mark.parametrize("noun", ["creative", "audience"])
def test_parts_come_by_week_counted_back_from_the_last_day(tmp_path: Path, noun: str) -> None:
    rows = [Detail(7, 1, 0), Detail(7, 1, 6), Detail(7, 1, 7), Detail(8, 2, 27), Detail(8, 2, 28)]
    mart = publish_details(tmp_path, noun, rows)
    first, second = mart.creatives(ASKED) if noun == "creative" else mart.audiences(ASKED)
    assert (7, "Part 7", 1, "Brand") == (
        first.part_id,
        first.name,
        first.campaign_id,
        first.campaign,
    )
    assert [(0, 2000), (1, 1000)] == [(w.ago, w.counts.impressions) for w in first.weeks]
    assert [(3, 1000)] == [(w.ago, w.counts.impressions) for w in second.weeks]
    assert Counts(3000, 60, 30.0, 6.0, 90.0) == first.total()


def test_rows_that_do_not_report_are_kept_apart(tmp_path: Path) -> None:
    rows = [Detail(7, 1, 0), Detail(7, 1, 1, conversions=None, revenue=None)]
    (part,) = publish_details(tmp_path, "creative", rows).creatives(ASKED)
    assert Counts(2000, 40, 20.0, 2.0, 30.0) == part.total()
    assert Counts(1000, 20, 10.0, 2.0, 30.0) == part.total(reporting="conversions")


def test_only_the_asked_currency_and_campaigns_are_told(tmp_path: Path) -> None:
    mart = publish_details(
        tmp_path, "creative", [Detail(7, 1, 0), Detail(8, 2, 0), Detail(9, 1, 0, currency="EUR")]
    )
    assert [7, 8] == [part.part_id for part in mart.creatives(ASKED)]
    assert [8] == [p.part_id for p in mart.creatives(replace(ASKED, campaign_ids=(2,)))]
    assert [] == mart.creatives(replace(ASKED, campaign_ids=()))
    assert [9] == [p.part_id for p in mart.creatives(replace(ASKED, currency="EUR"))]


def test_days_come_by_campaign_in_order(tmp_path: Path) -> None:
    facts = [Fact(1, LAST), Fact(1, LAST - timedelta(days=1), revenue=None), Fact(2, LAST)]
    mart = SuggestionMart(publish(tmp_path, CAMPAIGNS, facts))
    brand, shop = mart.days(ASKED)
    assert ("Brand", "Shop") == (brand.campaign, shop.campaign)
    assert [LAST - timedelta(days=1), LAST] == [day.date for day in brand.days]
    assert [None, 30.0] == [day.counts.revenue for day in brand.days]


@pytest.mark.parametrize("kind", sorted(OPTIMIZERS))
def test_an_empty_lake_is_too_thin(tmp_path: Path, kind: Kind) -> None:
    answer = OPTIMIZERS[kind](Sources(SuggestionMart(Warehouse(tmp_path))), ASKED)
    assert isinstance(answer, TooThin)


def test_a_suggestion_is_made_from_the_lake(tmp_path: Path) -> None:
    rows = [
        Detail(part, 1, ago, conversions=3.0 if part == 7 else 1.0, revenue=None)
        for part in (7, 8)
        for ago in range(28)
    ]
    mart = publish_details(tmp_path, "creative", rows)
    answer = OPTIMIZERS[Kind.CREATIVE](Sources(mart), ASKED)
    assert isinstance(answer, Suggestion)
    assert {"Part 7": 1.0, "Part 8": 0.0} == pytest.approx(
        {action.subject: action.then for action in answer.actions}, abs=0.05
    )
