"""Rollups are the sums of the facts they are made of, whatever is imported after what."""

from datetime import date, timedelta
from random import Random

import pytest

from data.marts import blocks
from tests.data.reports import Desk, Row, row

MEASURES = "impressions, clicks, conversions, spend, conversions_value"
SUMS = ", ".join(f"sum({name})" for name in MEASURES.split(", "))
WITH = """sum(clicks) FILTER (conversions IS NOT NULL),
    sum(spend) FILTER (conversions IS NOT NULL),
    sum(spend) FILTER (conversions_value IS NOT NULL)"""
HELD_WITH = "sum(clicks_with_conversions), sum(spend_with_conversions), sum(spend_with_value)"


def rows(seed: int, first: date, count: int) -> list[Row]:
    """Days of four campaigns on two platforms in two currencies, some without conversions."""
    random = Random(seed)
    return [
        row(
            date_day=(first + timedelta(days=n)).isoformat(),
            campaign_id=str(campaign),
            campaign_name=f"Campaign {campaign}",
            platform=("google_ads", "microsoft_ads")[campaign % 2],
            currency=("USD", "EUR")[campaign % 3 == 0],
            spend=f"{random.uniform(0, 90):.4f}",
            impressions=random.randrange(2000),
            clicks=random.randrange(60),
            conversions=random.choice(["", f"{random.uniform(0, 4):.2f}"]),
            conversions_value=random.choice(["", f"{random.uniform(0, 400):.2f}"]),
        )
        for n in range(count)
        for campaign in range(4)
        if random.random() < 0.8
    ]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two imports that reach over New Year, the second restating some days of the first."""
    desk.take(desk.file("a.csv", rows(1, date(2024, 11, 20), 90)))
    desk.take(desk.file("b.csv", rows(2, date(2025, 2, 1), 60)))
    return desk


def test_sums_by_day_are_the_facts(filled: Desk) -> None:
    by = "date_id, currency, platform, campaign_type, is_sample"
    kept = f"SELECT {by}, {SUMS}, {HELD_WITH} FROM agg_day GROUP BY ALL ORDER BY ALL"
    summed = f"""SELECT date_id, f.currency, platform, campaign_type, is_sample, {SUMS}, {WITH}
        FROM fact_campaign_performance AS f JOIN dim_campaign USING (campaign_id)
        GROUP BY ALL ORDER BY ALL"""
    assert filled.warehouse.rows(kept) == filled.warehouse.rows(summed)
    assert len(filled.warehouse.rows(kept)) > 200


def test_the_facts_by_campaign_are_the_facts(filled: Desk) -> None:
    columns = f"campaign_id, date_id, currency, {MEASURES}"
    found = [
        filled.warehouse.rows(f"SELECT {columns} FROM {table} ORDER BY ALL")
        for table in ("agg_campaign_day", "fact_campaign_performance")
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("size", blocks.SIZES)
def test_blocks_are_the_sums_of_the_facts_of_their_days(filled: Desk, size: int) -> None:
    held = filled.warehouse.rows(
        f"""SELECT block_id, campaign_id, currency, {SUMS}, {HELD_WITH} FROM agg_campaign_block
            WHERE block_id // 1000000 = {size} GROUP BY ALL ORDER BY ALL"""
    )
    assert len({block for block, *_ in held}) >= 2
    for block, campaign, currency, *sums in held:
        span = blocks.days_of(block)
        (expected,) = filled.warehouse.rows(
            f"""SELECT {SUMS}, {WITH} FROM fact_campaign_performance
                WHERE campaign_id = ? AND currency = ?
                AND make_date(date_id // 10000, date_id // 100 % 100, date_id % 100)
                    BETWEEN ? AND ?""",
            [campaign, currency, span.start, span.end],
        )
        assert tuple(sums) == expected


def test_a_campaign_s_years_know_its_days_and_spend(filled: Desk) -> None:
    held = filled.warehouse.rows(
        """SELECT campaign_id, currency, year, first_date_id, last_date_id, days, spend
            FROM agg_campaign_year ORDER BY ALL"""
    )
    assert held == filled.warehouse.rows(
        """SELECT campaign_id, currency, date_id // 10000, min(date_id), max(date_id), count(*),
            sum(spend) FROM fact_campaign_performance GROUP BY 1, 2, 3 ORDER BY ALL"""
    )


@pytest.mark.parametrize(
    "table", ["agg_day", "agg_campaign_year", "agg_campaign_day", "agg_campaign_block"]
)
def test_a_year_that_an_import_does_not_touch_is_shared(desk: Desk, table: str) -> None:
    desk.take(desk.file("a.csv", rows(1, date(2024, 11, 20), 90)))
    before = {part.slice: part.file for part in desk.lake.manifest().parts(table)}
    desk.take(desk.file("b.csv", rows(2, date(2025, 3, 1), 20)))
    after = {part.slice: part.file for part in desk.lake.manifest().parts(table)}
    assert {"2024", "2025"} == set(before) == set(after)
    assert (before["2024"], True) == (after["2024"], before["2025"] != after["2025"])
