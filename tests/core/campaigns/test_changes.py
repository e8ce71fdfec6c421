"""The false alarm rate and the power on simulated worlds; seeded, so that they never flicker."""

import numpy as np
import pytest

from core.campaigns.changes import (
    MIN_WEEKS,
    Change,
    Measure,
    WeeklySeries,
    find_changes,
    shift_of_means,
    why,
)
from core.i18n import language

EN, ES = language("en"), language("es")


def noise(
    rng: np.random.Generator, campaigns: int, days: int = 210, similar: float = 0.5
) -> list[WeeklySeries]:
    """Campaigns with weekdays and days that resemble the day before, but no change."""
    made = []
    for campaign in range(campaigns):
        drift = np.zeros(days)
        for day in range(1, days):
            drift[day] = similar * drift[day - 1] + rng.normal() * 0.25
        spend = 100 * (1 + 0.4 * np.sin(np.arange(days) * 2 * np.pi / 7)) * np.exp(drift)
        revenue = rng.poisson(spend**0.7 * 0.8) * 40.0
        made.append(WeeklySeries(campaign, f"Campaign {campaign}", _weeks(spend), _weeks(revenue)))
    return made


def _weeks(days: np.ndarray) -> tuple[float, ...]:
    return tuple(days.reshape(-1, 7).sum(axis=1))


def stepped(series: WeeklySeries, spend: float = 1.0, revenue: float = 1.0) -> WeeklySeries:
    """The series with its last four weeks multiplied."""
    assert series.revenue is not None
    return WeeklySeries(
        series.campaign_id,
        series.name,
        series.spend[:-4] + tuple(week * spend for week in series.spend[-4:]),
        series.revenue[:-4] + tuple(week * revenue for week in series.revenue[-4:]),
    )


@pytest.mark.parametrize("similar", [0.0, 0.5, 0.8])
def test_noise_alone_seldom_raises_an_alarm(similar: float) -> None:
    rng = np.random.default_rng(11)
    worlds = [noise(rng, 10, similar=similar) for _ in range(60)]
    alarms = sum(bool(find_changes(world).changes) for world in worlds)
    assert alarms / len(worlds) <= 0.10


def test_a_short_history_of_drifting_days_seldom_raises_an_alarm() -> None:
    rng = np.random.default_rng(5)
    worlds = [noise(rng, 10, days=MIN_WEEKS * 7, similar=0.8) for _ in range(60)]
    alarms = sum(bool(find_changes(world).changes) for world in worlds)
    assert alarms / len(worlds) <= 0.15


def test_a_planted_step_is_found_and_named() -> None:
    rng = np.random.default_rng(7)
    found = 0
    for _ in range(30):
        world = noise(rng, 10)
        world[3] = stepped(world[3], revenue=1.6)
        changes = find_changes(world).changes
        found += any(change.campaign_id == 3 and change.effect > 0.2 for change in changes)
    assert found >= 27


def test_a_campaign_whose_spend_and_revenue_both_jump_is_one_piece_of_news() -> None:
    world = noise(np.random.default_rng(1), 6)
    world[2] = stepped(world[2], spend=3.0, revenue=2.5)
    changes = find_changes(world).changes
    assert [change.campaign_id for change in changes] == [2]
    assert changes[0].measure is Measure.REVENUE


def test_changes_are_ranked_by_money_and_at_most_three_are_told() -> None:
    world = noise(np.random.default_rng(2), 8)
    for campaign, factor in ((0, 0.3), (1, 2.5), (2, 4.0), (3, 3.0)):
        world[campaign] = stepped(world[campaign], revenue=factor)
    changes = find_changes(world).changes
    assert [change.campaign_id for change in changes] == [2, 3, 1]
    assert [abs(change.money) for change in changes] == sorted(
        (abs(change.money) for change in changes), reverse=True
    )


def test_a_campaign_that_stopped_is_told_as_a_fall_to_nothing() -> None:
    world = noise(np.random.default_rng(3), 4)
    world[1] = stepped(world[1], spend=0.0, revenue=0.0)
    (change,) = find_changes(world).changes
    assert (change.campaign_id, change.effect, change.now) == (1, -1.0, 0.0)


def test_too_short_a_history_is_not_judged() -> None:
    short = WeeklySeries(1, "New", (10.0,) * (MIN_WEEKS - 1), None)
    found = find_changes([short])
    assert (found.changes, found.judged, found.too_short) == ((), 0, 1)


def test_a_series_that_never_changes_or_is_always_zero_is_no_news() -> None:
    still = WeeklySeries(1, "Still", (50.0,) * 20, (0.0,) * 20)
    assert find_changes([still]).changes == ()


def test_unreported_revenue_leaves_spend_to_be_judged() -> None:
    silent = [
        WeeklySeries(one.campaign_id, one.name, stepped(one, spend=4.0).spend, None)
        for one in noise(np.random.default_rng(4), 1)
    ]
    (change,) = find_changes(silent).changes
    assert change.measure is Measure.SPEND
    assert change.is_good is None


def test_roas_is_told_as_the_campaigns_page_tells_it() -> None:
    """Weeks of unlike spend: the mean of their ratios is not the ratio of their sums."""
    spend = (100.0, 110.0, 95.0, 105.0) * 4 + (40.0, 60.0, 50.0, 200.0)
    revenue = (*(3 * week for week in spend[:-4]), 400.0, 500.0, 450.0, 1100.0)
    (change,) = find_changes([WeeklySeries(1, "A", spend, revenue)]).changes
    assert Measure.ROAS is change.measure
    assert (2450 / 350, 3.0) == (change.now, change.before)
    assert change.now / change.before - 1 == change.effect


def test_roas_leaves_out_the_spend_that_reports_no_revenue() -> None:
    spend = (100.0, 110.0, 95.0, 105.0) * 4 + (90.0, 99.0, 85.5, 94.5)
    revenue = tuple(week * 1.5 for week in spend[:-4]) + tuple(week * 4.0 for week in spend[-4:])
    half = tuple(week / 2 for week in spend)
    (change,) = find_changes([WeeklySeries(1, "A", spend, revenue, half)]).changes
    assert (Measure.ROAS, 8.0, 3.0) == (change.measure, change.now, change.before)


def test_the_shift_of_two_means_is_the_difference_of_logarithms() -> None:
    logs = np.log(np.array([100.0] * 12 + [100.0] * 4 + [200.0] * 4))
    shift, _, _ = shift_of_means(logs)
    assert shift == pytest.approx(np.log(2))


def test_the_reason_names_the_usual_variation_the_change_and_the_odds() -> None:
    change = Change(1, "A", Measure.REVENUE, 0.31, 0.08, 0.0012, 5.0, 131.0, 100.0, ())
    assert why(change, EN) == (
        "Two neighbouring 28-day periods usually differ by up to ±8%; this is +31%, "
        "which chance alone would bring about once in 830 times."
    )
    assert "menos de una vez de cada 10.000" in why(
        Change(1, "A", Measure.REVENUE, 0.31, 0.08, 1e-9, 5.0, 131.0, 100.0, ()), ES
    )
