"""Contesting a reason on the course's page, and its answer on Cohorts."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from components import forecast_queries
from core.accounts.access import Role
from core.courses import contesting
from core.courses.ports import AnswerSource, OwnRisk, Reason
from core.db import reading, unit_of_work
from tests.pages.test_courses import School, school, told

REASON = Reason("Late by {n} days.", {"n": 3}, 0.1)
SOURCE = AnswerSource("completion_risk_day_0", 4, datetime(2026, 3, 1, tzinfo=UTC), 0)
__all__ = ["school"]


@pytest.fixture
def at_risk(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    """A school whose learners a model tells a risk."""
    scores = type(school.at.services.risk_scores)
    monkeypatch.setattr(scores, "days", lambda _self: (0,))
    found = OwnRisk(0.7, (REASON,), SOURCE)
    monkeypatch.setattr(forecast_queries, "own_risk", lambda *_: found)
    return school


def contests() -> None:
    """What the Cohorts page draws of contests."""
    from typing import Any

    import streamlit as st

    from components import viewer
    from components.cohorts import contests

    course: Any = st.query_params["course"]
    contests.show(viewer.principal(), int(course), viewer.words())


def taught(school: School, role: Role) -> AppTest:
    school.at.enter_again(role)
    test = AppTest.from_function(contests, default_timeout=30)
    test.query_params["course"] = str(school.course_id)
    return test.run()


def by_label(test: AppTest, label: str) -> int:
    return next(n for n, one in enumerate(test.button) if one.label == label)


def test_a_learner_contests_a_reason_and_reads_the_answer_on_their_page(at_risk: School) -> None:
    test = at_risk.visit(Role.LEARNER, at_risk.enrolment)
    area = next(one for one in test.text_area if one.label == "What is wrong with it")
    area.input("It was *in time*.")
    test.button[by_label(test, "Send to who teaches the course")].click().run()
    assert [] == [fault.value for fault in test.exception]
    assert "Not answered yet." in told(test)

    desk = taught(at_risk, Role.INSTRUCTOR)
    assert "It was \\*in time\\*\\." in told(desk)
    desk.text_area[0].input("The date was wrong; corrected.")
    desk.button[by_label(desk, "Answer and close")].click().run()
    assert [] == [fault.value for fault in desk.exception]
    assert [] == list(desk.text_area)

    again = at_risk.visit(Role.LEARNER, at_risk.enrolment)
    assert "Answer: The date was wrong; corrected\\." in told(again)


def test_who_looks_at_a_learners_page_reads_contests_and_contests_nothing(at_risk: School) -> None:
    with unit_of_work(at_risk.at.services.engine) as session:
        contesting.contest(session, at_risk.learner, at_risk.enrolment, REASON, SOURCE, "No.")
    test = at_risk.visit(Role.STAFF, at_risk.enrolment)
    assert "Not answered yet." in told(test)
    assert "What is wrong with it" not in [one.label for one in test.text_area]


def test_an_empty_answer_is_told_and_closes_nothing(at_risk: School) -> None:
    with unit_of_work(at_risk.at.services.engine) as session:
        contesting.contest(session, at_risk.learner, at_risk.enrolment, REASON, SOURCE, "No.")
    desk = taught(at_risk, Role.INSTRUCTOR)
    desk.button[by_label(desk, "Answer and close")].click().run()
    assert ["Write a few words first."] == [one.value for one in desk.error]
    with reading(at_risk.at.services.engine) as session:
        (one,) = contesting.of_course(session, at_risk.instructor, at_risk.course_id)
    assert one.answered_at is None
