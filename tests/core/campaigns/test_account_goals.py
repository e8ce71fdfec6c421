"""Goals of all campaigns together: kept, watched month by month, told once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.alerts import watching
from core.audit import trail
from core.campaigns import account_goals
from core.campaigns.account_goals import AccountGoalsChanged
from core.campaigns.alert_sentences import sentence, subject
from core.campaigns.alerts import account_goal_alerts
from core.campaigns.goal_progress import Progress
from core.campaigns.goals import BadGoal, Goal
from core.campaigns.models import GoalKpi
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.i18n import language
from core.jobs import queue
from core.jobs.models import JobKind
from data.marts.watch import WatchMart
from tests.core.alerts.people import somebody
from tests.data.marts.facts import Campaign, Fact, publish

LAST = date(2026, 11, 20)
ROAS = Goal(GoalKpi.ROAS, Decimal("4.0000"))
REVENUE = Goal(GoalKpi.REVENUE, Decimal("900.0000"))


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return somebody(engine, "Mia", Role.MARKETER)


def put(engine: Engine, who: Principal, *goals: Goal, seen: tuple[Goal, ...] = ()) -> None:
    with unit_of_work(engine) as session:
        account_goals.set_goals(session, who, "USD", goals, seen)


def kept(engine: Engine, who: Principal) -> account_goals.Goals:
    with reading(engine) as session:
        return account_goals.read_goals(session, who)


def figures(tmp_path, revenue: float = 30.0, days: int = 40) -> WatchMart:
    """Two campaigns of one currency, each with ten a day and ``revenue``; a third in another."""
    facts = [
        Fact(campaign, LAST - timedelta(days=ago), revenue=revenue)
        for campaign in (1, 2)
        for ago in range(days)
    ]
    facts.append(Fact(3, LAST, revenue=5000.0, currency="EUR"))
    named = [Campaign(1, "Brand"), Campaign(2, "Generic"), Campaign(3, "Europe")]
    warehouse = publish(tmp_path / "lake", named, facts)
    return WatchMart(warehouse.at(warehouse.generation()))


def test_goals_are_kept_changed_and_taken_away_with_a_trace(engine: Engine, mia: Principal) -> None:
    put(engine, mia, REVENUE, ROAS)
    assert {"USD": (ROAS, REVENUE)} == kept(engine, mia)
    higher = Goal(GoalKpi.ROAS, Decimal("5.0000"))
    put(engine, mia, higher, seen=(ROAS, REVENUE))
    assert {"USD": (higher,)} == kept(engine, mia)
    with reading(engine) as session:
        entries = trail.about(session, "goals/USD")
        waits = queue.any_open(session, [JobKind.WATCH_CAMPAIGNS])
    assert [{"roas": "4.0000", "revenue": "900.0000"}, {"roas": "5.0000"}] == [
        entry.details["goals"] for entry in entries
    ]
    assert waits


def test_goals_that_somebody_else_changed_are_not_written_over(
    engine: Engine, mia: Principal
) -> None:
    put(engine, mia, ROAS)
    with pytest.raises(AccountGoalsChanged):
        put(engine, mia, REVENUE)
    assert {"USD": (ROAS,)} == kept(engine, mia)


def test_unsound_goals_and_other_people_are_refused(engine: Engine, mia: Principal) -> None:
    with pytest.raises(BadGoal):
        put(engine, mia, Goal(GoalKpi.CPA, Decimal(0)))
    other = somebody(engine, "Lea", Role.LEARNER)
    with pytest.raises(Forbidden):
        put(engine, other, ROAS)
    with pytest.raises(Forbidden):
        kept(engine, other)


def test_a_month_sums_all_campaigns_of_the_currency(tmp_path) -> None:
    (one,) = account_goals.standings(figures(tmp_path), {"USD": (ROAS, REVENUE), "CHF": (ROAS,)})
    roas, revenue = one.goals
    assert (date(2026, 11, 1), date(2026, 11, 30), LAST) == (one.start, one.end, one.as_of)
    assert (3.0, Progress.BEHIND) == (roas.value, roas.progress)
    assert (1200.0, 600.0, Progress.REACHED) == (revenue.value, revenue.by_now, revenue.progress)


def test_each_is_told_once_a_month(engine: Engine, mia: Principal, tmp_path) -> None:
    put(engine, mia, ROAS, REVENUE)
    seen = figures(tmp_path)
    today = LAST + timedelta(days=1)
    first, again = (watching.watch_campaigns(engine, seen, today)["raised"] for _ in range(2))
    assert (2, 0) == (first, again)


def test_what_is_told_names_the_month_and_all_campaigns(tmp_path) -> None:
    found = account_goals.standings(figures(tmp_path), {"USD": (ROAS,)})
    (alert,) = account_goal_alerts(found, LAST)
    t = language("en")
    said = sentence(alert.kind, alert.facts, alert.currency, t)
    assert "November 2026: ROAS misses its goal" in said
    assert "All campaigns, USD" == subject(alert.name, alert.currency, t)
    assert [] == account_goal_alerts(found, LAST + timedelta(days=30))


def test_a_young_month_misses_nothing_yet(tmp_path) -> None:
    facts = [Fact(1, date(2026, 11, 3), revenue=1.0)]
    mart = WatchMart(publish(tmp_path / "lake", [Campaign(1, "Brand")], facts))
    found = account_goals.standings(mart, {"USD": (ROAS,)})
    assert [Progress.BEHIND] == [goal.progress for goal in found[0].goals]
    assert [] == account_goal_alerts(found, date(2026, 11, 4))
