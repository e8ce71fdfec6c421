"""Whatever a file holds, every row has one fate and no money is lost or made."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.reports import Desk, row
from tests.data.warehouse.integrity import broken_grains, broken_references

MONEY = st.decimals(min_value=0, max_value=10_000, places=4)
COUNT = st.integers(min_value=0, max_value=1_000_000)
ODD = st.sampled_from(["", "NaN", "-1", "inf", "1,5", "x", "1e3", "10000000000", " 7 "])
DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2025, 12, 31))

ROWS = st.lists(
    st.builds(
        row,
        date_day=st.one_of(DAYS.map(str), st.sampled_from(["2024-02-30", "", "soon"])),
        campaign_id=st.sampled_from(["1", "2", "3", ""]),
        campaign_name=st.sampled_from(["One", "Two", "", "=cmd|' /C calc'!A0", "a\nb"]),
        device=st.sampled_from(["mobile", "desktop", ""]),
        source_relation=st.sampled_from(["a", "a", "b"]),
        clicks=st.one_of(COUNT, ODD),
        impressions=st.one_of(COUNT, ODD),
        spend=st.one_of(MONEY, ODD),
        conversions=st.one_of(MONEY, ODD),
    ),
    min_size=1,
    max_size=30,
)
SOUND = st.lists(
    st.tuples(DAYS, st.integers(1, 5), st.sampled_from("abc"), MONEY, COUNT, MONEY),
    min_size=1,
    max_size=60,
    unique_by=lambda values: values[:3],
)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, split=st.integers(0, 30))
def test_every_row_is_kept_duplicate_or_quarantined(rows: list[dict], split: int) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        parts = [part for part in (rows[:split], rows[split:]) if part]
        files = [desk.file(f"{at}.csv", part) for at, part in enumerate(parts)]
        reports = desk.take(*files)
        for report, part in zip(reports, parts, strict=True):
            assert len(part) == report.rows_read
            assert report.rows_read == report.kept + report.duplicate + report.quarantined
            assert report.quarantined == sum(report.reasons.values())
        again = desk.take(*files)
        assert [report.quarantined for report in reports] == [r.quarantined for r in again] or (
            sum(report.replaced for report in reports) > 0
        )
        held = desk.warehouse.rows("SELECT count(*) FROM ads_rows")[0][0]
        assert held == sum(report.kept - report.replaced for report in reports)
        assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


@settings(max_examples=25, deadline=None)
@given(rows=SOUND)
def test_spend_clicks_and_conversions_of_file_and_warehouse_agree(rows: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        report = desk.rows(
            *(
                row(date_day=day, campaign_id=campaign, device=device, spend=spend, clicks=clicks,
                    conversions=conversions)
                for day, campaign, device, spend, clicks, conversions in rows
            )
        )  # fmt: skip
        spend, clicks, conversions = (sum(values[at] for values in rows) for at in (3, 4, 5))
        assert (len(rows), 0) == (report.kept, report.quarantined)
        totals = report.totals
        assert (spend, clicks, conversions) == (totals.spend, totals.clicks, totals.conversions)
        assert [(spend, clicks, conversions)] == desk.warehouse.rows(
            """SELECT sum(spend), sum(clicks)::BIGINT, sum(conversions)
               FROM fact_campaign_performance"""
        )
        assert isinstance(spend, Decimal)
