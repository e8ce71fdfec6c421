"""The use cases of watching over campaigns: pacing with goals, anomalies, tracking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.accounts.access import Area, Principal
from core.campaigns.anomalies import Anomalies, ExpectedCourse, expected_course, find_anomalies
from core.campaigns.expected import HISTORY_DAYS
from core.campaigns.goal_progress import GoalProgress, goal_progress
from core.campaigns.goals import Goal
from core.campaigns.models import CampaignStatus
from core.campaigns.pacing import Flight, NoPacing, Pacing, Unpaced, pace
from core.campaigns.plan import CampaignPlan, CampaignRecord
from core.campaigns.tracking import Tracking, Troubled
from core.campaigns.watch_ports import Run, RunFigures, WatchFigures

CAMPAIGNS_JUDGED = 1000  # those with most spend
COURSE_DAYS = 56
_RUNNING = (CampaignStatus.ACTIVE, CampaignStatus.PAUSED)


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class WatchedCampaign:
    """A campaign's record with how its spend and its goals stand.

    ``campaign_id`` is the warehouse's and ``as_of`` the last day it is reported for; both are
    ``None`` while no report has a row of it.
    """

    record_id: int
    campaign_id: int | None
    name: str
    status: CampaignStatus
    currency: str
    is_sample: bool
    start: date
    as_of: date | None
    pacing: Pacing | NoPacing
    goals: tuple[GoalProgress, ...]


def running(records: Sequence[CampaignRecord]) -> tuple[CampaignRecord, ...]:
    """The records of campaigns that run or are paused: those whose budget can still be kept."""
    return tuple(record for record in records if record.status in _RUNNING)


def read_watched(
    principal: Principal, figures: WatchFigures, records: Sequence[CampaignRecord]
) -> tuple[WatchedCampaign, ...]:
    """How records stand against their budgets and goals, in the order given."""
    principal.require(Area.CAMPAIGNS)
    return watched(figures, records)


def read_anomalies(principal: Principal, figures: WatchFigures, currency: str) -> Anomalies | None:
    """The last days' anomalies of a currency's campaigns; ``None`` while it has no rows."""
    principal.require(Area.CAMPAIGNS)
    return anomalies(figures, currency)


def read_course(
    principal: Principal,
    figures: WatchFigures,
    currency: str,
    campaign_id: int,
    kpi: str,
    tails: Mapping[str, float],
) -> ExpectedCourse | None:
    """One campaign's KPI by day with its usual range; ``None`` while it has no rows."""
    principal.require(Area.CAMPAIGNS)
    block = figures.block(currency, HISTORY_DAYS, 1, campaign_id)
    return None if block is None else expected_course(block, kpi, tails[kpi], COURSE_DAYS)


def read_troubled(
    principal: Principal, figures: WatchFigures, currency: str, limit: int
) -> Troubled:
    """The campaigns whose tracking had trouble in the last four weeks, most spend first."""
    principal.require(Area.CAMPAIGNS)
    rows = figures.tracking(currency)
    return Troubled(tuple([row for row in rows if row.troubles][:limit]), len(rows))


def read_tracking(
    principal: Principal, figures: WatchFigures, currency: str, campaign_id: int
) -> Tracking | None:
    """One campaign's tracking in the last four weeks; ``None`` where it has no row in them."""
    principal.require(Area.CAMPAIGNS)
    return next(iter(figures.tracking(currency, campaign_id)), None)


def anomalies(figures: WatchFigures, currency: str) -> Anomalies | None:
    """The same for the worker, on nobody's behalf."""
    block = figures.block(currency, HISTORY_DAYS, CAMPAIGNS_JUDGED)
    return None if block is None else find_anomalies(block)


def watched(
    figures: WatchFigures, records: Sequence[CampaignRecord]
) -> tuple[WatchedCampaign, ...]:
    """The same for the worker, on nobody's behalf."""
    runs = [
        Run(one.campaign_id, one.plan.start_date, one.plan.end_date, one.plan.currency)
        for one in records
    ]
    found = figures.runs(runs)
    return tuple(_watched(record, found.get(record.campaign_id)) for record in records)


def _watched(record: CampaignRecord, figures: RunFigures | None) -> WatchedCampaign:
    plan = record.plan
    return WatchedCampaign(
        record_id=record.campaign_id,
        campaign_id=figures.campaign_id if figures else None,
        name=plan.name,
        status=record.status,
        currency=plan.currency,
        is_sample=record.is_sample,
        start=plan.start_date,
        as_of=figures.last_day if figures else None,
        pacing=_paced(plan, figures),
        goals=tuple(_progress(goal, plan, figures) for goal in plan.goals),
    )


def _paced(plan: CampaignPlan, figures: RunFigures | None) -> Pacing | NoPacing:
    if figures is None:
        return NoPacing(Unpaced.NOT_STARTED)
    if figures.elsewhere and figures.is_empty:
        return NoPacing(Unpaced.OTHER_CURRENCY)
    flight = Flight(float(plan.budget), plan.start_date, plan.end_date)
    return pace(flight, figures.first_day, figures.spend)


def _progress(goal: Goal, plan: CampaignPlan, figures: RunFigures | None) -> GoalProgress:
    target, totals = float(goal.target), figures.totals if figures else None
    as_of = figures.last_day if figures else plan.start_date - timedelta(days=1)
    return goal_progress(goal.kpi, target, totals, plan.start_date, plan.end_date, as_of)
