"""The fields of a quiz's questions: text, kind, points, and what is right, line by line."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from core.courses.quiz_marking import Question
from core.courses.quiz_models import QuestionKind
from core.i18n import Language, mark

KIND_NAMES = {
    QuestionKind.SINGLE: mark("One right option"),
    QuestionKind.MULTIPLE: mark("Several right options"),
    QuestionKind.NUMERIC: mark("A number"),
    QuestionKind.TEXT: mark("A short text"),
}
_RIGHT = "*"  # at the beginning of a line, an option that is right
_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def ask(key: str, held: Sequence[Question], more: int, t: Language) -> tuple[Question, ...]:
    """Fields for every question there is and some empty ones; those without a text go."""
    st.caption(
        t(
            "Answers, one a line. Options: those that are right begin with an asterisk (*). "
            "A number: the value, then the tolerance. A short text: every accepted answer; "
            "case and spaces do not matter. A question whose text is emptied goes."
        )
    )
    blanks = [_blank() for _ in range(more)]
    asked = [
        _fields(f"{key}-{one.question_id or f'new{place}'}", place, one, t)
        for place, one in enumerate([*held, *blanks], 1)
    ]
    return tuple(one for one in asked if one.text.strip())


def lines_of(question: Question) -> str:
    """A question's answer as the lines in which it is written."""
    answer = question.answer
    if question.kind is QuestionKind.NUMERIC:
        return f"{answer['value']}\n{answer['tolerance']}".strip()
    if question.kind is QuestionKind.TEXT:
        return "\n".join(answer["accepted"])
    right = answer["right"]
    return "\n".join(
        f"{_RIGHT} {option}" if place in right else option
        for place, option in enumerate(question.options)
    )


def answer_of(kind: QuestionKind, typed: str) -> Mapping[str, Any]:
    """The answer that the lines tell, by kind, as the records hold it."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if kind is QuestionKind.NUMERIC:
        value, tolerance = [*lines, "", ""][:2]
        return {"value": _point(value), "tolerance": _point(tolerance) or "0"}
    if kind is QuestionKind.TEXT:
        return {"accepted": lines}
    return {
        "options": [line.removeprefix(_RIGHT).strip() for line in lines],
        "right": [place for place, line in enumerate(lines) if line.startswith(_RIGHT)],
    }


def _point(typed: str) -> str:
    return typed.replace(",", ".") if "." not in typed else typed


def _blank() -> Question:
    return Question(0, QuestionKind.SINGLE, "", Decimal(1), {"options": [], "right": []})


def _fields(key: str, place: int, question: Question, t: Language) -> Question:
    st.markdown(f"**{t('Question {n}', n=t.number(place))}**")
    text = st.text_area(
        t("Text (Markdown)"), question.text, height=80, max_chars=5000, key=f"{key}-text"
    )
    left, right = st.columns([2, 1])
    kind: QuestionKind | None = left.selectbox(
        t("Kind"),
        list(QuestionKind),
        index=list(QuestionKind).index(question.kind),
        format_func=lambda one: t(KIND_NAMES[one]),
        key=f"{key}-kind",
    )
    points = right.number_input(
        t("Points"), 0.25, 1000.0, float(question.points), step=0.25, key=f"{key}-points"
    )
    lines = st.text_area(
        t("Answers, one a line"),
        lines_of(question),
        height=110,
        max_chars=5000,
        key=f"{key}-answers",
    )
    asked = kind or question.kind
    answer = answer_of(asked, lines)
    return Question(question.question_id, asked, text, Decimal(str(points)), answer)
