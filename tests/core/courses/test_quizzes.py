"""Taking quizzes, on both databases: what counts, what counts once, what completes a lesson."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.accounts.access import Principal, Role
from core.courses import quiz_editing, quizzes
from core.courses.course_page import course_page
from core.courses.errors import (
    AlreadyAssessed,
    EnrolmentEnded,
    NoAttemptsLeft,
    NoQuestions,
    QuizNotPassed,
)
from core.courses.lesson_schemas import AttemptResult, QuizPage
from core.courses.models import Enrollment, EnrollmentStatus, Submission
from core.courses.quiz_models import AttemptRule, QuizAttempt
from core.courses.service import complete_lesson
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.courses.quizzes import PLAN, QUESTIONS, right, write
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches


@dataclass
class School:
    engine: Engine
    ana: Principal
    ben: Principal
    teacher: Principal
    enrolment: int
    lesson: int
    quiz: int = 0

    def write(self, **changed: Any) -> None:
        with unit_of_work(self.engine) as session:
            self.quiz = write(session, self.teacher, self.lesson, **changed)

    def page(self, who: Principal | None = None) -> QuizPage:
        with reading(self.engine) as session:
            page = quizzes.quiz_page(session, who or self.ana, self.enrolment, self.lesson)
        assert page is not None
        return page

    def begin(self) -> int:
        with unit_of_work(self.engine) as session:
            return quizzes.begin_attempt(session, self.ana, self.enrolment, self.quiz)

    def take(self, first: int = 4) -> AttemptResult:
        """One attempt with so many right answers."""
        answers = right(self.page().questions, first)
        attempt = self.begin()
        with unit_of_work(self.engine) as session:
            return quizzes.submit(session, self.ana, attempt, answers)

    def scores(self) -> list[Decimal | None]:
        with reading(self.engine) as session:
            return list(session.scalars(select(Submission.score).order_by(Submission.id)))

    def grade(self) -> int | None:
        with reading(self.engine) as session:
            return course_page(session, self.ana, self.enrolment).grade.percent

    def finish(self) -> None:
        with unit_of_work(self.engine) as session:
            complete_lesson(session, self.ana, self.enrolment, self.lesson)


@pytest.fixture
def school(engine: Engine) -> School:
    with unit_of_work(engine) as session:
        ana, ben = person(session, "Ana", Role.LEARNER), person(session, "Ben", Role.LEARNER)
        teacher = person(session, "Tess", Role.INSTRUCTOR)
        taught = course(session, "A1", [1, 1])
        teaches(session, teacher, taught)
        own = enrol(session, ana, taught)
        return School(engine, ana, ben, teacher, own.id, lesson_ids(taught)[0])


def test_a_quiz_that_has_to_be_passed_comes_before_the_lesson_is_done(school: School) -> None:
    school.write()
    with pytest.raises(QuizNotPassed):
        school.finish()
    assert not school.take(1).passed
    with pytest.raises(QuizNotPassed):
        school.finish()
    assert school.take(4).passed
    with reading(school.engine) as session:
        assert 50 == course_page(session, school.ana, school.enrolment).progress.percent


def test_a_quiz_that_need_not_be_passed_leaves_the_lesson_alone(school: School) -> None:
    school.write(must_pass=False)
    assert school.take(4).passed
    with reading(school.engine) as session:
        assert 0 == course_page(session, school.ana, school.enrolment).progress.percent
    school.finish()


def test_handing_in_twice_from_two_tabs_counts_once(school: School) -> None:
    school.write()
    one, other = school.begin(), school.begin()
    assert one == other
    answers = right(school.page().questions, 2)
    results = []
    for given in (answers, {}):
        with unit_of_work(school.engine) as session:
            results.append(quizzes.submit(session, school.ana, one, given))
    assert results[0] == results[1]
    assert [Decimal(50)] == school.scores()
    with reading(school.engine) as session:
        told = list(session.scalars(select(Event.type).where(Event.type == "quiz.submitted")))
    assert 1 == len(told)


def test_the_records_refuse_a_second_open_attempt(school: School) -> None:
    school.write()
    school.begin()
    with pytest.raises(IntegrityError), unit_of_work(school.engine) as session:
        session.add(
            QuizAttempt(
                enrollment_id=school.enrolment,
                assessment_id=school.quiz,
                number=2,
                started_at=clock.now(),
                marks=[],
            )
        )


@pytest.mark.parametrize(("rule", "grade"), [(AttemptRule.BEST, 75), (AttemptRule.LAST, 25)])
def test_the_best_or_the_last_attempt_makes_the_grade(
    school: School, rule: AttemptRule, grade: int
) -> None:
    school.write(counts=rule)
    school.take(3)
    school.take(1)
    assert grade == school.grade()
    assert [2, 1] == [one.number for one in school.page().results]


def test_no_more_attempts_than_allowed(school: School) -> None:
    school.write(attempts_allowed=1)
    school.take(0)
    with pytest.raises(NoAttemptsLeft):
        school.begin()
    page = school.page()
    assert (0, True, False) == (page.attempts_left, page.shows_answers, page.can_attempt)


def test_what_would_have_been_right_is_told_only_at_the_end(school: School) -> None:
    school.write(attempts_allowed=None)
    school.take(1)
    assert not school.page().shows_answers
    school.take(4)
    assert school.page().shows_answers


def test_the_last_thing_missing_completes_the_course(school: School) -> None:
    school.write(pass_mark=50)
    with unit_of_work(school.engine) as session:
        taught = session.get_one(Enrollment, school.enrolment).course_id
        rows = session.scalars(select(Enrollment.status).where(Enrollment.course_id == taught))
        assert [EnrollmentStatus.ACTIVE] == list(rows)
        complete_lesson(session, school.ana, school.enrolment, school.lesson + 1)
    school.take(2)
    with reading(school.engine) as session:
        page = course_page(session, school.ana, school.enrolment)
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (EnrollmentStatus.COMPLETED, 100) == (page.status, page.progress.percent)
    assert last is not None
    assert ("enrollment.completed", 50) == (last.type, last.data["grade"])
    with pytest.raises(EnrolmentEnded):
        school.begin()


def test_a_quiz_without_questions_cannot_be_taken_and_holds_nothing_up(school: School) -> None:
    school.write(questions=())
    with pytest.raises(NoQuestions):
        school.begin()
    school.finish()


def test_somebody_elses_quiz_attempt_and_results_are_not_there(school: School) -> None:
    school.write()
    attempt = school.begin()
    with unit_of_work(school.engine) as session:
        with pytest.raises(NotFound):
            quizzes.submit(session, school.ben, attempt, {})
        with pytest.raises(NotFound):
            quizzes.begin_attempt(session, school.ben, school.enrolment, school.quiz)
        with pytest.raises(NotFound):
            quizzes.quiz_page(session, school.ben, school.enrolment, school.lesson)
    assert not school.page(school.teacher).can_attempt


def test_attempts_keep_their_marks_when_the_quiz_is_changed(school: School) -> None:
    school.write()
    before = school.take(3)
    school.write(assessment_id=school.quiz, questions=QUESTIONS[:1], title="Check again")
    (after,) = school.page().results
    assert before == after
    assert 1 == len(school.page().questions)


def test_a_corrected_question_keeps_what_was_answered_in_an_open_attempt(school: School) -> None:
    school.write()
    answers, attempt = right(school.page().questions), school.begin()
    plan = [replace(one, text=one.text + "!") for one in reversed(school.page().questions)]
    school.write(assessment_id=school.quiz, questions=tuple(plan))
    with unit_of_work(school.engine) as session:
        assert Decimal(100) == quizzes.submit(session, school.ana, attempt, answers).score


def test_a_quiz_is_written_by_those_who_teach_the_course_alone(school: School) -> None:
    with unit_of_work(school.engine) as session:
        stranger = person(session, "Sten", Role.INSTRUCTOR)
        for who, fault in ((school.ana, Forbidden), (stranger, NotFound)):
            with pytest.raises(fault):
                write(session, who, school.lesson)
            with pytest.raises(fault):
                quiz_editing.planned(session, who, school.lesson)


def test_a_title_is_given_once_in_a_course_and_anothers_work_is_not_taken(school: School) -> None:
    school.write()
    with unit_of_work(school.engine) as session:
        with pytest.raises(AlreadyAssessed):
            write(session, school.teacher, school.lesson + 1)
        elsewhere = course(session, "B1", [1])
        teaches(session, school.teacher, elsewhere)
        with pytest.raises(NotFound):
            write(session, school.teacher, lesson_ids(elsewhere)[0], assessment_id=school.quiz)


def test_a_quiz_taken_off_its_lesson_waits_to_be_put_on_another(school: School) -> None:
    school.write()
    with unit_of_work(school.engine) as session:
        quiz_editing.remove(session, school.teacher, school.lesson)
        waiting = quiz_editing.waiting(session, school.teacher, school.lesson)
        assert [(school.quiz, PLAN.title)] == waiting
        assert quiz_editing.planned(session, school.teacher, school.lesson) is None
