"""A person's weekly goal: set it, see how far this week is, or choose to have none."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.courses import study_queries
from core.courses.lesson_schemas import Goal
from core.courses.study_models import GoalKind, WeeklyGoal
from core.errors import Invalid

MOST = 100
_TENTH = Decimal("0.1")


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def goal(session: Session, principal: Principal) -> Goal | GoalKind | None:
    """The goal with this week so far (from Monday, UTC); ``NONE`` if none is wanted.

    None where the person has not chosen yet. Hours are floored to a tenth.
    """
    principal.require(Area.MY_COURSES)
    held = session.get(WeeklyGoal, principal.user_id)
    if held is None:
        return None
    if held.kind is GoalKind.NONE or held.target is None:
        return GoalKind.NONE
    which, monday = study_queries.of_person(principal), week_of(clock.today())
    if held.kind is GoalKind.LESSONS:
        lessons = study_queries.lessons_by_day(session, which, monday)
        return Goal(held.kind, held.target, Decimal(sum(lessons.values())))
    seconds = sum(study_queries.seconds_by_day(session, which, monday).values())
    return Goal(held.kind, held.target, (Decimal(seconds) / 3600).quantize(_TENTH, ROUND_FLOOR))


def set_goal(session: Session, principal: Principal, kind: GoalKind, target: int | None) -> None:
    """Choose a goal of 1 to 100 hours or lessons a week, or none. Raises Invalid."""
    principal.require(Area.MY_COURSES)
    wanted = None if kind is GoalKind.NONE else target
    if kind is not GoalKind.NONE and (wanted is None or not 1 <= wanted <= MOST):
        raise Invalid(field="target", reason=f"1-{MOST}")
    held = session.get(WeeklyGoal, principal.user_id, with_for_update=True)
    if held is None:
        session.add(WeeklyGoal(user_id=principal.user_id, kind=kind, target=wanted))
    else:
        held.kind, held.target = kind, wanted
    session.flush()
