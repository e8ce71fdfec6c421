from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from core.campaigns.optimizer import pivot
from core.campaigns.optimizer.history import History, LiftTest, Outcome
from core.campaigns.optimizer.limits import BadTotal, BudgetLimits
from core.campaigns.optimizer.planning import NothingToDivide, plan_budget
from core.campaigns.optimizer.screening import screen
from core.i18n import language
from tests.core.campaigns.optimizer.draws import made

_FIRST = date(2024, 1, 1)


def _history(spend: np.ndarray, attributed: np.ndarray) -> History:
    names = tuple(f"c{number}" for number in range(spend.shape[1]))
    starts = tuple(_FIRST + timedelta(days=day) for day in range(len(spend)))
    return History(starts, 1, names, names, ("search",) * len(names), "EUR", spend, attributed)


def _varied(days: int = 120) -> np.ndarray:
    return 100 + 50 * np.sin(np.arange(days))


@pytest.mark.parametrize(
    ("spend", "attributed", "code"),
    [
        (np.full(120, 100.0), _varied(), "no_variation"),
        (_varied(), np.zeros(120), "no_revenue"),
        (np.where(np.arange(120) < 90, 0.0, _varied()), _varied(), "short_history"),
        (np.where(np.arange(120) < 90, _varied(), 0.0), _varied(), "no_current_spend"),
    ],
)
def test_a_campaign_that_tells_too_little_is_held_and_says_why(
    spend: np.ndarray, attributed: np.ndarray, code: str
):
    history = _history(
        np.column_stack([_varied(), spend]), np.column_stack([_varied(), attributed])
    )
    screened = screen(history, 28)
    assert screened.usable.campaign_ids == ("c0",)
    assert [one.code for one in screened.held] == [code]


def test_too_few_campaigns_to_divide_among_is_a_sentence_with_reasons():
    history = _history(_varied(20)[:, None], _varied(20)[:, None])
    with pytest.raises(NothingToDivide) as caught:
        plan_budget(history, 28, BudgetLimits(), lambda *_: made())
    sentence = caught.value.sentence(language("en"))
    assert "It has spent on 20 days; a curve needs 56." in sentence


def test_held_campaigns_keep_their_spend_in_the_answer():
    spend = np.column_stack([_varied(), _varied(), _varied(), np.full(120, 7.0)])
    answer = plan_budget(_history(spend, spend), 28, BudgetLimits(), lambda *_: made()).as_dict()
    kept = [one for one in answer["allocation"] if one["campaign_id"] == "c3"]
    assert kept == [{"campaign_id": "c3", "current_spend": 196.0, "suggested_spend": 196.0}]
    assert {"limit": "no_variation", "of": "c3"} in answer["binding"]


def test_a_horizon_longer_than_the_history_scales_what_there_is():
    history = _history(_varied(60)[:, None], _varied(60)[:, None])
    assert history.pattern(90).sum() == pytest.approx(history.spend.sum() * 90 / 60)


def _rows(days: np.ndarray, spend: float) -> pivot.SpendRows:
    count = len(days)
    return pivot.SpendRows(
        days, np.zeros(count, dtype=np.int64), np.full(count, spend), np.full(count, spend)
    )


_LABEL = [pivot.CampaignLabel("a", "A", "search")]


def test_days_without_a_row_are_days_without_spend():
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-05"], dtype="datetime64[D]")
    history = pivot.history(_LABEL, _rows(days, 3.0), "EUR")
    assert history.period_days == 1
    assert history.spend[:, 0].tolist() == [3.0, 3.0, 0.0, 0.0, 3.0]


def test_daily_spend_beside_a_weekly_outcome_is_taken_by_week():
    days = np.arange("2024-01-01", "2024-01-15", dtype="datetime64[D]")
    weeks = np.array(["2024-01-01", "2024-01-08"], dtype="datetime64[D]")
    outcome = pivot.OutcomeRows(weeks, np.array([70.0, 80.0]), np.empty((2, 0)))
    history = pivot.history(_LABEL, _rows(days, 3.0), "EUR", outcome)
    assert history.period_days == 7
    assert history.spend[:, 0].tolist() == [21.0, 21.0]
    assert history.outcome is not None
    assert history.outcome.revenue.tolist() == [70.0, 80.0]


def test_a_week_of_which_days_are_missing_tells_no_revenue():
    days = np.arange("2024-01-01", "2024-01-13", dtype="datetime64[D]")
    weeks = np.array(["2024-01-01", "2024-01-08"], dtype="datetime64[D]")
    outcome = pivot.OutcomeRows(days, np.ones(12), np.empty((12, 0)))
    history = pivot.history(_LABEL, _rows(weeks, 3.0), "EUR", outcome)
    assert history.outcome is not None
    assert history.outcome.revenue[0] == 7.0
    assert np.isnan(history.outcome.revenue[1])


def test_an_outcome_of_other_years_is_refused():
    days = np.arange("2024-01-01", "2024-01-15", dtype="datetime64[D]")
    outcome = pivot.OutcomeRows(days - 4000, np.ones(14), np.empty((14, 0)))
    with pytest.raises(pivot.OutcomeElsewhere):
        pivot.history(_LABEL, _rows(days, 3.0), "EUR", outcome)


def test_a_lift_test_of_a_campaign_that_is_not_there_is_refused():
    days = np.arange("2024-01-01", "2024-01-15", dtype="datetime64[D]")
    test = LiftTest("b", date(2024, 1, 1), date(2024, 1, 7), 0.5, 1.0, 0.5, 1.5)
    with pytest.raises(pivot.UnknownLiftTest):
        pivot.history(_LABEL, _rows(days, 3.0), "EUR", lift_tests=[test])


@pytest.mark.parametrize(
    ("change", "low", "high", "last"),
    [(0.5, 1.5, 0.5, 7), (0.5, 2.0, 3.0, 7), (-1.5, 0.5, 1.5, 7), (0.0, 0.5, 1.5, 7)],
)
def test_a_lift_test_that_contradicts_itself_is_refused(
    change: float, low: float, high: float, last: int
):
    days = np.arange("2024-01-01", "2024-01-15", dtype="datetime64[D]")
    test = LiftTest("a", date(2024, 1, 1), date(2024, 1, last), change, 1.0, low, high)
    with pytest.raises(pivot.BadLiftTest):
        pivot.history(_LABEL, _rows(days, 3.0), "EUR", lift_tests=[test])


def test_an_outcome_of_a_few_days_is_left_out_and_that_is_said():
    spend = np.column_stack([_varied(), _varied(), _varied()])
    revenue = np.where(np.arange(120) < 30, 1000.0, np.nan)
    outcome = Outcome(revenue, np.empty((120, 0)))
    screened = screen(replace(_history(spend, spend), outcome=outcome), 28)
    assert screened.usable.outcome is None
    assert screened.remark is not None
    assert screened.remark.values["seen"] == 30


def test_an_outcome_without_revenue_is_left_out_and_that_is_said():
    days = 120
    history = _history(_varied(days)[:, None], _varied(days)[:, None])
    nothing = Outcome(np.zeros(days), np.empty((days, 0)), ())
    screened = screen(replace(history, outcome=nothing), 28)
    assert screened.usable.outcome is None
    assert screened.remark is not None
    assert "tells no revenue" in screened.remark.message


@pytest.mark.parametrize("total", [float("nan"), float("inf"), -1.0])
def test_a_total_that_is_no_amount_is_refused(total: float):
    spend = np.column_stack([_varied(), _varied()])
    with pytest.raises(BadTotal):
        plan_budget(_history(spend, spend), 28, BudgetLimits(total=total), lambda *_: made())
