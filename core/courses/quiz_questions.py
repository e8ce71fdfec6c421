"""What makes a question one that can be answered and marked."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.courses.errors import FaultyQuestion
from core.courses.quiz_marking import Question, number
from core.courses.quiz_models import QuestionKind

_MOST_POINTS = 1000


def fault(question: Question) -> str | None:
    """What is wrong with a question, by a short name; None where nothing is."""
    if not question.text.strip():
        return "text"
    if not 0 < question.points <= _MOST_POINTS:
        return "points"
    return _FAULTS[question.kind](question.answer)


def require_sound(questions: Sequence[Question]) -> None:
    """Raise :class:`FaultyQuestion` for the first question that cannot be asked."""
    for place, question in enumerate(questions, 1):
        if (field := fault(question)) is not None:
            raise FaultyQuestion(number=place, field=field)


def _single(answer: Mapping[str, Any]) -> str | None:
    return _options(answer) or (None if len(answer["right"]) == 1 else "one_right")


def _multiple(answer: Mapping[str, Any]) -> str | None:
    return _options(answer) or (None if answer["right"] else "some_right")


def _options(answer: Mapping[str, Any]) -> str | None:
    options = answer["options"]
    is_good = len(options) >= 2 and len(set(options)) == len(options)
    return None if is_good else "options"


def _numeric(answer: Mapping[str, Any]) -> str | None:
    value, tolerance = number(answer["value"]), number(answer["tolerance"])
    is_good = value is not None and tolerance is not None and tolerance >= Decimal(0)
    return None if is_good else "value"


def _text(answer: Mapping[str, Any]) -> str | None:
    return None if answer["accepted"] else "accepted"


_FAULTS = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.TEXT: _text,
}
