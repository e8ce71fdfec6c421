"""What the sample courses teach: the text of each lesson, and the questions of each quiz.

Both are Markdown files beside this one, a heading for each lesson or quiz. A question begins
with ``?``; below it stand its options (``*`` right, ``-`` not), a number with its tolerance
(``=``) or the texts that are accepted (``~``).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from core.courses.quiz_marking import Mark, Question, expected
from core.courses.quiz_models import QuestionKind

_FOLDER = Path(__file__).parent
_HEADING, _QUESTION = "## ", "?"
QUESTIONS = 5
"""How many questions each quiz has; each brings one point."""


@cache
def lesson_texts(key: str) -> Mapping[str, str]:
    """The Markdown text of a course's lessons by title."""
    return _sections(_FOLDER / "lessons" / f"{key}.md")


def description(key: str) -> str:
    """What a course is about, in a sentence: what stands above its first lesson."""
    text = (_FOLDER / "lessons" / f"{key}.md").read_text("utf-8")
    return text.partition(_HEADING)[0].strip()


@cache
def questions(key: str) -> Mapping[str, tuple[Question, ...]]:
    """The questions of a course's quizzes by title."""
    found = _sections(_FOLDER / "quizzes" / f"{key}.md")
    return {title: _parsed(text) for title, text in found.items()}


def marks(asked: Sequence[Question], right: int, first: int) -> tuple[Mark, ...]:
    """Marks of an attempt with so many right answers, those from place ``first`` on."""
    places = {(first + n) % len(asked) for n in range(right)}
    return tuple(_mark(one, is_right=place in places) for place, one in enumerate(asked))


def _mark(question: Question, *, is_right: bool) -> Mark:
    return Mark(
        question_id=question.question_id,
        kind=question.kind,
        text=question.text,
        points=question.points,
        earned=question.points if is_right else Decimal(0),
        given=_right(question) if is_right else _wrong(question),
        expected=expected(question),
    )


def _right(question: Question) -> tuple[str, ...]:
    if question.kind is QuestionKind.NUMERIC:
        return (question.answer["value"],)
    return expected(question)[:1] if question.kind is QuestionKind.TEXT else expected(question)


def _wrong(question: Question) -> tuple[str, ...]:
    """The first option that is not right; where an answer is typed, nothing."""
    right = question.answer.get("right", ())
    wrong = (one for place, one in enumerate(question.options) if place not in right)
    return tuple(wrong)[:1]


def _sections(path: Path) -> dict[str, str]:
    blocks = path.read_text("utf-8").split(_HEADING)[1:]
    pairs = (block.partition("\n") for block in blocks)
    return {title.strip(): text.strip() for title, _, text in pairs}


def _parsed(text: str) -> tuple[Question, ...]:
    blocks = [block.strip().splitlines() for block in f"\n{text}".split(f"\n{_QUESTION} ")[1:]]
    return tuple(_question(head, lines) for head, *lines in blocks)


def _question(head: str, lines: Sequence[str]) -> Question:
    kind, answer = _answer([(line[0], line[1:].strip()) for line in lines])
    return Question(0, kind, head, Decimal(1), answer)


def _answer(lines: Sequence[tuple[str, str]]) -> tuple[QuestionKind, dict[str, Any]]:
    sign = lines[0][0]
    if sign == "=":
        value, _, tolerance = lines[0][1].partition(" ± ")
        return QuestionKind.NUMERIC, {"value": value, "tolerance": tolerance}
    if sign == "~":
        return QuestionKind.TEXT, {"accepted": [text for _, text in lines]}
    right = [place for place, (mark, _) in enumerate(lines) if mark == "*"]
    kind = QuestionKind.SINGLE if len(right) == 1 else QuestionKind.MULTIPLE
    return kind, {"options": [text for _, text in lines], "right": right}
