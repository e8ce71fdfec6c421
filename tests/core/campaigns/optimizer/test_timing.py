"""Weekdays and holidays: found where they are, and honestly claimed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from core.campaigns.evidence import Asked, Counts, DailyCounts, DailySeries
from core.campaigns.optimizer.calendar import UnknownCountry, countries, holidays_between
from core.campaigns.optimizer.suggestion import Suggestion, TooThin
from core.campaigns.optimizer.timing import suggest_timing
from core.campaigns.optimizer.week_plan import STEP
from core.campaigns.optimizer.wording import say
from core.i18n import language
from tests.core.campaigns.optimizer.worlds import ASKED, SPAN, Weekdays, days

EN = language("en")


def series(
    weekday: Sequence[float], *, weeks: int = 12, campaign: int = 1, growth: float = 0.0
) -> DailySeries:
    """Spend of 100 a day that brings so many conversions worth 40, Monday first."""
    rows = []
    for n in range(7 * weeks):
        day = SPAN.end - timedelta(days=7 * weeks - 1 - n)
        sold = weekday[day.weekday()] * np.exp(growth * (n // 7))
        rows.append(DailyCounts(day, Counts(1000, 50, 100.0, float(sold), 40.0 * float(sold))))
    return DailySeries(campaign, f"Campaign {campaign}", tuple(rows))


def suggestion(*made: DailySeries, asked: Asked = ASKED) -> Suggestion:
    answer = suggest_timing(made, asked)
    assert isinstance(answer, Suggestion), answer
    return answer


def refusal(*made: DailySeries) -> list[str]:
    answer = suggest_timing(made, ASKED)
    assert isinstance(answer, TooThin), answer
    return [say(remark, EN, "USD") for remark in (*answer.reasons, *answer.needs)]


STRONG_MONDAY = (20, 10, 10, 10, 10, 10, 10)


def test_spend_moves_to_the_day_that_brings_more() -> None:
    found = suggestion(series(STRONG_MONDAY))
    monday, *others = found.actions
    assert ("Monday", 1) == (monday.subject, monday.subject_id)
    assert 1 / 7 < monday.then <= (1 + STEP) / 7 + 1e-9
    assert all(other.then < monday.then for other in others)
    assert others[1].then < others[1].now
    assert found.effect.p_gain > 0.95


def test_growth_from_week_to_week_is_not_taken_for_a_weekday() -> None:
    steady = suggestion(series((10,) * 7))
    growing = suggestion(series((10,) * 7, growth=0.1))
    for one in (steady, growing):
        assert [1.0] * 7 == pytest.approx([e.mean for e in one.estimates], abs=0.02)
        assert "hardly differ" in one.why.message


def test_no_campaign_gets_more_than_it_had() -> None:
    weekend = series((0.1, 0.1, 0.1, 0.1, 0.1, 10, 10), campaign=2)
    only_weekend = replace(
        weekend, days=tuple(day for day in weekend.days if day.date.weekday() >= 5)
    )
    poor = tuple(0.5 * n for n in (10, 10, 10, 10, 10, 10, 10))
    found = suggestion(series(poor), only_weekend)
    assert all(abs(e.mean - 1) < 0.1 for e in found.estimates)
    assert found.effect.mean < 0.01


def test_a_day_without_spend_stays_without_and_is_said() -> None:
    made = series(STRONG_MONDAY)
    workdays = replace(made, days=tuple(day for day in made.days if day.date.weekday() < 6))
    found = suggestion(workdays)
    assert (0.0, 0.0) == (found.actions[6].now, found.actions[6].then)
    sentences = [say(remark, EN, "USD") for remark in found.limits]
    assert any("Nothing was spent lately on Sunday" in sentence for sentence in sentences)


def test_a_day_that_comes_in_pieces_is_added_up() -> None:
    whole = series(STRONG_MONDAY)
    halves = tuple(
        DailyCounts(
            day.date,
            Counts(500, 25, 50.0, day.counts.conversions / 2, day.counts.revenue / 2),  # type: ignore[operator]
        )
        for day in whole.days
    )
    assert suggestion(whole).actions == suggestion(replace(whole, days=halves * 2)).actions


def test_what_is_too_thin_says_how_much_more_is_needed() -> None:
    assert "Further weeks with daily rows: 3." in refusal(series(STRONG_MONDAY, weeks=3))
    assert "10 more conversions, at the pace so far in 9 days." in refusal(
        series((1.5,) * 5 + (0, 0), weeks=12)
    )
    weekly = series(STRONG_MONDAY)
    mondays = replace(weekly, days=tuple(d for d in weekly.days if d.date.weekday() == 0))
    assert "totals of weeks" in refusal(mondays)[0]
    assert "no days with spend" in refusal()[0]


def test_a_stopped_campaign_is_not_planned() -> None:
    made = series(STRONG_MONDAY, weeks=20)
    stopped = replace(made, days=made.days[:70])
    assert "No campaign had spend" in refusal(stopped)[0]


def test_holidays_are_left_out_measured_and_named_ahead() -> None:
    rng = np.random.default_rng(5)
    asked = replace(ASKED, country="US", horizon_days=14)
    holidays = list(holidays_between("US", SPAN.start, SPAN.end))
    made, _ = days(rng, weeks=26, sales=40.0, dip=holidays)
    found = suggestion(*made, asked=asked)
    labor_day = next(one for one in found.estimates if one.subject == "Labor Day")
    assert 0.3 < labor_day.p05 < 0.5 < labor_day.p95 < 0.9
    sentences = [say(remark, EN, "USD") for remark in found.limits]
    assert any("Thanksgiving Day on Nov 26, 2026 lies ahead" in one for one in sentences)
    assert any("no such day to learn from" in one for one in sentences)


def test_ordinary_days_called_holidays_are_seldom_given_an_effect() -> None:
    rng = np.random.default_rng(6)
    outside = total = 0
    for _ in range(12):
        made, _ = days(rng, weeks=26)
        found = suggestion(*made, asked=replace(ASKED, country="US"))
        effects = [one for one in found.estimates if "holiday" in one.of.message]
        outside += sum(not one.p05 <= 1 <= one.p95 for one in effects)
        total += len(effects)
    assert total > 50
    assert outside / total <= 0.15


def test_an_unknown_country_is_a_named_error() -> None:
    with pytest.raises(UnknownCountry) as caught:
        holidays_between("QQ", date(2026, 1, 1), date(2026, 12, 31))
    assert "QQ" in caught.value.sentence(EN)
    assert {"US", "DE", "ES", "MX"} <= set(countries())


def test_a_day_off_for_a_weekend_holiday_bears_its_name() -> None:
    found = holidays_between("US", date(2026, 7, 1), date(2026, 7, 5))
    assert {date(2026, 7, 3): "Independence Day", date(2026, 7, 4): "Independence Day"} == found


def test_spend_that_works_on_the_next_day_is_not_credited_to_that_day() -> None:
    rng = np.random.default_rng(7)
    outside = 0
    for _ in range(10):
        made, _ = days(rng, campaigns=2, weeks=26, sales=40.0, apart=0.0, own=0.0, carry=0.6)
        found = suggestion(*made)
        outside += sum(not one.p05 <= 1 <= one.p95 for one in found.estimates)
        assert found.effect.mean < 0.01
    assert outside / 70 < 0.2


@pytest.mark.parametrize(("campaigns", "carry"), [(1, 0.0), (4, 0.0), (3, 0.5)])
def test_intervals_cover_and_the_chance_of_a_gain_is_kept_on_simulated_worlds(
    campaigns: int, carry: float
) -> None:
    rng = np.random.default_rng(11)
    covered, claimed, came_true = [], [], []
    for _ in range(60):
        made, truth = days(
            rng,
            campaigns=campaigns,
            apart=abs(float(rng.normal(0, 0.2))),
            sales=8.0,
            carry=carry,
            powers=(0.5, 1.0),
        )
        answer = suggestion(*made)
        gain = truth.gain(moved(answer, truth))
        covered.append(answer.effect.p05 <= gain <= answer.effect.p95)
        claimed.append(answer.effect.p_gain)
        came_true.append(gain > 0)
    assert 0.80 <= np.mean(covered) <= 0.98
    assert abs(np.mean(claimed) - np.mean(came_true)) < 0.1


def moved(answer: Suggestion, truth: Weekdays) -> np.ndarray:
    """Each campaign's new shares: the common factors that lead to the shares shown."""
    share = truth.spend / truth.spend.sum(axis=1, keepdims=True)
    weight = truth.spend.sum(axis=1) / truth.spend.sum()
    then = np.array([action.then for action in answer.actions])
    raised = then / np.array([action.now for action in answer.actions])
    for _ in range(60):
        shares = share * raised / (share * raised).sum(axis=1, keepdims=True)
        raised = raised * then / (weight @ shares)
    return shares
