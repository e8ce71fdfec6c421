"""Weekly goals, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from core import clock
from core.accounts.access import Role
from core.courses import weekly_goal
from core.courses.lesson_schemas import Goal
from core.courses.models import LessonCompletion
from core.courses.study_models import GoalKind, StudyTime
from core.db import unit_of_work
from core.errors import Invalid
from tests.core.courses.records import NOON, course, enrol, lesson_ids, person

WEDNESDAY = date(2026, 3, 4)


def test_a_goal_counts_this_weeks_hours_or_lessons_and_can_be_given_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    with unit_of_work(engine) as session:
        ana, ben = person(session, "Ana", Role.LEARNER), person(session, "Ben", Role.LEARNER)
        taught = course(session, "A1", [1])
        (lesson,) = lesson_ids(taught)
        for who, seconds in ((ana, 5000), (ben, 9999)):
            enrolment = enrol(session, who, taught)
            for day in (WEDNESDAY, WEDNESDAY - timedelta(days=3)):  # the latter is a Sunday
                key = {"enrollment_id": enrolment.id, "lesson_id": lesson}
                session.add(StudyTime(**key, day=day, seconds=seconds))
            session.add(LessonCompletion(**key, completed_at=NOON))
        assert weekly_goal.goal(session, ana) is None
        weekly_goal.set_goal(session, ana, GoalKind.HOURS, 4)
        assert Goal(GoalKind.HOURS, 4, Decimal("1.3")) == weekly_goal.goal(session, ana)
        weekly_goal.set_goal(session, ana, GoalKind.LESSONS, 2)
        assert Goal(GoalKind.LESSONS, 2, Decimal(1)) == weekly_goal.goal(session, ana)
        weekly_goal.set_goal(session, ana, GoalKind.NONE, 7)
        assert GoalKind.NONE is weekly_goal.goal(session, ana)
        assert weekly_goal.goal(session, ben) is None


@pytest.mark.parametrize("target", [None, 0, 101])
def test_a_goal_is_between_one_and_a_hundred(engine: Engine, target: int | None) -> None:
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        with pytest.raises(Invalid):
            weekly_goal.set_goal(session, ana, GoalKind.HOURS, target)
