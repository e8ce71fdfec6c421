"""The course editor as instructors and staff see it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.accounts.access import Principal, Role
from core.courses import (
    contents_editing,
    course_editing,
    enrolment_lists,
    rule_changes,
    work_editing,
)
from core.courses.course_plan import CoursePlan, LessonPlan, WorkPlan
from core.courses.models import AssessmentKind
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.courses.test_gradebook_reading import CANVAS
from tests.pages.installation import Installation, run

PLAN = CoursePlan("W1", "Writing", date(2026, 9, 7), 8, "W1")


def write_courses() -> None:
    """The page, as AppTest runs it."""
    from pages import write_courses

    write_courses.page()


def course_editor() -> None:
    """The page, as AppTest runs it."""
    from pages import course_editor

    course_editor.page()


@dataclass
class Desk:
    """An installation with one draft of two lessons, and its instructor at the browser."""

    at: Installation
    ina: Principal
    course: int

    def open(self, part: str = "Contents", course: object = None) -> AppTest:
        test = AppTest.from_function(course_editor, default_timeout=30)
        test.query_params["course"] = str(self.course if course is None else course)
        test.query_params["part"] = part
        return sound(test.run())

    def contents(self) -> list[tuple[str, list[str]]]:
        with reading(self.at.services.engine) as session:
            found = contents_editing.contents(session, self.ina, self.course)
        return [(one.title, [lesson.plan.title for lesson in one.lessons]) for one in found]

    def plan(self) -> CoursePlan:
        with reading(self.at.services.engine) as session:
            return course_editing.written_course(session, self.ina, self.course).plan


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> Desk:
    at = Installation(monkeypatch, sqlite_engine, settings)
    ina = at.enter(Role.INSTRUCTOR)
    with unit_of_work(sqlite_engine) as session:
        course = course_editing.create_course(session, ina, PLAN)
        module = contents_editing.add_module(session, ina, course, "One")
        for name in ("a", "b"):
            contents_editing.add_lesson(session, ina, course, module, LessonPlan(name))
    return Desk(at, ina, course)


def sound(test: AppTest) -> AppTest:
    assert [] == [fault.value for fault in test.exception]
    return test


def told(test: AppTest) -> str:
    shown: list[Any] = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error]
    return "\n".join(one.value for one in shown)


def press(test: AppTest, label: str, key: str = "") -> AppTest:
    (button,) = [
        one for one in test.button if one.label == label and (one.key or "").startswith(key)
    ]
    return sound(button.click().run())


def field(test: AppTest, kind: str, key: str) -> Any:
    (found,) = [one for one in test.get(kind) if (one.key or "").endswith(key)]
    return found


def test_the_list_has_the_persons_courses_with_state_and_way_to_the_editor(desk: Desk) -> None:
    (table,) = sound(run(write_courses)).dataframe

    row = table.value.iloc[0].to_dict()
    assert (f"/course-editor?course={desk.course}", "Writing", "Draft", "0") == (
        row["open"],
        row["Course"],
        row["State"],
        row["Enrolled"],
    )


def test_modules_and_lessons_are_added_moved_and_removed(desk: Desk) -> None:
    test = desk.open()
    field(test, "text_input", "add-module-1-1-title").set_value("Two")
    test = press(test, "Add the module")
    field(test, "text_input", "add-lesson-1-2-2-title").set_value("c")
    test = press(test, "Add the lesson")
    assert [("One", ["a", "b"]), ("Two", ["c"])] == desk.contents()

    test = press(test, "Move down", "lesson-")
    assert [("One", ["b", "a"]), ("Two", ["c"])] == desk.contents()
    test = press(test, "Remove", "lesson-")
    assert 1 == len(desk.contents()[0][1])


def test_a_lesson_without_a_title_is_refused_in_words(desk: Desk) -> None:
    test = press(desk.open(), "Add the lesson")

    assert "This needs a title" in told(test)


def test_what_a_colleague_saved_meanwhile_is_shown_before_it_is_written_over(desk: Desk) -> None:
    test = desk.open("Course")
    with unit_of_work(desk.at.services.engine) as session:
        course_editing.change_course(
            session, desk.at.admin, desk.course, PLAN, replace(PLAN, title="Theirs", industry="X")
        )
    field(test, "text_input", "-title").set_value("Mine")
    test = press(test, "Save the course")

    assert "Somebody else saved this" in told(test)
    assert "Theirs" == desk.plan().title
    press(test, "Save the course")
    assert ("Mine", "X") == (desk.plan().title, desk.plan().industry)


def test_a_course_is_published_and_made_a_draft_again(desk: Desk) -> None:
    test = press(desk.open(), "Publish the course")
    press(test, "Make it a draft again")
    with reading(desk.at.services.engine) as session:
        now = course_editing.written_course(session, desk.ina, desk.course)
    assert now.published_at is None


def test_new_rules_are_previewed_before_they_are_put_in_force(desk: Desk) -> None:
    test = desk.open("What counts")
    field(test, "number_input", "-pass").set_value(55)
    test = press(test, "Preview the change")
    assert "The pass mark goes from 40 to 55." in told(test)
    with reading(desk.at.services.engine) as session:
        assert 40 == rule_changes.current_rules(session, desk.ina, desk.course).pass_mark

    assert "Of 0 in the course, 0 would see other numbers if moved" in told(test)
    press(test, "Put the rules in force")
    with reading(desk.at.services.engine) as session:
        assert 55 == rule_changes.current_rules(session, desk.ina, desk.course).pass_mark


def test_graded_work_and_the_history_have_their_parts(desk: Desk) -> None:
    test = desk.open("Graded work")
    field(test, "text_input", "add-work-1-0-title").set_value("Essay")
    test = press(test, "Add the work")
    assert "Essay" == test.dataframe[0].value.iloc[0]["Title"]

    (past,) = desk.open("History").dataframe
    assert "Graded work: Title" in set(past.value["Field"])


@pytest.mark.parametrize("asked", ["999", "x", ""])
def test_a_course_that_is_not_there_is_said(desk: Desk, asked: str) -> None:
    assert "does not exist" in told(desk.open(course=asked))


def test_another_instructors_course_looks_like_one_that_is_not_there(desk: Desk) -> None:
    with unit_of_work(desk.at.services.engine) as session:
        other = course_editing.create_course(session, desk.at.admin, replace(PLAN, code="X9"))

    assert "does not exist" in told(desk.open(course=other))


def test_a_list_of_people_is_looked_at_before_anybody_is_enrolled(desk: Desk) -> None:
    test = desk.open("Learners")
    people = b"name,email\nNew One,new@example.org\n,broken\n"
    test = sound(test.file_uploader[0].upload("people.csv", people).run())
    assert "2 rows: 0 would be enrolled, 2 not." in told(test)

    test = sound(test.checkbox(key=f"list-{desk.course}-add").check().run())
    assert [
        "is added and enrolled; an administrator can invite them",
        "this is not an e-mail address",
    ] == list(test.dataframe[0].value["What becomes of it"])
    press(test, "Enrol 1 person")
    with reading(desk.at.services.engine) as session:
        (mine,) = course_editing.written_courses(session, desk.ina)
    assert 1 == mine.enrolled


def test_a_grade_book_is_looked_at_before_it_is_taken_over(desk: Desk) -> None:
    with unit_of_work(desk.at.services.engine) as session:
        people = enrolment_lists.read_list(b"name,email\nAnn Lee,ann@example.org\n")
        enrolment_lists.enrol_list(session, desk.ina, desk.course, people, add_unknown=True)
        work_editing.add_work(
            session, desk.ina, desk.course, WorkPlan("Essay", AssessmentKind.QUIZ, Decimal(1))
        )
    test = desk.open("Grade books")
    test = sound(test.file_uploader[0].upload("canvas.csv", CANVAS.encode()).run())

    assert "1 cell: 1 to keep" in told(test)
    assert "Not in this course: Roy, Bob" in told(test)
    test = press(test, "Take 1 cell over")
    assert "0 to keep, 0 of them change a score; 1 duplicate" in told(test)


def test_a_file_that_is_no_grade_book_is_refused_in_words(desk: Desk) -> None:
    test = desk.open("Grade books")
    test = sound(test.file_uploader[0].upload("other.csv", b"a,b\n1,2\n").run())

    assert "This is not a grade book of Canvas" in told(test)


def test_one_person_is_enrolled_by_hand_and_a_second_time_is_said(desk: Desk) -> None:
    for said in ("", "New One: is in this course already"):
        test = desk.open("Learners")
        key = f"one-{desk.course}"
        test.text_input(key=f"{key}-name").set_value("New One")
        test.text_input(key=f"{key}-email").set_value("new@example.org")
        test.checkbox(key=f"{key}-add").check()
        test = press(test, "Enrol")
        assert said == "".join(one.value for one in test.error)
    with reading(desk.at.services.engine) as session:
        (mine,) = course_editing.written_courses(session, desk.ina)
    assert 1 == mine.enrolled
