"""A lesson's page and its editor, as a learner, an instructor and strangers see them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from core.accounts.access import Principal, Role
from core.courses import lesson_files, quiz_editing
from core.courses.models import Enrollment, EnrollmentStatus, Lesson, LessonCompletion, Submission
from core.courses.study_models import LessonVisit
from core.db import reading, unit_of_work
from core.settings import Settings
from tests.core.courses.quizzes import write
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches
from tests.pages.installation import Installation

NOT_THERE = "This does not exist, or you may not see it."


def one_lesson() -> None:
    """The page, as AppTest runs it."""
    from pages import lesson

    lesson.page()


def the_editor() -> None:
    """The page, as AppTest runs it."""
    from pages import lesson_editor

    lesson_editor.page()


def the_course() -> None:
    """The page, as AppTest runs it."""
    from pages import course

    course.page()


@dataclass
class School:
    at: Installation
    learner: Principal
    teacher: Principal
    enrolment: int
    other: int
    lessons: list[int]

    def visit(self, role: Role, enrolment: object, lesson: object) -> AppTest:
        return self._open(one_lesson, role, enrolment=str(enrolment), lesson=str(lesson))

    def edit(self, role: Role, lesson: object) -> AppTest:
        return self._open(the_editor, role, lesson=str(lesson))

    def _open(self, page: object, role: Role, **query: str) -> AppTest:
        self.at.enter_again(role)
        test = AppTest.from_function(page, default_timeout=30)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> School:
    at = Installation(monkeypatch, sqlite_engine, settings)
    learner, teacher = at.enter(Role.LEARNER), at.enter(Role.INSTRUCTOR)
    with unit_of_work(sqlite_engine) as session:
        made = course(session, "A1", [1, 1])
        teaches(session, teacher, made)
        own = enrol(session, learner, made)
        own.status = EnrollmentStatus.ENROLLED
        other = enrol(session, person(session, "Ben", Role.LEARNER), made)
        first = session.get_one(Lesson, lesson_ids(made)[0])
        first.content = "# Welcome\n\n<script>alert(1)</script> and **more**"
        first.video_url = "https://video.example/1"
        folder = settings.lesson_files_dir
        lesson_files.add(session, teacher, first.id, "notes.pdf", b"%PDF-1.7", folder)
        return School(at, learner, teacher, own.id, other.id, lesson_ids(made))


def rows(school: School, model: type) -> int:
    with reading(school.at.services.engine) as session:
        return len(session.scalars(select(model)).all())


def test_a_learner_reads_a_lesson_and_opening_it_begins_the_course(school: School) -> None:
    test = school.visit(Role.LEARNER, school.enrolment, school.lessons[0])

    assert [] == [fault.value for fault in test.exception]
    assert "Lesson 1" == test.title[0].value
    (text,) = [one for one in test.markdown if "Welcome" in one.value]
    assert not text.proto.allow_html
    assert ["Watch the video"] == [one.proto.label for one in test.get("link_button")]
    assert ["notes\\.pdf (1 KB)"] == [one.proto.label for one in test.get("download_button")]
    assert 1 == rows(school, LessonVisit)
    with reading(school.at.services.engine) as session:
        assert EnrollmentStatus.ACTIVE is session.get_one(Enrollment, school.enrolment).status


def test_a_learner_marks_it_as_done_and_goes_on_to_the_next(school: School) -> None:
    test = school.visit(Role.LEARNER, school.enrolment, school.lessons[0])
    test.button(key="mark-done").click().run()

    assert 1 == rows(school, LessonCompletion)
    links = [one.proto.body for one in test.get("html")]
    assert any("Next: Lesson 2" in one for one in links)
    assert any("at most 5 minutes" in one.value for one in test.caption)


def test_a_teacher_looks_without_leaving_a_trace_in_the_learners_study(school: School) -> None:
    test = school.visit(Role.INSTRUCTOR, school.enrolment, school.lessons[0])

    assert [] == [fault.value for fault in test.exception]
    assert [] == list(test.button)
    assert 0 == rows(school, LessonVisit)


def test_another_persons_lesson_looks_like_one_that_does_not_exist(school: School) -> None:
    asked = [(school.other, school.lessons[0]), (school.enrolment, 4711), ("x", ""), (2**80, 1)]
    pages = [school.visit(Role.LEARNER, *one) for one in asked]

    assert [[NOT_THERE]] * 4 == [[info.value for info in test.info] for test in pages]
    assert 0 == rows(school, LessonVisit)


def test_a_learner_fails_a_quiz_tries_again_and_passing_completes_the_lesson(
    school: School,
) -> None:
    with unit_of_work(school.at.services.engine) as session:
        write(session, school.teacher, school.lessons[0], attempts_allowed=None)
        plan = quiz_editing.planned(session, school.teacher, school.lessons[0])
    assert plan is not None
    test = school.visit(Role.LEARNER, school.enrolment, school.lessons[0])
    assert "This lesson is done once its quiz is passed." in [one.value for one in test.caption]

    for attempt, fish in ((1, "cod"), (2, "trout")):
        test.button(key="begin-quiz").click().run()
        one, many, number, word = (q.question_id for q in plan.questions)
        test.radio(key=f"answer-{attempt}-{one}").set_value(0)
        test.checkbox(key=f"answer-{attempt}-{many}-0").set_value(attempt == 2)
        test.checkbox(key=f"answer-{attempt}-{many}-2").set_value(True)
        test.text_input(key=f"answer-{attempt}-{number}").set_value("3,14")
        test.text_input(key=f"answer-{attempt}-{word}").set_value(fish)
        next(b for b in test.button if b.label == "Hand in").click().run()
        assert [] == [fault.value for fault in test.exception]

    labels = [one.label for one in test.expander]
    assert "Passed with 100 of 100." in labels[0]
    assert "Not passed: 50 of 100." in labels[1]
    assert (2, 1) == (rows(school, Submission), rows(school, LessonCompletion))


def test_a_teacher_writes_a_lesson_and_its_quiz(school: School) -> None:
    lesson = school.lessons[1]
    test = school.edit(Role.INSTRUCTOR, lesson)
    assert [] == [fault.value for fault in test.exception]
    test.text_area(key=f"content-{lesson}").set_value("## New text")
    test.text_input(key=f"video-{lesson}").set_value("http://plain.example")
    next(b for b in test.button if b.label == "Save").click().run()
    assert ["A video's address begins with https:// and holds no name or password."] == [
        one.value for one in test.error
    ]
    test.text_input(key=f"video-{lesson}").set_value("https://v.example/2")
    next(b for b in test.button if b.label == "Save").click().run()

    test.selectbox(key=f"quiz-of-{lesson}").set_value(0).run()
    key = f"quiz-{lesson}-0"
    test.text_input(key=f"{key}-title").set_value("Final check")
    test.text_area(key=f"{key}-new1-text").set_value("Two and two?")
    test.text_area(key=f"{key}-new1-answers").set_value("3\n* 4")
    next(b for b in test.button if b.label == "Save the quiz").click().run()

    assert [] == [fault.value for fault in test.exception]
    with reading(school.at.services.engine) as session:
        plan = quiz_editing.planned(session, school.teacher, lesson)
        assert "https://v.example/2" == session.get_one(Lesson, lesson).video_url
    assert plan is not None
    assert "Final check" == plan.title
    assert {"options": ["3", "4"], "right": [1]} == plan.questions[0].answer


def test_a_question_that_cannot_be_marked_is_told_by_its_number(school: School) -> None:
    lesson = school.lessons[1]
    test = school.edit(Role.INSTRUCTOR, lesson)
    test.selectbox(key=f"quiz-of-{lesson}").set_value(0).run()
    key = f"quiz-{lesson}-0"
    test.text_input(key=f"{key}-title").set_value("Final check")
    test.text_area(key=f"{key}-new1-text").set_value("Two and two?")
    test.text_area(key=f"{key}-new1-answers").set_value("only one")
    next(b for b in test.button if b.label == "Save the quiz").click().run()

    (said,) = test.error
    assert "at least two options" in said.value


def test_a_lesson_of_a_course_that_one_does_not_teach_cannot_be_written(
    school: School, tmp_path: Path
) -> None:
    with unit_of_work(school.at.services.engine) as session:
        (foreign,) = lesson_ids(course(session, "B1", [1]))
    for key in (foreign, "x", ""):
        test = school.edit(Role.INSTRUCTOR, key)
        assert [NOT_THERE] == [one.value for one in test.info]
        assert [] == list(test.button)
