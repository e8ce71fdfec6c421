from decimal import Decimal

from core.courses.completion import is_complete
from core.courses.grade import Grade
from core.courses.progress import progress

ONE = {1: Decimal(1)}
NO_WORK = Grade(None, 0, 0, Decimal(0))


def grade(percent: int | None, share: str) -> Grade:
    return Grade(percent, 1, 2, Decimal(share))


def test_all_required_lessons_and_a_passing_grade_of_all_work_complete_a_course() -> None:
    assert is_complete(progress(ONE, {1}), grade(40, "1"), 40)


def test_a_course_is_not_complete_while_a_lesson_a_score_or_the_pass_is_missing() -> None:
    assert not is_complete(progress(ONE, set()), grade(90, "1"), 40)
    assert not is_complete(progress(ONE, {1}), grade(90, "0.5"), 40)
    assert not is_complete(progress(ONE, {1}), grade(39, "1"), 40)
    assert not is_complete(progress(ONE, {1}), grade(None, "0"), 0)


def test_without_required_lessons_the_grade_decides_and_without_work_the_lessons() -> None:
    assert is_complete(progress({}, set()), grade(40, "1"), 40)
    assert is_complete(progress(ONE, {1}), NO_WORK, 40)
    assert not is_complete(progress({}, set()), NO_WORK, 0)
