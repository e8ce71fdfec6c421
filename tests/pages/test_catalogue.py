"""The catalogue, leaving a course, goals and the calendar, as people use them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select

from core import clock
from core.accounts.access import Role
from core.courses import catalogue
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.study_models import CalendarLink, GoalKind, WeeklyGoal
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.courses.records import NOON, assessed, course, enrol, hand_in, teaches
from tests.pages.installation import Installation, run


def the_catalogue() -> None:
    """The page, as AppTest runs it."""
    from pages import catalogue

    catalogue.page()


def my_courses() -> None:
    """The page, as AppTest runs it."""
    from pages import my_courses

    my_courses.page()


def one_course() -> None:
    """The page, as AppTest runs it."""
    import streamlit as st

    from pages import course

    st.query_params["enrolment"] = "1"
    course.page()


def opening(course_id: int) -> None:
    """What the Cohorts page draws for those who teach."""
    from components import viewer
    from components.courses import taking_part

    taking_part.opening(viewer.principal(), course_id, viewer.words())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> Installation:
    made = Installation(monkeypatch, sqlite_engine, settings)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 16))
    learner, teacher = made.enter(Role.LEARNER), made.enter(Role.INSTRUCTOR)
    with unit_of_work(sqlite_engine) as session:
        taken = course(session, "A1", [1, 1])
        own = enrol(session, learner, taken)
        essay = assessed(session, taken, "Essay", 50, 7)
        assessed(session, taken, "Report", 50, 20)
        hand_in(session, own, essay, 5, 30)
        offered = course(session, "B1", [1])
        offered.published_at, offered.difficulty_level = NOON, "beginner"
        teaches(session, teacher, offered)
        catalogue.set_open(session, teacher, offered.id, is_open=True)
    made.enter_again(Role.LEARNER)
    return made


def held(at: Installation, query: Callable[[], object]) -> list[object]:
    with reading(at.services.engine) as session:
        return list(session.scalars(query()))  # type: ignore[call-overload]


def test_a_learner_enrols_from_the_catalogue(at: Installation) -> None:
    test = run(the_catalogue)
    assert [] == [fault.value for fault in test.exception]
    assert any(one.value.startswith("Beginner") for one in test.caption)
    test.button[0].click().run()

    assert [] == list(test.button)
    assert [EnrollmentStatus.ACTIVE, EnrollmentStatus.ENROLLED] == held(
        at, lambda: select(Enrollment.status).order_by(Enrollment.id)
    )


def test_who_does_not_learn_here_sees_the_catalogue_without_a_button(at: Installation) -> None:
    at.enter_again(Role.INSTRUCTOR)
    test = run(the_catalogue)
    assert ["**Course B1**"] == [one.value for one in test.markdown]
    assert [] == list(test.button)


def test_a_course_tells_completion_grade_and_time_apart_with_their_arithmetic(
    at: Installation,
) -> None:
    test = run(one_course)
    assert [] == [fault.value for fault in test.exception]
    assert ["Completion", "Grade so far", "Time"] == [one.label for one in test.metric]
    told = [one.value for one in test.caption]
    assert any(line.startswith("10 of 30 teaching days") for line in told)
    assert any("needs 50 of 100 on average" in line for line in told)
    assert any("Behind" in one.value for one in test.markdown)


def test_a_learner_leaves_a_course(at: Installation) -> None:
    test = run(one_course)
    test.button(key="withdraw").click().run()
    assert [EnrollmentStatus.WITHDRAWN] == held(at, lambda: select(Enrollment.status))


def test_a_learner_sets_a_weekly_goal_and_gives_it_up(at: Installation) -> None:
    test = run(my_courses)
    test.number_input(key="goal-target").set_value(4)
    test.form_submit_button[0].click().run()
    assert [4] == held(at, lambda: select(WeeklyGoal.target))
    assert any("of 4 hours" in one.value for one in test.markdown)
    test.radio(key="goal-kind").set_value(GoalKind.NONE)
    test.form_submit_button[0].click().run()
    assert [None] == held(at, lambda: select(WeeklyGoal.target))


def test_a_learner_makes_a_calendar_address_and_ends_it(at: Installation) -> None:
    test = run(my_courses)
    test.button(key="calendar-make").click().run()
    assert [] == [fault.value for fault in test.exception]
    (address,) = [one.value for one in test.code]
    assert address.startswith("http://localhost:8501/calendar/")
    test.button(key="calendar-revoke").click().run()
    assert [] == held(at, lambda: select(CalendarLink.nonce))


def test_who_teaches_closes_and_opens_a_course(at: Installation) -> None:
    at.enter_again(Role.INSTRUCTOR)
    (key,) = held(at, lambda: select(Course.id).where(Course.code == "B1"))
    test = run(opening, course_id=key)
    assert test.toggle[0].value
    test.toggle[0].set_value(False).run()
    assert [False] == held(at, lambda: select(Course.is_open).where(Course.code == "B1"))
