"""Which of the things seen while watching are worth an alert, and the key of each.

A key names the thing itself: a plan's overspending, a goal missed in a month, an unusual day. So
whoever looks again, with more data or after a crash, finds the alert there already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.alerts.models import AlertKind
from core.campaigns.account_goals import AccountStanding
from core.campaigns.anomalies import Anomalies, Anomaly
from core.campaigns.goal_progress import GoalProgress, Progress
from core.campaigns.pacing import Pacing, Standing
from core.campaigns.tracking import Tracking
from core.campaigns.watching import WatchedCampaign

FRESH_DAYS = 7  # data that ends earlier tells of the past, and alerts are about now
FEWEST_DAYS = 14  # of a run before a goal can be missed
FEWEST_DAYS_OF_MONTH = 7
ALL_CAMPAIGNS = 0  # stands for no campaign of the warehouse
MOST_ANOMALIES = 10  # of one publication; more at once are one cause, seen on the page


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert as it is raised; ``facts`` are plain JSON values for its sentence."""

    key: str
    kind: AlertKind
    campaign_id: int
    name: str
    currency: str
    is_sample: bool
    facts: dict[str, Any]


def pacing_alerts(campaigns: Iterable[WatchedCampaign], today: date) -> list[Raised]:
    """Budgets that will nearly surely be overspent, or underspent by more than a tenth."""
    return [
        _of_record(one, AlertKind.PACING, key, _pacing_facts(one.pacing))
        for one in campaigns
        if isinstance(one.pacing, Pacing) and _is_fresh(one.pacing.as_of, today)
        if one.pacing.standing in (Standing.OVER, Standing.UNDER) and one.pacing.end >= today
        for key in [
            f"pacing:{one.record_id}:{one.pacing.standing}:{one.pacing.budget:.2f}:{one.pacing.end}"
        ]
    ]


def goal_alerts(campaigns: Iterable[WatchedCampaign], today: date) -> list[Raised]:
    """Goals that are behind, once a month each, and sums that are reached.

    A run of less than two weeks misses nothing yet.
    """
    found = []
    for one in campaigns:
        if one.as_of is None or not _is_fresh(one.as_of, today):
            continue
        is_young = one.as_of - one.start < timedelta(days=FEWEST_DAYS)
        for goal in one.goals:
            if goal.progress is Progress.BEHIND and not is_young:
                found.append(_goal(one, goal, f"{one.as_of:%Y-%m}"))
            elif goal.progress is Progress.REACHED and goal.kpi.is_sum:
                found.append(_goal(one, goal, "ever"))
    return found


def account_goal_alerts(standings: Iterable[AccountStanding], today: date) -> list[Raised]:
    """Goals of all campaigns together that are behind or whose sum is reached, once a month each.

    A month of less than a week misses nothing yet.
    """
    return [
        Raised(
            key=f"goal:all:{one.currency}:{goal.kpi.key}:{goal.target:g}:{goal.progress}:{one.start:%Y-%m}",
            kind=AlertKind.GOAL,
            campaign_id=ALL_CAMPAIGNS,
            name="",
            currency=one.currency,
            is_sample=one.is_sample,
            facts={**_goal_facts(goal), "month": one.start.isoformat()},
        )
        for one in standings
        if _is_fresh(one.as_of, today)
        for goal in one.goals
        if (goal.progress is Progress.BEHIND and one.as_of.day >= FEWEST_DAYS_OF_MONTH)
        or (goal.progress is Progress.REACHED and goal.kpi.is_sum)
    ]


def anomaly_alerts(anomalies: Anomalies, currency: str, today: date) -> list[Raised]:
    """The first day of what is unusual, one alert a campaign and day: its least likely KPI."""
    chosen: dict[tuple[int, date], Anomaly] = {}
    for one in anomalies.found:  # the least likely first
        if one.is_first and one.day > anomalies.first_day and _is_fresh(one.day, today):
            chosen.setdefault((one.campaign_id, one.day), one)
    return [
        Raised(
            key=f"anomaly:{one.campaign_id}:{currency}:{one.day}",
            kind=AlertKind.ANOMALY,
            campaign_id=one.campaign_id,
            name=one.name,
            currency=currency,
            is_sample=one.is_sample,
            facts={
                "kpi": one.kpi,
                "day": one.day.isoformat(),
                "value": one.value,
                "low": one.low,
                "high": one.high,
            },
        )
        for one in list(chosen.values())[:MOST_ANOMALIES]
    ]


def tracking_alerts(tracked: Sequence[Tracking], currency: str, today: date) -> list[Raised]:
    """Campaigns whose conversions stopped while money went on."""
    return [
        Raised(
            key=f"tracking:{one.campaign_id}:{currency}:{one.last_conversion}",
            kind=AlertKind.TRACKING,
            campaign_id=one.campaign_id,
            name=one.name,
            currency=currency,
            is_sample=one.is_sample,
            facts={
                "since": one.last_conversion.isoformat(),
                "spend": one.spend_since,
                "expected": one.expected_since,
            },
        )
        for one in tracked
        if one.is_silent and one.last_conversion and _is_fresh(one.last_day, today)
    ]


def _goal(one: WatchedCampaign, goal: GoalProgress, when: str) -> Raised:
    key = f"goal:{one.record_id}:{goal.kpi.key}:{goal.target:g}:{goal.progress}:{when}"
    return _of_record(one, AlertKind.GOAL, key, _goal_facts(goal))


def _goal_facts(goal: GoalProgress) -> dict[str, Any]:
    return {
        "kpi": goal.kpi.key,
        "target": goal.target,
        "value": goal.value,
        "by_now": goal.by_now,
        "progress": goal.progress.value,
    }


def _of_record(one: WatchedCampaign, kind: AlertKind, key: str, facts: dict[str, Any]) -> Raised:
    assert one.campaign_id is not None  # noqa: S101 - without a row there is nothing to raise
    return Raised(key, kind, one.campaign_id, one.name, one.currency, one.is_sample, facts)


def _pacing_facts(pacing: Pacing) -> dict[str, Any]:
    return {
        "standing": pacing.standing.value,
        "budget": pacing.budget,
        "spent": pacing.spent,
        "projected": pacing.projected,
        "low": pacing.low,
        "high": pacing.high,
        "end": pacing.end.isoformat(),
        "day_to_land": pacing.day_to_land,
    }


def _is_fresh(day: date, today: date) -> bool:
    return day >= today - timedelta(days=FRESH_DAYS)
