from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from core.courses.grade import Grade, Piece, best_score, effective_weights, grade_so_far
from core.courses.models import AssessmentKind

QUIZ, EXAM = AssessmentKind.QUIZ, AssessmentKind.EXAM

PIECES = st.dictionaries(
    st.integers(1, 9),
    st.builds(
        Piece,
        kind=st.sampled_from(AssessmentKind),
        weight=st.decimals(0, 100, places=2) | st.just(Decimal(0)),
    ),
    min_size=1,
    max_size=9,
)
SCORES = st.dictionaries(st.integers(1, 9), st.decimals(0, 100, places=2), max_size=9)


def course(**weights: int) -> dict[str, Piece]:
    """Pieces by name; a name that begins with exam is one."""
    return {
        name: Piece(EXAM if name.startswith("exam") else QUIZ, Decimal(weight))
        for name, weight in weights.items()
    }


def test_the_grade_so_far_is_the_weighted_mean_of_what_is_graded():
    pieces = course(a=10, b=30, c=60)

    grade = grade_so_far(pieces, {"a": Decimal(90), "b": Decimal(50)})

    assert grade == Grade(percent=60, graded=2, pieces=3, graded_share=Decimal("0.4"))


def test_a_grade_is_floored_and_so_passes_exactly_when_the_unrounded_one_does():
    grade = grade_so_far(course(a=1), {"a": Decimal("39.99")})

    assert (39, False) == (grade.percent, grade.passes(40))
    assert grade_so_far(course(a=1), {"a": Decimal(40)}).passes(40) is True


def test_without_graded_work_there_is_no_grade_and_neither_passed_nor_not():
    grade = grade_so_far(course(a=1), {})

    assert (None, None, 0) == (grade.percent, grade.passes(40), grade.graded)


def test_an_exam_of_100_beside_coursework_of_100_is_half_of_the_grade():
    grade = grade_so_far(course(a=40, b=60, exam=100), {"a": Decimal(80), "b": Decimal(80)})

    assert (80, Decimal("0.5")) == (grade.percent, grade.graded_share)


def test_where_all_weights_are_0_every_piece_weighs_alike():
    assert effective_weights(course(a=0, b=0, exam=0)) == {"a": 1, "b": 1, "exam": 1}


def test_coursework_without_weights_weighs_together_as_much_as_the_exams():
    weights = effective_weights(course(a=0, b=0, exam=100))

    assert weights["a"] == weights["b"]
    assert weights["a"] + weights["b"] == weights["exam"]


def test_a_course_of_exams_only_keeps_their_weights():
    assert effective_weights(course(exam1=30, exam2=70)) == {"exam1": 30, "exam2": 70}


def test_the_best_of_several_attempts_counts():
    assert best_score([Decimal(40), None, Decimal(70), Decimal(60)]) == Decimal(70)
    assert best_score([None]) is None


@given(PIECES, SCORES)
def test_a_grade_lies_between_the_lowest_and_the_highest_score(pieces, scores):
    grade = grade_so_far(pieces, scores)
    counted = [score for key, score in scores.items() if key in pieces]

    assert grade.graded == len(counted)
    assert 0 <= grade.graded_share <= 1
    if grade.percent is not None:
        assert int(min(counted)) <= grade.percent <= max(counted)


@given(PIECES, SCORES, st.integers(1, 9))
def test_a_missing_score_never_lowers_the_grade_as_a_zero_would(pieces, scores, key):
    assume(key in pieces)
    missing = {other: score for other, score in scores.items() if other != key}
    without = grade_so_far(pieces, missing).percent
    as_zero = grade_so_far(pieces, {**missing, key: Decimal(0)}).percent

    assert without is None or (as_zero is not None and as_zero <= without)


@given(PIECES, SCORES)
def test_the_whole_weight_is_graded_once_every_piece_is(pieces, scores):
    complete = {key: scores.get(key, Decimal(50)) for key in pieces}

    assert grade_so_far(pieces, complete).graded_share == 1
    assert grade_so_far(pieces, complete).percent is not None
