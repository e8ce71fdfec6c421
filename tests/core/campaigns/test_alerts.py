"""Which of what is seen becomes an alert, under which key, and what it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.alerts.models import AlertKind
from core.campaigns.alert_sentences import sentence
from core.campaigns.alerts import (
    MOST_ANOMALIES,
    anomaly_alerts,
    goal_alerts,
    pacing_alerts,
    tracking_alerts,
)
from core.campaigns.anomalies import Anomalies, Anomaly
from core.campaigns.goal_progress import goal_progress
from core.campaigns.kpis import Totals
from core.campaigns.models import CampaignStatus, GoalKpi
from core.campaigns.pacing import NoPacing, Pacing, Unpaced
from core.campaigns.tracking import Tracking
from core.campaigns.watching import WatchedCampaign
from core.i18n import LANGUAGES, language

TODAY = date(2026, 11, 23)
START, END = date(2026, 11, 1), date(2026, 12, 31)
PACING = Pacing(
    budget=1000.0,
    spent=600.0,
    expected=400.0,
    projected=1500.0,
    low=1400.0,
    high=1600.0,
    p_over=0.999,
    day_now=25.0,
    day_to_land=10.0,
    days_left=39,
    as_of=date(2026, 11, 22),
    end=END,
)
CAMPAIGN = WatchedCampaign(
    record_id=7,
    campaign_id=70,
    name="Brand",
    status=CampaignStatus.ACTIVE,
    currency="EUR",
    is_sample=False,
    start=START,
    as_of=PACING.as_of,
    pacing=PACING,
    goals=(),
)


def paced(**values) -> list[str]:
    one = replace(CAMPAIGN, pacing=replace(PACING, **values))
    return [raised.key for raised in pacing_alerts([one], TODAY)]


def test_a_budget_on_its_way_to_be_overspent_is_told_once_for_its_plan():
    assert ["pacing:7:over:1000.00:2026-12-31"] == paced()
    assert paced() == paced(spent=700.0, projected=1600.0)
    assert ["pacing:7:over:1200.00:2026-12-31"] == paced(budget=1200.0)


def test_a_budget_on_its_way_to_be_left_is_told():
    assert ["pacing:7:under:1000.00:2026-12-31"] == paced(p_over=0.0, low=700, high=800.0)


@pytest.mark.parametrize(
    "values",
    [
        {"p_over": 0.9},
        {"p_over": 0.0, "low": 800.0, "high": 950.0},
        {"as_of": TODAY - timedelta(days=8)},
        {"end": TODAY - timedelta(days=1)},
    ],
)
def test_what_is_not_sure_or_long_past_is_not_told(values):
    assert [] == paced(**values)
    assert [] == pacing_alerts([replace(CAMPAIGN, pacing=NoPacing(Unpaced.NO_END))], TODAY)


def behind(as_of: date = PACING.as_of, start: date = START, revenue: float = 10.0):
    totals = Totals(spend=100.0, revenue=revenue, spend_with_revenue=100.0)
    goals = (
        goal_progress(GoalKpi.REVENUE, 900.0, totals, start, END, as_of),
        goal_progress(GoalKpi.ROAS, 4.0, totals, start, END, as_of),
    )
    return replace(CAMPAIGN, goals=goals, as_of=as_of, start=start)


def test_a_goal_that_is_missed_is_told_once_a_month():
    assert ["goal:7:revenue:900:behind:2026-11", "goal:7:roas:4:behind:2026-11"] == [
        one.key for one in goal_alerts([behind()], TODAY)
    ]


def test_a_run_of_less_than_two_weeks_misses_nothing_yet():
    assert [] == goal_alerts([behind(start=TODAY - timedelta(days=10))], TODAY)


def test_a_sum_that_is_reached_is_told_once_for_ever():
    (one,) = goal_alerts([behind(revenue=950.0)], TODAY)
    assert "goal:7:revenue:900:reached:ever" == one.key
    assert "Revenue reached its goal" in sentence(one.kind, one.facts, "EUR", language("en"))


def anomaly(campaign: int = 1, ago: int = 1, p: float = 1e-6, kpi: str = "spend", first=True):
    return Anomaly(
        campaign_id=campaign,
        name=f"C{campaign}",
        is_sample=False,
        kpi=kpi,
        day=TODAY - timedelta(days=ago),
        value=900.0,
        expected=100.0,
        low=80.0,
        high=120.0,
        p_value=p,
        is_first=first,
    )


def found(*anomalies: Anomaly, last: date = TODAY - timedelta(days=1)) -> Anomalies:
    ranked = tuple(sorted(anomalies, key=lambda one: one.p_value))
    return Anomalies(ranked, 10, last - timedelta(days=6), last, {})


def test_a_campaign_s_day_is_one_alert_of_what_is_least_likely():
    raised = anomaly_alerts(
        found(anomaly(), anomaly(p=1e-9, kpi="revenue"), anomaly(ago=2)), "EUR", TODAY
    )
    assert [
        ("anomaly:1:EUR:2026-11-22", "revenue"),
        ("anomaly:1:EUR:2026-11-21", "spend"),
    ] == [(one.key, one.facts["kpi"]) for one in raised]


def test_the_second_day_of_something_unusual_is_no_new_alert():
    assert [] == anomaly_alerts(found(anomaly(first=False)), "EUR", TODAY)


def test_old_data_raises_nothing():
    old = found(anomaly(ago=40), last=TODAY - timedelta(days=38))
    assert [] == anomaly_alerts(old, "EUR", TODAY)


def test_many_at_once_are_cut_to_the_least_likely():
    many = found(*(anomaly(campaign=n, p=10.0 ** -(6 + n)) for n in range(20)))
    raised = anomaly_alerts(many, "EUR", TODAY)
    assert list(range(19, 19 - MOST_ANOMALIES, -1)) == [one.campaign_id for one in raised]


TRACKING = Tracking(
    campaign_id=5,
    name="Brand",
    is_sample=False,
    spend=100.0,
    conversions=30.0,
    spend_days=28,
    unconverted_days=9,
    unspent_days=0,
    gap_days=0,
    idle_days=0,
    last_conversion=date(2026, 11, 13),
    spend_since=90.0,
    expected_since=14.0,
    last_day=date(2026, 11, 22),
)


def test_conversions_that_stopped_are_told_once_for_that_day():
    (one,) = tracking_alerts([TRACKING], "EUR", TODAY)
    assert "tracking:5:EUR:2026-11-13" == one.key
    assert [] == tracking_alerts([replace(TRACKING, expected_since=9.0)], "EUR", TODAY)
    assert [] == tracking_alerts([replace(TRACKING, last_day=date(2026, 10, 1))], "EUR", TODAY)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_alert_is_a_sentence_with_its_figures_in_either_language(code):
    t = language(code)
    raised = [
        *pacing_alerts([CAMPAIGN], TODAY),
        *pacing_alerts([replace(CAMPAIGN, pacing=replace(PACING, spent=1100.0))], TODAY),
        *pacing_alerts([replace(CAMPAIGN, pacing=replace(PACING, p_over=0, high=800.0))], TODAY),
        *goal_alerts([behind(), behind(revenue=950.0)], TODAY),
        *anomaly_alerts(found(anomaly()), "EUR", TODAY),
        *tracking_alerts([TRACKING], "EUR", TODAY),
    ]
    assert set(AlertKind) == {one.kind for one in raised}
    told = [sentence(one.kind, one.facts, one.currency, t) for one in raised]
    assert len(raised) == len(set(told))
    assert all("{" not in words and any(sign.isdigit() for sign in words) for words in told)
