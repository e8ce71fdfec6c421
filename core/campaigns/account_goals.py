"""Goals of all campaigns together: what a currency's campaigns shall reach in each month."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.audit import trail
from core.campaigns import repository
from core.campaigns.goal_progress import GoalProgress, goal_progress
from core.campaigns.goals import Goal, in_order, require_sound_goals
from core.campaigns.models import AccountGoal
from core.campaigns.watch_ports import MonthFigures, WatchFigures
from core.errors import Conflict
from core.i18n import mark
from core.jobs import queue
from core.jobs.models import JobKind

Goals = dict[str, tuple[Goal, ...]]  # by currency


class AccountGoalsChanged(Conflict):
    """Somebody changed these goals after the person had read them."""

    code = "account_goals_changed"
    message = mark("Somebody changed these goals in the meantime. Look at them again first.")


@dataclass(frozen=True)
class AccountStanding:
    """How the goals of a currency's campaigns stand in the month of the last whole day."""

    currency: str
    start: date
    end: date
    as_of: date
    is_sample: bool
    goals: tuple[GoalProgress, ...]


def read_goals(session: Session, principal: Principal) -> Goals:
    """The goals of each currency, in the order in which KPIs are named everywhere."""
    principal.require(Area.CAMPAIGNS)
    return _by_currency(repository.account_goals(session, principal))


def every_goal(session: Session) -> Goals:
    """The same for the worker, on nobody's behalf."""
    return _by_currency(repository.every_account_goal(session))


def set_goals(
    session: Session,
    principal: Principal,
    currency: str,
    goals: Sequence[Goal],
    seen: Sequence[Goal],
) -> None:
    """Put these goals in the place of those that the person had ``seen``.

    Raises a ``BadGoal`` naming the KPI, or :class:`AccountGoalsChanged`.
    """
    principal.require(Area.CAMPAIGNS)
    require_sound_goals(goals)
    rows = {
        row.kpi: row
        for row in repository.account_goals(session, principal)
        if row.currency == currency
    }
    if {(row.kpi, row.target) for row in rows.values()} != {(one.kpi, one.target) for one in seen}:
        raise AccountGoalsChanged(currency=currency)
    wanted = {goal.kpi: goal.target for goal in goals}
    for kpi in rows.keys() - wanted.keys():
        session.delete(rows[kpi])
    for kpi, target in wanted.items():
        if kpi in rows:
            rows[kpi].target = target
        else:
            session.add(AccountGoal(currency=currency, kpi=kpi, target=target))
    _keep(session, currency)
    told = {goal.kpi.value: str(goal.target) for goal in goals}
    trail.record(session, principal.user_id, "goals.changed", f"goals/{currency}", goals=told)
    queue.ensure_waiting(session, JobKind.WATCH_CAMPAIGNS)


def read_standings(
    principal: Principal, figures: WatchFigures, goals: Goals
) -> tuple[AccountStanding, ...]:
    """How goals stand in the current month of the data, by currency."""
    principal.require(Area.CAMPAIGNS)
    return standings(figures, goals)


def standings(figures: WatchFigures, goals: Goals) -> tuple[AccountStanding, ...]:
    """The same for the worker, on nobody's behalf; a currency without rows has none."""
    found = []
    for currency, wanted in goals.items():
        month = figures.month(currency)
        if month is not None and wanted:
            found.append(_standing(currency, wanted, month))
    return tuple(found)


def _standing(currency: str, goals: Sequence[Goal], month: MonthFigures) -> AccountStanding:
    as_of = month.last_day
    start = as_of.replace(day=1)
    end = as_of.replace(day=calendar.monthrange(as_of.year, as_of.month)[1])
    progress = tuple(
        goal_progress(goal.kpi, float(goal.target), month.totals, start, end, as_of)
        for goal in goals
    )
    return AccountStanding(currency, start, end, as_of, month.is_sample, progress)


def _by_currency(rows: Sequence[AccountGoal]) -> Goals:
    currencies = sorted({row.currency for row in rows})
    return {
        currency: in_order(Goal(row.kpi, row.target) for row in rows if row.currency == currency)
        for currency in currencies
    }


def _keep(session: Session, currency: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise AccountGoalsChanged(currency=currency) from error
