from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import clock
from core.accounts.access import Role
from core.courses import outlook
from core.courses.course_page import course_page
from core.courses.models import EnrollmentStatus, LessonCompletion
from core.courses.outlook import NoForecast, asked, doubt, study_plan
from core.courses.ports import AnswerSource, FinishForecast
from core.courses.schemas import CoursePage
from core.db import reading, unit_of_work
from tests.core.courses.records import NOON, course, enrol, lesson_ids, person

START = date(2026, 3, 2)


@pytest.fixture
def page(engine, monkeypatch) -> CoursePage:
    """Ana has done three of five lessons of an hour, each in half an hour more."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2026, 4, 2), time(9), UTC))
    with unit_of_work(engine) as session:
        ana = person(session, "Ana", Role.LEARNER)
        taught = course(session, "A", [1] * 5)
        for lesson in taught.modules[0].lessons:
            lesson.expected_minutes = 60
        enrolment = enrol(session, ana, taught)
        session.add_all(
            LessonCompletion(
                enrollment_id=enrolment.id,
                lesson_id=one,
                completed_at=NOON,
                time_spent_minutes=90,
            )
            for one in lesson_ids(taught)[:3]
        )
    with reading(engine) as session:
        return course_page(session, ana, enrolment.id)


def forecast(latest: date) -> FinishForecast:
    source = AnswerSource("finish_forecast_day_30", 1, NOON, 30)
    return FinishForecast(source, START, START, latest, coverage=0.8, tested=100)


def test_the_latest_day_that_the_course_has_reached_is_asked_for(page: CoursePage) -> None:
    assert asked(page, (0, 14, 30, 60), date(2026, 4, 2)).day == 30
    assert asked(page, (0, 14, 30, 60), START).day == 0


def test_why_there_is_no_forecast_is_told(page: CoursePage) -> None:
    before = asked(page, (0, 30), date(2026, 3, 1))
    without = asked(page, (), date(2026, 4, 2))
    ended = asked(replace(page, status=EnrollmentStatus.WITHDRAWN), (0,), date(2026, 4, 2))
    over = asked(page, (0,), page.course.last_day + timedelta(days=1))
    told = [before.absent, without.absent, ended.absent, over.absent]
    assert told == [NoForecast.NOT_BEGUN, NoForecast.NO_MODEL, *[NoForecast.ENDED] * 2]


def test_a_day_that_is_over_is_not_told_any_more() -> None:
    assert doubt(forecast(date(2026, 4, 1)), date(2026, 4, 2)) is NoForecast.PASSED
    assert doubt(forecast(date(2026, 4, 2)), date(2026, 4, 2)) is None
    assert doubt(None, date(2026, 4, 2)) is NoForecast.NOT_KNOWN


def test_the_plan_is_of_what_is_left_at_the_learners_own_pace(engine, page: CoursePage) -> None:
    with reading(engine) as session:
        found = study_plan(session, page)
    assert found is not None
    assert (found.remaining_lessons, found.remaining_minutes, found.pace) == (2, 120, 1.5)


def test_who_has_done_everything_is_not_forecast(page: CoursePage) -> None:
    modules = tuple(
        replace(one, lessons=tuple(replace(lesson, completed_at=NOON) for lesson in one.lessons))
        for one in page.modules
    )
    found = outlook.asked(replace(page, modules=modules), (0,), date(2026, 4, 2))
    assert found.absent is NoForecast.NOTHING_LEFT
