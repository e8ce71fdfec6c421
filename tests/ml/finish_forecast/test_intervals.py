import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.finish_forecast.dataset import Dataset
from ml.finish_forecast.intervals import Estimator, margin, measure, whole_days, without_own_course

DAYS = st.floats(-400, 400, width=32)


def rows(y: list[float], courses: list[str]) -> Dataset:
    count = len(y)
    return Dataset(
        x=np.zeros((count, 1), np.float32),
        y=np.array(y, float),
        start=np.full(count, np.datetime64("2026-01-01")),
        course=np.array(courses, dtype=object),
        series=np.array(courses, dtype=object),
        enrollment_id=np.arange(count),
    )


@given(st.tuples(DAYS, DAYS, DAYS), st.floats(0, 50))
def test_an_interval_is_in_order_and_in_whole_days(told: tuple[float, ...], wider: float) -> None:
    earliest, middle, latest = whole_days(np.array([told], float), wider)[0]
    assert earliest <= middle <= latest
    assert [earliest, middle, latest] == [round(earliest), round(middle), round(latest)]


@given(st.tuples(DAYS, DAYS, DAYS), st.floats(0, 50), st.floats(0, 50))
def test_a_larger_margin_never_holds_less(
    told: tuple[float, ...], first: float, more: float
) -> None:
    narrow = whole_days(np.array([told], float), first)[0]
    wide = whole_days(np.array([told], float), first + more)[0]
    assert wide[0] <= narrow[0]
    assert narrow[2] <= wide[2]


def test_what_is_missed_counts_ten_times_beside_the_width() -> None:
    days = np.array([[0.0, 5.0, 10.0], [0.0, 5.0, 10.0]])
    measured = measure(np.array([4.0, 13.0]), days)
    assert measured == {
        "coverage_80": 0.5,
        "width_days": 10.0,
        "interval_score": pytest.approx(10 + 10 * 3 / 2),
        "error_days": 4.5,
    }


def test_the_margin_is_what_left_out_courses_would_have_needed() -> None:
    train = rows([0.0] * 10 + [3.0] * 10, ["A"] * 10 + ["B"] * 10)

    def knows_the_others(others: Dataset) -> Estimator:
        return lambda x: np.tile(np.full(3, others.y.mean()), (len(x), 1))

    assert margin(train, without_own_course(train, knows_the_others)) == 3.0


def test_every_left_out_course_counts_the_same_for_the_margin() -> None:
    train = rows([0.0] * 90 + [3.0] * 10, ["A"] * 90 + ["B"] * 10)
    assert margin(train, np.zeros((100, 3))) == 3.0
