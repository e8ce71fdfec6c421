"""What response curves are learned from, on lakes that real imports made."""

from datetime import date, timedelta

import pytest

from core.campaigns.optimizer.pivot import NoRowsOfCampaigns
from data.marts.history import HistoryMart, fingerprint
from data.pipeline.keys import campaign_id
from tests.data.reports import Desk

FIRST = date(2025, 1, 6)  # a Monday
HEAD = (
    "date_day,platform,account_id,account_name,campaign_id,campaign_name,currency,clicks,"
    "impressions,spend,conversions,conversions_value\n"
)


def ads(days: int, *, every: int = 1, currency: str = "USD", number: int = 100) -> str:
    """One campaign's rows: spend of 10 and a bit more each time, revenue of three times that."""
    rows = []
    for step in range(0, days, every):
        spend = 10 + step
        rows.append(
            f"{FIRST + timedelta(days=step)},google_ads,7,Account,{number},Campaign {number},"
            f"{currency},5,100,{spend},2,{3 * spend}\n"
        )
    return HEAD + "".join(rows)


def take(desk: Desk, text: str) -> None:
    (report,) = desk.take(desk.bytes("export.csv", text.encode()))
    assert report.quarantined == 0


def mart(desk: Desk) -> HistoryMart:
    return HistoryMart(desk.warehouse.at(desk.warehouse.generation()))


def key(number: int) -> str:
    return str(campaign_id("google_ads", "7", str(number)))


def test_days_become_a_history_of_one_currency(desk: Desk) -> None:
    take(desk, ads(30))
    take(desk, ads(10, currency="EUR", number=200))
    assert ["USD", "EUR"] == mart(desk).currencies()
    material = mart(desk).material("USD")
    history = material.history
    assert ((key(100),), ("Campaign 100",), "USD") == (
        history.campaign_ids,
        history.names,
        history.currency,
    )
    assert (30, 1, FIRST) == (history.periods, history.period_days, history.starts[0])
    assert [10.0 + step for step in range(30)] == history.spend[:, 0].tolist()
    assert [3 * spend for spend in history.spend[:, 0]] == history.attributed[:, 0].tolist()
    assert (60.0, None, 0) == (material.conversions, history.outcome, material.smaller)
    assert 10 == mart(desk).material("EUR").history.periods


def test_days_of_campaigns_become_weeks_where_the_outcome_is_weekly(desk: Desk) -> None:
    take(desk, ads(84))
    weeks = "".join(f"{FIRST + timedelta(days=7 * n)},{1000 + n},{n % 2}\n" for n in range(12))
    take(desk, "date,revenue,promotion\n" + weeks)
    history = mart(desk).material("USD").history
    assert (12, 7) == (history.periods, history.period_days)
    assert sum(10 + step for step in range(7)) == history.spend[0, 0]
    assert history.outcome is not None
    assert [1000.0 + n for n in range(12)] == history.outcome.revenue.tolist()
    assert (("promotion",), [n % 2 for n in range(12)]) == (
        history.outcome.control_names,
        history.outcome.controls[:, 0].tolist(),
    )


def test_an_outcome_in_another_currency_is_not_used(desk: Desk) -> None:
    take(desk, ads(30))
    days = "".join(f"{FIRST + timedelta(days=n)},{1000 + n},EUR\n" for n in range(30))
    take(desk, "date,revenue,currency\n" + days)
    assert mart(desk).material("USD").history.outcome is None


def test_an_outcome_without_a_currency_is_not_guessed_where_campaigns_have_two(desk: Desk) -> None:
    days = "".join(f"{FIRST + timedelta(days=n)},{1000 + n}\n" for n in range(30))
    take(desk, "date,revenue\n" + days)
    take(desk, ads(30))
    assert mart(desk).material("USD").history.outcome is not None
    take(desk, ads(30, currency="EUR", number=200))
    assert mart(desk).material("USD").history.outcome is None


def test_a_week_that_was_not_over_when_it_came_is_left_out(desk: Desk) -> None:
    last = date(2025, 5, 26)  # imported on its Sunday
    take(desk, ads((last - FIRST).days + 1, every=7))
    history = mart(desk).material("USD").history
    assert (7, last - timedelta(days=7)) == (history.period_days, history.starts[-1])


def test_a_lift_test_that_the_history_cannot_show_is_told_and_left_out(desk: Desk) -> None:
    take(desk, ads(60))
    take(
        desk,
        "campaign_id,platform,account_id,start,end,spend_change,lift,lift_p05,lift_p95\n"
        f"100,google_ads,7,{FIRST},{FIRST + timedelta(days=13)},-1,-500,-700,-300\n"
        "100,google_ads,7,2024-01-01,2024-01-14,0.2,50,10,90\n",
    )
    material = mart(desk).material("USD")
    (used,) = material.history.lift_tests
    assert (key(100), FIRST, -1.0, -500.0) == (
        used.campaign_id,
        used.start,
        used.spend_change,
        used.lift,
    )
    assert [date(2024, 1, 1)] == [test.start for test in material.unused_tests]


def test_campaigns_that_stopped_long_ago_are_left_out(desk: Desk) -> None:
    take(desk, ads(120))
    take(desk, ads(20, number=200))
    assert (key(100),) == mart(desk).material("USD").history.campaign_ids


def test_an_empty_lake_has_no_currencies_and_says_why(desk: Desk) -> None:
    assert [] == mart(desk).currencies()
    with pytest.raises(NoRowsOfCampaigns):
        mart(desk).material("USD")


def test_the_fingerprint_follows_campaign_figures_and_nothing_else(desk: Desk) -> None:
    take(desk, ads(10))
    before = fingerprint(desk.warehouse.manifest())
    take(desk, ads(10))  # all of it known already
    assert before == fingerprint(desk.warehouse.manifest())
    take(desk, ads(11))
    assert before != fingerprint(desk.warehouse.manifest())
