from datetime import date
from decimal import Decimal

import pytest

from components.courses import standing, wording
from core.courses.due import DueItem
from core.courses.grade import Grade
from core.courses.pace import Pace
from core.courses.progress import Progress, progress
from core.i18n import language

EN, ES = language("en"), language("es")


def graded(percent: int | None, pieces: int = 5, graded: int = 3, share: str = "0.48") -> Grade:
    return Grade(percent, graded, pieces, Decimal(share))


def test_the_arithmetic_of_progress_names_weights_only_where_they_matter() -> None:
    plain = Progress(75, 18, 24, Decimal(18), Decimal(24))
    weighted = Progress(77, 18, 24, Decimal(31), Decimal(40))

    assert wording.lessons_counted(plain, EN) == "18 of 24 required lessons"
    assert wording.lessons_counted(weighted, EN) == "18 of 24 required lessons, 31 of 40 by weight"


def test_a_course_without_required_lessons_rests_on_its_grade() -> None:
    assert (
        wording.lessons_counted(progress({}, set()), EN)
        == "This course has no required lessons; completing it rests on the grade."
    )


def test_the_grade_tells_how_much_it_rests_on() -> None:
    assert wording.grade_counted(graded(60), EN) == "3 of 5 pieces graded, 48% of the weight"
    assert wording.grade_counted(graded(60, 1, 1, "1"), EN) == (
        "1 of 1 piece graded, 100% of the weight"
    )
    assert wording.grade_counted(graded(None, 0, 0, "0"), EN) == "This course has no graded work."


def test_nearly_all_of_the_weight_is_not_told_as_all_of_it() -> None:
    assert "99%" in wording.grade_counted(graded(60, share="0.9999"), EN)


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (None, "Pass mark 40"),
        (39, "Pass mark 40: not reached so far"),
        (40, "Pass mark 40: reached so far"),
    ],
)
def test_the_pass_mark_is_told_beside_the_grade(percent: int | None, said: str) -> None:
    assert wording.against_pass_mark(graded(percent), 40, EN) == said


def test_a_missing_grade_is_a_dash_and_a_grade_of_zero_is_not() -> None:
    assert wording.grade_out_of_100(graded(None), EN) == "–"
    assert wording.grade_out_of_100(graded(0), EN) == "0 of 100"


@pytest.mark.parametrize(
    ("days_left", "said"),
    [
        (-1, "1 day overdue, was due May 4, 2026"),
        (-2, "2 days overdue, was due May 4, 2026"),
        (0, "due today"),
        (1, "due in 1 day, May 4, 2026"),
        (9, "due in 9 days, May 4, 2026"),
    ],
)
def test_a_due_date_is_told_by_its_distance(days_left: int, said: str) -> None:
    assert wording.due(DueItem(1, "Essay", date(2026, 5, 4), days_left), EN) == said


def test_work_without_a_date_says_so_in_either_language() -> None:
    exam = DueItem(1, "Exam", None, None)

    assert (wording.due(exam, EN), wording.due(exam, ES)) == ("no date", "sin fecha")


@pytest.mark.parametrize(
    ("value", "said"), [("0", "0"), ("2.0000", "2"), ("0.5000", "0.5"), ("100", "100")]
)
def test_a_weight_keeps_the_decimals_it_has(value: str, said: str) -> None:
    assert wording.plain(Decimal(value), EN) == said


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (15.0, "worth 15.0 days more than that.", "equivale a 15,0 días más que eso."),
        (-2.5, "worth 2.5 days less than that.", "equivale a 2,5 días menos que eso."),
        (-0.01, "exactly that.", "justo eso."),
    ],
)
def test_the_lead_is_told_as_more_or_less_than_the_calendar_asks(
    days: float, english: str, spanish: str
) -> None:
    assert english in standing.pace_counted(Pace(10, 30, days), EN)
    assert spanish in standing.pace_counted(Pace(10, 30, days), ES)
