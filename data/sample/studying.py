"""Writes what the sample learners did in lessons and quizzes; the quizzes first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.courses.models import AssessmentKind
from core.courses.quiz_marking import Question
from core.courses.quiz_models import AttemptRule, Quiz, QuizAttempt, QuizQuestion
from core.courses.quizzes import kept_mark
from core.courses.study_models import LessonVisit
from data.sample.catalogue import CoursePlan
from data.sample.teaching import QUESTIONS, marks, questions
from data.sample.world import World

Row = dict[str, Any]
Asked = dict[int, tuple[Question, ...]]

PASS_MARK = 60
_ATTEMPTS = 3
_TAKES = timedelta(minutes=10)


def write_quizzes(
    session: Session, world: World, lessons: list[list[int]], assessments: list[list[int]]
) -> Asked:
    """Put each quiz on a lesson of its module, with its questions; these by the quiz's id."""
    rows, asked = [], {}
    for n, course in enumerate(world.courses):
        for place, work in enumerate(course.assessments):
            if work.kind is AssessmentKind.QUIZ:
                key = assessments[n][place]
                rows.append(_quiz(key, lessons[n][_lesson(course, work.module)]))
                asked[key] = questions(course.key)[work.title]
    session.execute(insert(Quiz), rows)
    return {key: _write_questions(session, key, found) for key, found in asked.items()}


def write_attempts(
    session: Session,
    world: World,
    enrolments: list[int],
    assessments: list[list[int]],
    asked: Asked,
) -> None:
    """An attempt for each quiz that was handed in, whose marks bring its score."""
    rows = list(_attempts(world, enrolments, assessments, asked))
    session.execute(insert(QuizAttempt), rows)


def write_visits(
    session: Session, world: World, enrolments: list[int], lessons: list[list[int]]
) -> None:
    """Who is still learning has opened the lessons that they completed."""
    rows = [
        {
            "enrollment_id": enrolment,
            "lesson_id": lessons[story.course][done.lesson],
            "first_at": done.at - timedelta(minutes=done.minutes or 0),
            "last_at": done.at,
        }
        for enrolment, story in zip(enrolments, world.stories, strict=True)
        if story.status.is_open
        for done in story.completions
    ]
    if rows:
        session.execute(insert(LessonVisit), rows)


def _quiz(key: int, lesson_id: int) -> Row:
    return {
        "assessment_id": key,
        "lesson_id": lesson_id,
        "pass_mark": PASS_MARK,
        "attempts_allowed": _ATTEMPTS,
        "counts": AttemptRule.BEST,
        "must_pass": False,
    }


def _lesson(course: CoursePlan, module: int) -> int:
    """The place of the last required lesson of a module."""
    return max(n for n, one in enumerate(course.lessons) if one.module == module and one.required)


def _write_questions(
    session: Session, key: int, found: tuple[Question, ...]
) -> tuple[Question, ...]:
    rows = [
        {
            "assessment_id": key,
            "order_index": place,
            "kind": one.kind,
            "text": one.text,
            "points": one.points,
            "answer": dict(one.answer),
        }
        for place, one in enumerate(found, 1)
    ]
    statement = insert(QuizQuestion).returning(QuizQuestion.id, sort_by_parameter_order=True)
    ids = session.scalars(statement, rows)
    return tuple(replace(one, question_id=i) for i, one in zip(ids, found, strict=True))


def _attempts(
    world: World, enrolments: list[int], assessments: list[list[int]], asked: Asked
) -> Iterator[Row]:
    for number, (enrolment, story) in enumerate(zip(enrolments, world.stories, strict=True)):
        for work in story.submissions:
            key = assessments[story.course][work.assessment]
            if key in asked and work.score is not None:
                right = round(work.score * QUESTIONS / 100)
                yield {
                    "enrollment_id": enrolment,
                    "assessment_id": key,
                    "number": 1,
                    "started_at": work.at - _TAKES,
                    "submitted_at": work.at,
                    "score": Decimal(str(work.score)),
                    "passed": work.score >= PASS_MARK,
                    "marks": [kept_mark(one) for one in marks(asked[key], right, number)],
                }
