"""Business outcomes, details of campaigns and lift tests: rows in, facts out."""

from decimal import Decimal
from typing import Any

import pytest

from core.imports.choices import Choices, read_rate
from data.pipeline import faults
from data.pipeline.keys import campaign_id
from tests.data.reports import Desk, row
from tests.data.warehouse.integrity import broken_grains, broken_references

OUTCOMES = """date,revenue,orders,promotion,price,note
2025-01-01,1000.50,20,0,9.99,quiet
2025-01-02,1200,25,1,,sale
2025-01-03,900,18,0,10.5,
"""
WEEKS = "date,revenue\n2025-01-06,7000\n2025-01-13,8000\n2025-01-20,7500\n"
CREATIVES = """date,platform,account_id,campaign_id,campaign_name,creative_id,creative_name,\
impressions,clicks,spend,conversions,conversions_value
2025-01-15,google_ads,7,100,Winter,c1,Blue boots,600,7,8.50,1,30
2025-01-15,google_ads,7,100,Winter,c2,Red boots,400,3,4,0.5,10
"""
AUDIENCES = """date,campaign_id,audience_name,impressions,clicks,spend,conversions,conversions_value
2025-01-15,100,Runners,600,7,8.50,1,30
2025-01-15,100,Walkers,400,3,4,0.5,10
"""
LIFT = """campaign_id,start,end,spend_change,lift,lift_p05,lift_p95
100,2025-01-15,2025-01-28,-1,-500,-700,-300
100,2025-02-15,2025-02-28,20%,250.5,100,400
"""


def take(desk: Desk, text: str, **choices: Any):
    path = desk.bytes("export.csv", text.encode())
    return desk.take(path, choices=Choices(**choices))[0]


def outcomes(desk: Desk) -> list[tuple]:
    return desk.warehouse.rows(
        """SELECT date_id, currency, revenue::DOUBLE, orders::DOUBLE, controls, period_days
           FROM fact_business_outcome ORDER BY ALL"""
    )


def test_a_day_s_revenue_has_its_orders_and_controls(desk: Desk) -> None:
    first, again = take(desk, OUTCOMES), take(desk, OUTCOMES)
    assert [
        (20250101, "XXX", 1000.5, 20.0, {"price": 9.99, "promotion": 0.0}, 1),
        (20250102, "XXX", 1200.0, 25.0, {"promotion": 1.0}, 1),
        (20250103, "XXX", 900.0, 18.0, {"price": 10.5, "promotion": 0.0}, 1),
    ] == outcomes(desk)
    assert (3, 3, Decimal("3100.5"), 63) == (
        first.rows_read, first.kept, first.totals.revenue, first.totals.orders,
    )  # fmt: skip
    assert (3, 0) == (again.duplicate, again.kept)
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_a_restated_day_of_revenue_replaces_the_one_before(desk: Desk) -> None:
    take(desk, OUTCOMES)
    report = take(desk, "date,revenue\n2025-01-02,1300\n")
    assert (1, 1) == (report.kept, report.replaced)
    assert (20250102, 1300.0, None, {}) == (*outcomes(desk)[1][:1], *outcomes(desk)[1][2:5])


def test_weeks_are_told_from_days_and_never_added_to_them(desk: Desk) -> None:
    take(desk, WEEKS)
    assert [7, 7, 7] == [fact[5] for fact in outcomes(desk)]
    report = take(desk, "date,revenue\n2025-01-08,1000\n2025-01-09,900\n2025-03-01,1\n")
    assert (1, {"other_period": 2}) == (report.kept, report.reasons)


def test_months_are_refused_by_name(desk: Desk) -> None:
    with pytest.raises(faults.TooCoarse):
        take(desk, "date,revenue\n2025-01-01,1\n2025-02-01,2\n2025-03-01,3\n")


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ("2025-01-01,-5\n2025-01-02,5", {"negative": 1}),
        ("2025-01-01,5\n2025-01-01,6\n2025-01-02,5", {"conflicting_rows": 2}),
        ("2025-01-01,\n2025-01-02,5", {"missing_number": 1}),
    ],
    ids=["negative revenue", "a day twice", "no revenue"],
)
def test_bad_outcomes_are_refused_by_name(desk: Desk, rows: str, reasons: dict) -> None:
    report = take(desk, f"date,revenue\n{rows}\n")
    assert (1, reasons) == (report.kept, report.reasons)


def test_two_currencies_of_a_day_are_kept_apart_and_converted_only_when_told(desk: Desk) -> None:
    text = "date,revenue,currency\n2025-01-01,100,EUR\n2025-01-01,50,USD\n"
    take(desk, text)
    assert [("EUR", 100.0), ("USD", 50.0)] == [fact[1:3] for fact in outcomes(desk)]
    report = take(desk, text, rates=(read_rate("EUR/USD=1.1"),))
    assert (1, 1, 1) == (report.kept, report.replaced, report.duplicate)
    assert [("USD", 160.0)] == [fact[1:3] for fact in outcomes(desk)]
    assert [("converted_from=EUR\x1frate=1.1",)] == desk.warehouse.rows(
        "SELECT dimensions FROM outcome_rows WHERE dimensions <> ''"
    )


def test_spend_is_converted_by_the_rate_given_and_says_so(desk: Desk) -> None:
    desk.rows(row(currency="EUR"))
    path = desk.file("report.csv", [row(currency="EUR")])
    report = desk.take(path, choices=Choices(rates=(read_rate("eur / usd = 2"),)))[0]
    assert (1, 1, Decimal("25")) == (report.kept, report.replaced, report.totals.spend)
    assert [("USD", Decimal("25"), Decimal("80"))] == desk.warehouse.rows(
        "SELECT currency, spend, conversions_value FROM fact_campaign_performance"
    )


def test_an_advertisement_s_day_is_a_detail_and_not_added_to_the_campaign(desk: Desk) -> None:
    desk.rows(row(currency="XXX"))
    report = take(desk, CREATIVES)
    assert (2, 2, "creatives") == (report.rows_read, report.kept, report.source)
    assert [("Blue boots", 8.5, 7), ("Red boots", 4.0, 3)] == desk.warehouse.rows(
        """SELECT name, spend::DOUBLE, clicks FROM fact_creative_performance
           JOIN dim_creative USING (creative_id) ORDER BY 1"""
    )
    assert [(campaign_id("google_ads", "7", "100"), 12.5)] == desk.warehouse.rows(
        "SELECT campaign_id, sum(spend)::DOUBLE FROM fact_creative_performance GROUP BY 1"
    )
    assert [(12.5,)] == desk.warehouse.rows(
        "SELECT sum(spend)::DOUBLE FROM fact_campaign_performance"
    )
    assert 2 == take(desk, CREATIVES).duplicate
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_an_audience_is_of_the_campaign_that_is_known_by_the_id_given(desk: Desk) -> None:
    ads, audiences = desk.file("ads.csv", [row()]), desk.bytes("a.csv", AUDIENCES.encode())
    report = desk.take(audiences, ads)[0]  # whichever comes first
    assert (2, Decimal("12.5"), 10) == (report.kept, report.totals.spend, report.totals.clicks)
    assert [(campaign_id("google_ads", "7", "100"), 2)] == desk.warehouse.rows(
        "SELECT campaign_id, count(*) FROM fact_audience_performance GROUP BY 1"
    )
    assert 2 == desk.take(audiences)[0].duplicate
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_a_campaign_that_nobody_knows_or_two_are_called_is_refused_by_name(desk: Desk) -> None:
    assert {"unknown_campaign": 2} == take(desk, AUDIENCES).reasons
    desk.rows(row(), row(account_id="8"))
    assert {"unclear_campaign": 2} == take(desk, AUDIENCES).reasons
    named = AUDIENCES.replace("campaign_id,", "campaign_id,platform,account_id,")
    assert 2 == take(desk, named.replace("100,", "100,google_ads,8,")).kept


def test_an_advertisement_is_not_added_up_from_two_reports(desk: Desk) -> None:
    take(desk, CREATIVES)
    by_device = CREATIVES.replace("creative_name,", "creative_name,device,")
    by_device = by_device.replace("boots,", "boots,mobile,")
    assert {"other_source": 2} == take(desk, by_device).reasons


def test_a_lift_test_says_what_changed_and_what_it_brought(desk: Desk) -> None:
    desk.rows(row())
    report = take(desk, LIFT)
    assert (2, 2) == (report.rows_read, report.kept)
    assert [(20250115, -1.0, -500.0, -700.0), (20250215, 0.2, 250.5, 100.0)] == (
        desk.warehouse.rows(
            """SELECT date_id, spend_change, lift::DOUBLE, lift_p05::DOUBLE
               FROM fact_lift_test ORDER BY start"""
        )
    )
    assert 2 == take(desk, LIFT).duplicate
    assert (1, 1) == ((again := take(desk, LIFT.replace("-500", "-510"))).kept, again.replaced)
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("100,2025-01-28,2025-01-15,0.2,5,1,9", "ends_before_start"),
        ("100,2025-01-15,2025-01-28,0,5,1,9", "no_change"),
        ("100,2025-01-15,2025-01-28,-1.5,5,1,9", "no_change"),
        ("100,2025-01-15,2025-01-28,0.2,5,6,9", "disordered"),
        ("100,2025-01-15,2025-01-28,0.2,,1,9", "missing_number"),
        ("100,2025-01-15,,0.2,5,1,9", "missing_date"),
        ("101,2025-01-15,2025-01-28,0.2,5,1,9", "unknown_campaign"),
    ],
)
def test_a_lift_test_that_makes_no_sense_is_refused(desk: Desk, line: str, reason: str) -> None:
    desk.rows(row())
    report = take(desk, f"{LIFT.splitlines()[0]}\n{line}\n")
    assert (0, {reason: 1}) == (report.kept, report.reasons)


def test_a_detail_is_known_again_when_its_campaign_was_described_meanwhile(desk: Desk) -> None:
    desk.rows(row(campaign_type="search"))
    take(desk, AUDIENCES)
    desk.rows(row(campaign_name="Spring", campaign_type="video"))
    assert 2 == take(desk, AUDIENCES).duplicate
