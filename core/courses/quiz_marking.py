"""Marking a quiz: from questions and answers to points, a score and passed or not."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from core.courses.quiz_models import QuestionKind

Answer = int | list[int] | str | None
"""An option's place, several places, or what was typed; None where nothing was answered."""

_TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked and marked; ``answer`` by kind as the records hold it."""

    question_id: int
    kind: QuestionKind
    text: str
    points: Decimal
    answer: Mapping[str, Any]

    @property
    def options(self) -> tuple[str, ...]:
        """What one chooses from; empty where an answer is typed."""
        return tuple(self.answer.get("options", ()))


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer brought: ``given`` and ``expected`` in the words of the quiz."""

    question_id: int
    kind: QuestionKind
    text: str
    points: Decimal
    earned: Decimal
    given: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the answer was right; there is nothing in between."""
        return self.earned == self.points


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole attempt: ``score`` 0-100 with two decimals, passed by the exact share."""

    marks: tuple[Mark, ...]
    score: Decimal
    passed: bool


def mark_attempt(
    questions: Sequence[Question], answers: Mapping[int, Answer], pass_mark: int
) -> Marked:
    """Mark every question; one that was not answered brings nothing.

    score = 100 x points earned ÷ points there are. Passed by the unrounded score.
    """
    marks = tuple(_marked(one, answers.get(one.question_id)) for one in questions)
    earned = sum((one.earned for one in marks), Decimal(0))
    possible = sum((one.points for one in marks), Decimal(0))
    score = (100 * earned / possible).quantize(_TWO_DECIMALS, ROUND_HALF_UP)
    return Marked(marks, score, passed=100 * earned >= pass_mark * possible)


def number(typed: str) -> Decimal | None:
    """A typed number, with a point or a comma before its decimals; None where it is none."""
    text = "".join(typed.split())
    if "." not in text:
        text = text.replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def same_text(one: str, other: str) -> bool:
    """Whether two short answers are the same but for case, spaces and ways to write accents."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _marked(question: Question, given: Answer) -> Mark:
    shown, is_right = _GRADED[question.kind](question, given)
    return Mark(
        question_id=question.question_id,
        kind=question.kind,
        text=question.text,
        points=question.points,
        earned=question.points if is_right else Decimal(0),
        given=shown,
        expected=expected(question),
    )


def expected(question: Question) -> tuple[str, ...]:
    """The right answer in words."""
    answer = question.answer
    if question.kind is QuestionKind.TEXT:
        return tuple(answer["accepted"])
    if question.kind is QuestionKind.NUMERIC:
        spread = Decimal(answer["tolerance"])
        return (answer["value"] if spread == 0 else f"{answer['value']} ± {answer['tolerance']}",)
    return tuple(question.options[place] for place in answer["right"])


def _chosen(question: Question, given: Answer) -> tuple[tuple[str, ...], bool]:
    places = given if isinstance(given, list) else [given]
    options = question.options
    taken = sorted({p for p in places if isinstance(p, int) and 0 <= p < len(options)})
    return tuple(options[p] for p in taken), taken == sorted(question.answer["right"])


def _counted(question: Question, given: Answer) -> tuple[tuple[str, ...], bool]:
    typed = given if isinstance(given, str) else ""
    value = number(typed)
    if value is None:
        return ((typed,) if typed else ()), False
    away = abs(value - Decimal(question.answer["value"]))
    return (typed,), away <= Decimal(question.answer["tolerance"])


def _written(question: Question, given: Answer) -> tuple[tuple[str, ...], bool]:
    typed = given.strip() if isinstance(given, str) else ""
    is_right = any(same_text(typed, one) for one in question.answer["accepted"])
    return ((typed,) if typed else ()), bool(typed) and is_right


_GRADED = {
    QuestionKind.SINGLE: _chosen,
    QuestionKind.MULTIPLE: _chosen,
    QuestionKind.NUMERIC: _counted,
    QuestionKind.TEXT: _written,
}
