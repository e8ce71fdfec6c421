"""A small quiz for tests: four questions, one of each kind; ``RIGHT`` answers all of them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.courses import quiz_editing
from core.courses.quiz_editing import QuizPlan
from core.courses.quiz_marking import Answer, Question
from core.courses.quiz_models import AttemptRule, QuestionKind

QUESTIONS = (
    Question(
        0,
        QuestionKind.SINGLE,
        "Capital of Italy?",
        Decimal(1),
        {"options": ["Rome", "Oslo"], "right": [0]},
    ),
    Question(
        0,
        QuestionKind.MULTIPLE,
        "Which are prime?",
        Decimal(1),
        {"options": ["2", "4", "5"], "right": [0, 2]},
    ),
    Question(0, QuestionKind.NUMERIC, "Pi?", Decimal(1), {"value": "3.14", "tolerance": "0.01"}),
    Question(0, QuestionKind.TEXT, "Fish?", Decimal(1), {"accepted": ["trout"]}),
)
PLAN = QuizPlan(
    assessment_id=None,
    title="Check",
    weight=Decimal(100),
    due_day=7,
    pass_mark=60,
    attempts_allowed=2,
    counts=AttemptRule.BEST,
    must_pass=True,
    questions=QUESTIONS,
)
_RIGHT: tuple[Answer, ...] = (0, [0, 2], "3.14", "Trout")


def write(session: Session, teacher: Principal, lesson_id: int, **changed: Any) -> int:
    """Save the quiz, changed as told, on the lesson; the assessment's id."""
    return quiz_editing.save(session, teacher, lesson_id, replace(PLAN, **changed))


def right(questions: Sequence[Question], first: int = 4) -> dict[int, Answer]:
    """Right answers to the first so many questions."""
    pairs = list(zip(questions, _RIGHT, strict=True))[:first]
    return {question.question_id: answer for question, answer in pairs}
