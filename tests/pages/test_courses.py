"""My courses and a course's page, as a learner, an instructor and staff see them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from core import clock
from core.accounts.access import Principal, Role
from core.audit import trail
from core.courses import enrolling
from core.courses.course_page import LOOKED_AT
from core.courses.models import AssessmentKind, Enrollment, EnrollmentStatus, LessonCompletion
from core.courses.schemas import CourseSummary
from core.courses.service import summary
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.courses.records import (
    assessed,
    course,
    enrol,
    hand_in,
    lesson_ids,
    person,
    teaches,
)
from tests.pages.installation import Installation, run

NOT_THERE = "This does not exist, or you may not see it."


def my_courses() -> None:
    """The page, as AppTest runs it."""
    from pages import my_courses

    my_courses.page()


def one_course() -> None:
    """The page, as AppTest runs it."""
    from pages import course

    course.page()


def admin_of(course: "CourseSummary") -> None:
    """What the Cohorts page draws for those who administer a course."""
    from components import course_admin, viewer

    course_admin.show(viewer.principal(), course)


@dataclass
class School:
    """An installation with a course; ``learner`` may sign in, ``other`` learns there too."""

    at: Installation
    learner: Principal
    instructor: Principal
    course_id: int
    course: CourseSummary
    lessons: list[int]
    enrolment: int
    other: int

    def visit(self, role: Role, enrolment: object) -> AppTest:
        """The course's page with that enrolment in its address."""
        self.at.enter_again(role)
        test = AppTest.from_function(one_course, default_timeout=30)
        test.query_params["enrolment"] = str(enrolment)
        return test.run()


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> School:
    noon = datetime.combine(date(2026, 3, 22), time(12), UTC)
    at = Installation(monkeypatch, sqlite_engine, settings)
    learner, instructor = at.enter(Role.LEARNER), at.enter(Role.INSTRUCTOR)
    at.enter(Role.STAFF)
    monkeypatch.setattr(clock, "today", lambda: noon.date())
    with unit_of_work(sqlite_engine) as session:
        made = course(session, "A1", [1, 2, 1], optional=1)
        essay = assessed(session, made, "Essay *one*", 30, 10)
        assessed(session, made, "Report", 70, 18)
        assessed(session, made, "Exam", 100, None, AssessmentKind.EXAM)
        own = enrol(session, learner, made)
        hand_in(session, own, essay, 12, 64.5)
        other = enrol(session, person(session, "Ben", Role.LEARNER), made)
        teaches(session, instructor, made)
        return School(
            at, learner, instructor, made.id, summary(made), lesson_ids(made), own.id, other.id
        )


def told(test: AppTest) -> list[str]:
    """Every sentence on the page."""
    shown: list[Any] = [*test.markdown, *test.caption, *test.info]
    return [one.value for one in shown]


def completed(school: School) -> list[int]:
    with reading(school.at.services.engine) as session:
        query = select(LessonCompletion.lesson_id).where(
            LessonCompletion.enrollment_id == school.enrolment
        )
        return list(session.scalars(query))


def test_a_learners_card_tells_progress_grade_and_what_is_due(school: School) -> None:
    school.at.enter_again(Role.LEARNER)
    test = run(my_courses)

    assert [] == [fault.value for fault in test.exception]
    assert "0 of 3 required lessons" in told(test)
    assert "Grade so far: **64 of 100** · Pass mark 40: reached so far" in told(test)
    assert "1 of 3 pieces graded, 15% of the weight" in told(test)
    (due,) = [line for line in told(test) if "Report" in line]
    assert "2 days overdue, was due Mar 20, 2026" in due


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.STAFF])
def test_who_learns_nowhere_is_pointed_to_the_cohorts(school: School, role: Role) -> None:
    school.at.enter_again(role)
    test = run(my_courses)

    assert ["Cohorts." in info.value for info in test.info] == [True]
    assert [link.proto.label for link in test.get("page_link")] == ["Go to Cohorts"]


def test_a_learner_marks_a_lesson_as_done_and_progress_moves(school: School) -> None:
    test = school.visit(Role.LEARNER, school.enrolment)
    assert ["0%", "64 of 100", "0 min"] == [metric.value for metric in test.metric]
    lessons = [one for one in test.button if (one.key or "").startswith("done-")]
    assert [False] * 4 == [button.disabled for button in lessons]

    test.button(key=f"done-{school.enrolment}-{school.lessons[1]}").click().run()

    assert [] == [fault.value for fault in test.exception]
    assert "50%" == test.metric[0].value
    assert "1 of 3 required lessons, 2 of 4 by weight" in told(test)
    assert [school.lessons[1]] == completed(school)
    assert 3 == len([one for one in test.button if (one.key or "").startswith("done-")])


def test_the_page_lists_the_graded_work_with_what_is_missing_as_missing(school: School) -> None:
    test = school.visit(Role.LEARNER, school.enrolment)
    (table,) = test.dataframe

    assert ["Essay *one*", "Report", "Exam"] == list(table.value["title"])
    assert ["Mar 12, 2026", "Mar 20, 2026", "no date"] == list(table.value["due"])
    assert [True, False, False] == list(table.value["score"].notna())
    assert ["2 days late", "", ""] == list(table.value["note"])


def test_an_ended_enrolment_shows_its_buttons_with_the_reason_they_do_nothing(
    school: School,
) -> None:
    with unit_of_work(school.at.services.engine) as session:
        session.get_one(Enrollment, school.enrolment).status = EnrollmentStatus.FAILED
    test = school.visit(Role.LEARNER, school.enrolment)

    assert [True] * 4 == [button.disabled for button in test.button]
    assert {"This enrolment has ended, so its lessons can no longer be completed."} == {
        button.help for button in test.button
    }
    assert "Nothing: the enrolment has ended." in told(test)
    assert "Nothing is left to hand in." not in told(test)


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.STAFF, Role.ADMIN])
def test_who_may_see_the_learners_looks_without_changing_and_once_in_the_audit_trail(
    school: School, role: Role
) -> None:
    test = school.visit(role, school.enrolment)
    test.run()

    assert [] == [fault.value for fault in test.exception]
    assert any("You are looking at the course of" in one for one in told(test))
    assert [True] * 4 == [button.disabled for button in test.button]
    with reading(school.at.services.engine) as session:
        noted = trail.about(session, f"enrollment/{school.enrolment}")
    assert [LOOKED_AT] == [entry.action for entry in noted]


def test_another_persons_enrolment_looks_like_one_that_does_not_exist(school: School) -> None:
    pages = [school.visit(Role.LEARNER, key) for key in (school.other, 4711, "x", "")]

    assert [[NOT_THERE]] * 4 == [[info.value for info in test.info] for test in pages]
    assert [["Course"]] * 4 == [[title.value for title in test.title] for test in pages]
    assert [[]] * 4 == [list(test.button) for test in pages]


def test_an_instructor_who_no_longer_teaches_the_course_sees_nothing_of_it(
    school: School,
) -> None:
    with unit_of_work(school.at.services.engine) as session:
        enrolling.remove_instructor(
            session, school.at.admin, school.course_id, school.instructor.user_id
        )

    assert [NOT_THERE] == [one.value for one in school.visit(Role.INSTRUCTOR, school.other).info]


def test_staff_enrol_a_learner_and_a_second_time_is_told(school: School) -> None:
    with unit_of_work(school.at.services.engine) as session:
        person(session, "Cleo", Role.LEARNER)
    school.at.enter_again(Role.STAFF)
    test = run(admin_of, course=school.course)
    for _ in range(2):
        test.text_input(key=f"enrol-{school.course_id}-email").set_value("cleo@example.org")
        test.form_submit_button[0].click().run()

    assert ["Cleo is already enrolled in this course."] == [one.value for one in test.error]


def test_staff_are_warned_that_a_course_has_ended_and_enrol_all_the_same(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 5, 1))
    with unit_of_work(school.at.services.engine) as session:
        person(session, "Cleo", Role.LEARNER)
    school.at.enter_again(Role.STAFF)
    test = run(admin_of, course=school.course)
    assert ["This course ended Apr 13, 2026. Nothing in it is due any more."] == [
        one.value for one in test.warning
    ]

    said = []
    for confirmed in (False, True, True):
        test.checkbox[0].set_value(confirmed)
        test.text_input(key=f"enrol-{school.course_id}-email").set_value("cleo@example.org")
        test.form_submit_button[0].click().run()
        said.append([one.value for one in test.error])

    asked = "Course A1 has ended. Confirm that the person is to be enrolled all the same."
    assert [[asked], [], ["Cleo is already enrolled in this course."]] == said


def test_a_learner_of_a_course_that_has_ended_is_told_so_and_nothing_is_overdue(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2030, 5, 1))
    page = school.visit(Role.LEARNER, school.enrolment)
    card = run(my_courses)

    assert "Nothing: the course ended Apr 13, 2026." in told(page)
    assert "The course ended Apr 13, 2026." in told(card)
    assert not [line for line in [*told(page), *told(card)] if "overdue" in line]


def test_an_instructor_is_offered_no_administration_of_their_course(school: School) -> None:
    school.at.enter_again(Role.INSTRUCTOR)
    test = run(admin_of, course=school.course)

    assert [0, 0] == [len(test.button), len(test.text_input)]


def test_staff_take_a_course_from_an_instructor(school: School) -> None:
    school.at.enter_again(Role.STAFF)
    test = run(admin_of, course=school.course)
    key = f"remove-{school.course_id}-{school.instructor.user_id}"
    test.button(key=key).click().run()

    assert "Nobody teaches this course." in told(test)
