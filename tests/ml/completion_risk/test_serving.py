import string
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.i18n import language
from data.warehouse.snapshots import snapshot_sql
from ml.artifact import Matrix
from ml.completion_risk import serving
from ml.completion_risk.features import FEATURES
from tests.data.warehouse.enrolments import School

AT = {name: place for place, name in enumerate(FEATURES)}


class Generation:
    """A generation whose snapshots are those of courses written by hand."""

    def __init__(self, school: School) -> None:
        self._connection = school.connection
        self._connection.execute(f"CREATE VIEW fact_enrolment_snapshot AS {snapshot_sql([30, 60])}")

    def columns(self, sql: str, params: Sequence[Any]) -> Mapping[str, Any]:
        return self._connection.execute(sql, list(params)).fetchnumpy()


def school() -> School:
    """Two courses, in the first of which learner 3 did nothing and learner 4 came late."""
    school = School()
    school.course(1)
    school.course(2)
    school.work(1, 10)
    school.work(2, 20)
    for enrolment in (1, 2, 3):
        school.enrol(enrolment)
    school.enrol(4, on=40)
    school.enrol(5, 2)
    for enrolment in (1, 2):
        school.hand_in(enrolment, 1, 9, 80)
        school.hand_in(enrolment, 2, 19, 60)
    return school


@pytest.fixture
def generation() -> Generation:
    """A generation with two courses."""
    return Generation(school())


def by_missing(x: Matrix) -> NDArray[np.float32]:
    """A model that sees only how many due pieces are missing."""
    return (0.1 + 0.4 * x[:, AT["missing_count"]]).astype(np.float32)


def test_a_snapshot_holds_who_is_in_the_course_on_the_day(generation: Generation) -> None:
    ids, x = serving.snapshot(generation, 1, 30)
    assert ([1, 2, 3], (3, len(FEATURES)), np.float32) == (ids, x.shape, x.dtype)
    assert [1, 2, 3, 4] == serving.snapshot(generation, 1, 60)[0]


def test_serving_sees_the_columns_in_the_order_the_model_learned_them(
    generation: Generation,
) -> None:
    _, x = serving.snapshot(generation, 1, 30)
    assert [30, 2, 2] == [x[2, AT[name]] for name in ("day", "due_count", "missing_count")]
    assert 70 == x[0, AT["score_mean"]]


def test_every_enrolment_has_its_risk(generation: Generation) -> None:
    ids, x = serving.snapshot(generation, 1, 30)
    assert pytest.approx({1: 0.1, 2: 0.1, 3: 0.9}) == serving.risks(ids, x, by_missing)


def test_a_course_that_nobody_is_in_has_no_risks(generation: Generation) -> None:
    ids, x = serving.snapshot(generation, 99, 30)
    assert ({}, {}) == (
        serving.risks(ids, x, by_missing),
        serving.reasons(ids, x, by_missing, [1]),
    )


def test_the_reason_is_what_the_risk_would_lose_in_the_middle_of_the_cohort(
    generation: Generation,
) -> None:
    ids, x = serving.snapshot(generation, 1, 30)
    told = serving.reasons(ids, x, by_missing, [3, 1])
    (reason,) = told[3]
    assert pytest.approx(0.8) == reason.effect
    assert "2 of 2 due pieces not handed in" == reason.message.format(**reason.values)
    assert [] == told[1]


def test_reasons_are_told_of_nobody_else(generation: Generation) -> None:
    ids, x = serving.snapshot(generation, 1, 30)
    assert {3} == set(serving.reasons(ids, x, by_missing, [3, 5, 77]))


def test_at_most_three_reasons_are_told_strongest_first() -> None:
    cohort = np.zeros((5, len(FEATURES)), np.float32)
    cohort[0, [AT[name] for name in ("missing_count", "late_count", "previous_attempts")]] = 1
    cohort[0, AT["past_failed"]] = 1
    weights = np.zeros(len(FEATURES), np.float32)
    for name, weight in (
        ("missing_count", 0.1),
        ("late_count", 0.3),
        ("previous_attempts", 0.2),
        ("past_failed", 0.05),
    ):
        weights[AT[name]] = weight
    told = serving.reasons([1, 2, 3, 4, 5], cohort, lambda x: x @ weights, [1])[1]
    assert [serving.LATE, serving.ATTEMPTS, serving.MISSING] == [one.message for one in told]
    assert [0.3, 0.2, 0.1] == [round(one.effect, 4) for one in told]


@pytest.mark.parametrize(
    ("missing", "told"), [(2, serving.NOTHING_HANDED_IN), (1, serving.IN_TIME)]
)
def test_who_handed_in_nothing_is_not_told_that_they_are_early_or_late(
    missing: int, told: str
) -> None:
    cohort = np.zeros((3, len(FEATURES)), np.float32)
    cohort[:, AT["due_count"]] = 2
    cohort[:, AT["missing_count"]] = missing
    cohort[1:, AT["lead_rank"]] = 1
    found = serving.reasons([1, 2, 3], cohort, lambda x: 1 - x[:, AT["lead_rank"]], [1])[1]
    assert [told] == [one.message for one in found]


def test_every_feature_but_the_course_s_own_belongs_to_one_reason() -> None:
    grouped = [name for names in serving._GROUPS.values() for name in names]
    of_the_course = {"day", "due_count", "due_weight", "series_rate_difference"}
    assert sorted(set(FEATURES) - of_the_course) == sorted(grouped)


WORDS = [
    value
    for name, value in vars(serving).items()
    if name.isupper() and isinstance(value, str) and not name.startswith("_")
]


@pytest.mark.parametrize("message", WORDS)
def test_a_reason_in_spanish_keeps_its_values(message: str) -> None:
    def fields(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    spanish = language("es")(message)
    assert (True, fields(message)) == (spanish != message, fields(spanish))


@settings(max_examples=60, deadline=None)
@given(
    own=st.lists(st.floats(0, 100, width=32), min_size=len(FEATURES), max_size=len(FEATURES)),
    unknown=st.sets(
        st.sampled_from(
            ["score_mean", "score_max", "due_score_rank", "previous_attempts", "studied_credits"]
        )
    ),
)
def test_whatever_a_learner_s_row_is_its_reasons_can_be_said(
    own: list[float], unknown: set[str]
) -> None:
    x = np.zeros((3, len(FEATURES)), np.float32)
    x[0] = own
    x[0, [AT[name] for name in unknown]] = np.nan
    told = serving.reasons([1, 2, 3], x, lambda rows: np.nansum(rows, axis=1), [1])[1]
    assert all(one.message.format(**one.values) for one in told)


def test_what_serves_imports_nothing_that_trains() -> None:
    code = (
        "import sys, ml.completion_risk.answering, ml.completion_risk.serving\n"
        "print(sorted({'tensorflow', 'keras', 'sklearn', 'mlflow', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == ran.stdout.strip()


def test_courses_of_other_starts_do_not_change_a_course_s_rows(generation: Generation) -> None:
    other = school()
    other.course(3, date(2025, 2, 1))
    other.enrol(30, 3)
    once, again = (serving.snapshot(one, 1, 30)[1] for one in (generation, Generation(other)))
    np.testing.assert_array_equal(once, again)
