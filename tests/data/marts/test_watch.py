"""Blocks of days, runs and tracking, on a real lake."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.campaigns.tracking import Trouble
from core.campaigns.watch_ports import Run
from data.marts.watch import WatchMart
from data.warehouse.reader import Warehouse
from tests.data.marts.facts import Campaign, Fact, publish

LAST = date(2026, 11, 22)


def days_ago(ago: int) -> date:
    return LAST - timedelta(days=ago)


def mart(folder: Path, campaigns: list[Campaign], facts: list[Fact]) -> WatchMart:
    warehouse = publish(folder / "lake", campaigns, facts)
    return WatchMart(warehouse.at(warehouse.generation()))


def every_day(campaign_id: int, days: int = 84, **values) -> list[Fact]:
    return [Fact(campaign_id, days_ago(ago), **values) for ago in range(days)]


def test_a_block_holds_zeros_where_nothing_ran_and_nan_where_nobody_knows(tmp_path):
    facts = [
        *every_day(1, 5),
        Fact(2, days_ago(3), spend=7.0, revenue=None, conversions=None),
        Fact(2, days_ago(0), spend=9.0, revenue=None, conversions=None),
    ]
    block = mart(tmp_path, [Campaign(1, "Brand"), Campaign(2, "Generic")], facts).block("USD", 6, 9)
    assert ((1, 2), ("Brand", "Generic"), LAST) == (
        block.campaign_ids,
        block.names,
        block.last_day,
    )
    nan = np.nan
    np.testing.assert_array_equal(block.spend, [[nan, 10, 10, 10, 10, 10], [nan, nan, 7, 0, 0, 9]])
    np.testing.assert_array_equal(block.conversions[0], [nan, 2, 2, 2, 2, 2])
    assert np.isnan(block.revenue[1]).all()
    np.testing.assert_array_equal(block.values("cpa")[0], [nan, 5, 5, 5, 5, 5])
    np.testing.assert_array_equal(block.values("roas")[0], [nan, 3, 3, 3, 3, 3])


def test_days_after_an_account_was_last_reported_are_unknown_not_zero(tmp_path):
    campaigns = [Campaign(1, "A"), Campaign(2, "B", platform="facebook_ads")]
    facts = [*every_day(1, 4), Fact(2, days_ago(3)), Fact(2, days_ago(2))]
    block = mart(tmp_path, campaigns, facts).block("USD", 4, 9)
    np.testing.assert_array_equal(block.spend[1], [10, 10, np.nan, np.nan])


def test_a_day_that_was_not_over_when_the_data_came_is_left_out(tmp_path):
    """The rows are imported on 23 November, of which only the morning is in them."""
    facts = [*every_day(1, 4), Fact(1, LAST + timedelta(days=1), spend=2.0)]
    block = mart(tmp_path, [Campaign(1, "A")], facts).block("USD", 4, 9)
    assert LAST == block.last_day
    assert 10.0 == block.spend[0, -1]


def test_a_block_takes_the_campaigns_with_most_spend_or_one(tmp_path):
    facts = [f for n in (1, 2, 3) for f in every_day(n, 3, spend=10.0 * n)]
    watch = mart(tmp_path, [Campaign(n, f"C{n}") for n in (1, 2, 3)], facts)
    assert (3, 2) == watch.block("USD", 3, 2).campaign_ids
    one = watch.block("USD", 3, 2, campaign_id=1)
    assert ((1,), [[10.0] * 3]) == (one.campaign_ids, one.spend.tolist())
    assert watch.block("EUR", 3, 2) is None
    assert watch.block("USD", 3, 2, campaign_id=99) is None


def test_an_empty_warehouse_has_nothing_to_watch(tmp_path):
    watch = WatchMart(Warehouse(tmp_path / "lake").at(0))
    assert ([], None, {}, []) == (
        watch.currencies(),
        watch.block("USD", 7, 5),
        watch.runs([Run(1, LAST, None, "USD")]),
        watch.tracking("USD"),
    )


def test_a_run_has_its_days_and_its_totals_to_its_end(tmp_path):
    watch = mart(tmp_path, [Campaign(1, "A", record_id=7)], every_day(1, 10))
    found = watch.runs([Run(7, days_ago(5), days_ago(2), "USD"), Run(8, LAST, None, "USD")])
    assert {7} == set(found)
    run = found[7]
    assert (1, days_ago(5), LAST) == (run.campaign_id, run.first_day, run.last_day)
    assert [10.0] * 6 == run.spend.tolist()
    assert (40.0, 120.0, 8.0) == (run.totals.spend, run.totals.revenue, run.totals.conversions)


def test_a_run_in_another_currency_says_so_and_is_never_added(tmp_path):
    facts = every_day(1, 3, currency="EUR")
    run = mart(tmp_path, [Campaign(1, "A", record_id=7)], facts).runs(
        [Run(7, days_ago(9), None, "USD")]
    )[7]
    assert (True, True, None) == (run.is_empty, run.elsewhere, run.totals)


def test_days_without_rows_inside_a_run_are_zeros_up_to_the_account_s_last(tmp_path):
    campaigns = [Campaign(1, "A", record_id=7), Campaign(2, "B")]
    facts = [Fact(1, days_ago(4)), Fact(1, days_ago(2)), *every_day(2, 5)]
    run = mart(tmp_path, campaigns, facts).runs([Run(7, days_ago(9), None, "USD")])[7]
    assert [10.0, 0.0, 10.0, 0.0, 0.0] == run.spend.tolist()


def troubled(tmp_path: Path, facts: list[Fact], *more: Campaign) -> dict:
    watch = mart(tmp_path, [Campaign(1, "A"), *more], facts)
    return {one.campaign_id: one for one in watch.tracking("USD")}


def test_a_sound_campaign_has_no_trouble(tmp_path):
    one = troubled(tmp_path, every_day(1))[1]
    assert ((), 28, 0, LAST) == (one.troubles, one.spend_days, one.gap_days, one.last_conversion)
    assert (280.0, 56.0) == (one.spend, one.conversions)


def test_conversions_that_stop_while_money_goes_on_are_told(tmp_path):
    facts = [Fact(1, days_ago(ago), conversions=0.0 if ago < 8 else 2.0) for ago in range(84)]
    one = troubled(tmp_path, facts)[1]
    assert ((Trouble.SILENT,), 8) == (one.troubles, one.unconverted_days)
    assert (days_ago(8), 80.0, pytest.approx(16.0)) == (
        one.last_conversion,
        one.spend_since,
        one.expected_since,
    )


def test_a_pause_of_conversions_that_chance_explains_is_no_trouble(tmp_path):
    facts = [Fact(1, days_ago(ago), conversions=0.0 if ago < 3 else 2.0) for ago in range(84)]
    assert () == troubled(tmp_path, facts)[1].troubles


def test_never_a_conversion_is_told_after_two_weeks(tmp_path):
    assert (Trouble.NEVER,) == troubled(tmp_path, every_day(1, conversions=0.0))[1].troubles


def test_a_platform_that_reports_no_conversions_is_told_from_one_that_has_none(tmp_path):
    assert (Trouble.NOT_REPORTED,) == troubled(tmp_path, every_day(1, conversions=None))[1].troubles


def test_conversions_without_spend_are_counted(tmp_path):
    facts = [Fact(1, days_ago(ago), spend=0.0 if ago in (3, 4) else 10.0) for ago in range(84)]
    one = troubled(tmp_path, facts)[1]
    assert ((Trouble.NO_SPEND,), 2) == (one.troubles, one.unspent_days)


def test_a_day_missing_from_a_whole_account_is_a_gap_and_one_campaign_s_is_not(tmp_path):
    other = Campaign(2, "B")
    elsewhere = Campaign(3, "C", platform="facebook_ads")
    facts = [
        *(Fact(1, days_ago(ago)) for ago in range(84) if ago not in (5, 6)),
        *(Fact(2, days_ago(ago)) for ago in range(84) if ago not in (5, 9, 10)),
        *every_day(3),
    ]
    found = troubled(tmp_path, facts, other, elsewhere)
    assert [(1, 1), (1, 2), (0, 0)] == [(found[n].gap_days, found[n].idle_days) for n in (1, 2, 3)]


def test_a_campaign_without_rows_in_the_window_is_not_listed(tmp_path):
    facts = [*every_day(1, 20), *(Fact(2, days_ago(ago)) for ago in range(40, 60))]
    assert {1} == set(troubled(tmp_path, facts, Campaign(2, "B")))


def test_one_campaign_s_tracking_is_the_same_as_among_all(tmp_path):
    watch = mart(tmp_path, [Campaign(1, "A"), Campaign(2, "B")], every_day(1) + every_day(2, 30))
    (one,) = watch.tracking("USD", campaign_id=2)
    assert one == next(row for row in watch.tracking("USD") if row.campaign_id == 2)
