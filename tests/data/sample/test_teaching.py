"""What the sample courses teach: a text for each lesson, quizzes that can be taken and marked."""

import pytest
from sqlalchemy import func, select

from core.courses.models import Lesson, Submission
from core.courses.quiz_models import Quiz, QuizAttempt
from core.courses.quiz_questions import require_sound
from core.courses.study_models import LessonVisit
from core.db import reading
from data.sample.catalogue import courses
from data.sample.teaching import QUESTIONS, description, lesson_texts, marks, questions
from tests.data.sample.conftest import Loaded
from tests.data.sample.worlds import UNTIL

KEYS = sorted({course.key for course in courses(UNTIL)})


@pytest.mark.parametrize("key", KEYS)
def test_every_lesson_has_a_text_and_every_text_a_lesson(key: str) -> None:
    (course,) = [one for one in courses(UNTIL) if one.key == key and not one.is_earlier]
    assert {lesson.title for lesson in course.lessons} == set(lesson_texts(key))
    assert all(len(text.split()) >= 20 for text in lesson_texts(key).values())
    assert description(key)


@pytest.mark.parametrize("key", KEYS)
def test_every_quiz_has_sound_questions_whose_marks_add_up(key: str) -> None:
    assert {"First quiz", "Second quiz"} == set(questions(key))
    for asked in questions(key).values():
        assert QUESTIONS == len(asked)
        require_sound(asked)
        for right in range(QUESTIONS + 1):
            assert right == sum(one.earned for one in marks(asked, right, 3))


def test_every_attempt_brings_the_score_of_its_submission(loaded: Loaded) -> None:
    with reading(loaded.engine) as session:
        attempts = session.scalars(select(QuizAttempt)).all()
        submissions = {
            (one.enrollment_id, one.assessment_id): one.score
            for one in session.scalars(select(Submission))
        }
        visits = session.scalar(select(func.count()).select_from(LessonVisit))
        empty = session.scalar(
            select(func.count()).select_from(Lesson).where(func.length(Lesson.content) == 0)
        )
        quizzes = session.scalar(select(func.count()).select_from(Quiz))
    assert len(attempts) > 500
    for one in attempts:
        earned = sum(mark["earned"] == "1" for mark in one.marks)
        assert earned * 100 / QUESTIONS == one.score
        assert one.score == submissions[one.enrollment_id, one.assessment_id]
    assert (24, 0) == (quizzes, empty)
    assert visits
