from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.courses.errors import FaultyQuestion
from core.courses.quiz_marking import Answer, Question, mark_attempt, number
from core.courses.quiz_models import QuestionKind
from core.courses.quiz_questions import require_sound
from core.i18n import language

ONE, TWO = Decimal(1), Decimal(2)
CAPITAL = Question(
    1, QuestionKind.SINGLE, "Capital?", ONE, {"options": ["Rome", "Oslo"], "right": [0]}
)
PRIMES = Question(
    2, QuestionKind.MULTIPLE, "Primes?", TWO, {"options": ["2", "4", "5"], "right": [0, 2]}
)
PI = Question(3, QuestionKind.NUMERIC, "Pi?", ONE, {"value": "3.14", "tolerance": "0.01"})
WORD = Question(4, QuestionKind.TEXT, "Word?", ONE, {"accepted": ["Niño pequeño"]})
ALL = [CAPITAL, PRIMES, PI, WORD]
RIGHT: dict[int, Answer] = {1: 0, 2: [2, 0], 3: "3,15", 4: "  NIÑO   pequen\u0303o "}


def test_a_quiz_that_is_all_right_scores_a_hundred() -> None:
    marked = mark_attempt(ALL, RIGHT, 100)
    assert (Decimal(100), True) == (marked.score, marked.passed)


def test_a_quiz_that_was_not_answered_scores_nothing_and_passes_only_a_mark_of_zero() -> None:
    assert (Decimal(0), False) == (mark_attempt(ALL, {}, 1).score, mark_attempt(ALL, {}, 1).passed)
    assert mark_attempt(ALL, {}, 0).passed


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (CAPITAL, 1),
        (CAPITAL, 7),
        (CAPITAL, "Rome"),
        (PRIMES, [0]),
        (PRIMES, [0, 1, 2]),
        (PI, "3.1299"),
        (PI, "nan"),
        (PI, "about three"),
        (WORD, "niño"),
        (WORD, ""),
    ],
)
def test_an_answer_that_is_not_right_brings_nothing(question: Question, answer: Answer) -> None:
    (mark,) = mark_attempt([question], {question.question_id: answer}, 50).marks
    assert (Decimal(0), False) == (mark.earned, mark.is_right)


def test_passing_rests_on_the_unrounded_score() -> None:
    thirds = [replace(CAPITAL, question_id=n) for n in range(3)]
    marked = mark_attempt(thirds, {0: 0, 1: 0}, 67)
    assert (Decimal("66.67"), False) == (marked.score, marked.passed)


@given(
    st.dictionaries(st.integers(1, 4), st.integers(-3, 9) | st.text(max_size=5)),
    st.integers(0, 100),
)
def test_any_answers_score_between_nothing_and_a_hundred(
    answers: dict[int, Answer], pass_mark: int
) -> None:
    marked = mark_attempt(ALL, answers, pass_mark)
    assert 0 <= marked.score <= 100
    assert sum(one.earned for one in marked.marks) <= sum(one.points for one in ALL)


def test_numbers_are_read_with_a_comma_or_a_point() -> None:
    assert [Decimal("1.5"), Decimal("1.5"), Decimal(-1000), None, None] == [
        number(text) for text in ("1,5", " 1.5", "-1 000", "1,2,3", "Infinity")
    ]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (replace(CAPITAL, text=" "), "text"),
        (replace(CAPITAL, points=Decimal(0)), "points"),
        (replace(CAPITAL, answer={"options": ["a", "a"], "right": [0]}), "options"),
        (replace(CAPITAL, answer={"options": ["a", "b"], "right": [0, 1]}), "one_right"),
        (replace(PRIMES, answer={"options": ["a", "b"], "right": []}), "some_right"),
        (replace(PI, answer={"value": "x", "tolerance": "0"}), "value"),
        (replace(PI, answer={"value": "1", "tolerance": "-1"}), "value"),
        (replace(WORD, answer={"accepted": []}), "accepted"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused_and_told(
    question: Question, field: str
) -> None:
    with pytest.raises(FaultyQuestion) as raised:
        require_sound([CAPITAL, question])
    assert (2, field) == (raised.value.data["number"], raised.value.data["field"])
    assert raised.value.sentence(language("es")).startswith("La pregunta 2")
