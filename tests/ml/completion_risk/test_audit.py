import numpy as np
import pytest

from ml.completion_risk import audit
from ml.completion_risk.dataset import Dataset, read
from tests.data.warehouse.enrolments import School


@pytest.fixture(scope="module")
def school() -> School:
    """Two courses that are over: 60 women, 60 men and 10 of whom nothing is told; half failed."""
    school = School()
    school.course(1)
    school.course(2, series="B")
    for number in range(130):
        status = "failed" if number % 2 else "completed"
        school.enrol(number, 1 + number // 120, status=status, ended=140)
        gender = ("F", "M", None)[number // 60]
        school.add("records_learner_attributes", enrollment_id=number, gender=gender, region="Here")
    return school


@pytest.fixture(scope="module")
def rows(school: School) -> Dataset:
    """Everybody on day 30, in the order of their numbers."""
    return read(school.connection, 30).on(30)


def test_recall_by_group_is_of_those_contacted_first(school: School, rows: Dataset) -> None:
    women_first = np.where(rows.enrollment_id < 60, 0.9, 0.1) + rows.y * 0.05
    told = {
        one["group"]: one
        for one in audit.by_group(school.connection, rows, women_first)
        if one["attribute"] == "gender"
    }
    assert {"F", "M"} == set(told)
    assert (60, 0.5) == (told["F"]["learners"], told["F"]["share_ended_badly"])
    # Of 130, 20 are contacted: 20 of the 30 women who failed, and no man.
    assert [pytest.approx(20 / 30), 0] == [told[one]["recall_at_15"] for one in "FM"]


def test_small_groups_are_left_out(school: School, rows: Dataset) -> None:
    few = rows.where(rows.enrollment_id < 80)
    told = audit.by_group(school.connection, few, np.linspace(0, 1, 80))
    assert [("gender", "F"), ("region", "Here")] == [
        (one["attribute"], one["group"]) for one in told
    ]


def test_without_attributes_there_is_nothing_to_audit(rows: Dataset) -> None:
    assert [] == audit.by_group(School().connection, rows, np.full(len(rows), 0.5))


def test_every_course_has_its_auc_and_none_where_all_ended_alike(rows: Dataset) -> None:
    chosen = rows.where((rows.course == "A-1") | (rows.y == 1))
    first, second = audit.by_module(chosen, chosen.y.astype(float))
    assert ("A-1", 120, 1.0) == (first["course"], first["learners"], first["auc"])
    assert ("B-2", 5, None) == (second["course"], second["learners"], second["auc"])
