from datetime import date

import numpy as np
import pytest

from data.pipeline.oulad import apart
from ml.completion_risk.dataset import TRAINED_DAYS, Dataset, hold_out, read, split
from ml.completion_risk.features import FEATURES
from ml.training_errors import TooLittleHistory
from tests.data.warehouse.enrolments import School
from tests.ml.folders import REAL, small_folder

B13, J13, B14 = (
    np.datetime64(day) for day in (date(2013, 2, 1), date(2013, 10, 1), date(2014, 2, 1))
)
UNSEEN = {"gender", "region", "imd_band", "age_band", "disability", "highest_education"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Snapshots of three presentations of two modules."""
    folder = small_folder(tmp_path_factory.mktemp("oulad"), learners=20)
    return read(apart.connect(folder), 30)


def school() -> School:
    """A course that is over, with a learner who passed and one who failed."""
    school = School()
    school.course(1, date(2023, 2, 1))
    school.enrol(1, status="completed", ended=140)
    school.enrol(2, status="failed", ended=140)
    return school


def test_no_attribute_of_a_person_is_a_feature() -> None:
    assert not UNSEEN & set(FEATURES)


def test_a_row_is_an_enrolment_on_a_day_and_every_training_sees_the_same_days(
    data: Dataset,
) -> None:
    keys = set(zip(data.enrollment_id.tolist(), data.day.tolist(), strict=True))
    assert len(data) == len(keys)
    assert set(TRAINED_DAYS) == set(data.day.tolist())
    assert (len(data), len(FEATURES)) == data.x.shape
    assert np.float32 == data.x.dtype


def test_the_day_asked_about_is_read_too() -> None:
    assert {*TRAINED_DAYS, 45} == set(read(school().connection, 45).day.tolist())


def test_a_course_with_an_active_enrolment_is_left_out() -> None:
    running = school()
    running.course(2, date(2023, 2, 1))
    running.enrol(3, 2, status="active")
    running.enrol(4, 2, status="failed", ended=140)
    assert {1, 2} == set(read(running.connection, 30).enrollment_id.tolist())


def test_sample_courses_are_left_out_where_there_are_others() -> None:
    mixed = school()
    mixed.course(2, date(2024, 2, 1), sample=True)
    mixed.enrol(3, 2, status="failed", ended=140)
    assert {1, 2} == set(read(mixed.connection, 30).enrollment_id.tolist())


def test_sample_courses_are_learned_from_where_there_are_no_others() -> None:
    invented = School()
    invented.course(1, sample=True)
    invented.enrol(1, status="failed", ended=140)
    assert {1} == set(read(invented.connection, 30).enrollment_id.tolist())


def test_the_latest_presentation_is_tested_on_and_all_before_it_are_learned_from(
    data: Dataset,
) -> None:
    parts = split(data, 30)
    assert ({B13, J13}, {B14}) == (set(parts.train.start), set(parts.test.start))
    assert {30} == set(parts.test.day.tolist())


def test_nothing_after_the_presentation_tested_on_is_learned_from(data: Dataset) -> None:
    parts = split(data, 30, date(2013, 10, 1))
    assert ({B13}, {J13}) == (set(parts.train.start), set(parts.test.start))


def test_no_enrolment_is_on_both_sides_of_a_split(data: Dataset) -> None:
    parts = split(data, 30)
    assert not set(parts.train.enrollment_id) & set(parts.test.enrollment_id)


def test_candidates_are_chosen_on_the_latest_presentation_learned_from(data: Dataset) -> None:
    held_out = hold_out(split(data, 30).train)
    assert held_out is not None
    assert ({B13}, {J13}) == (set(held_out.train.start), set(held_out.test.start))


def test_one_presentation_alone_holds_nothing_out(data: Dataset) -> None:
    assert hold_out(split(data, 30, date(2013, 10, 1)).train) is None


@pytest.mark.parametrize("start", [date(2013, 2, 1), date(2020, 2, 1)])
def test_a_presentation_without_an_earlier_one_or_without_rows_is_too_little_history(
    data: Dataset, start: date
) -> None:
    with pytest.raises(TooLittleHistory, match="day 30"):
        split(data, 30, start)


def test_nothing_at_all_is_too_little_history() -> None:
    with pytest.raises(TooLittleHistory):
        split(read(School().connection, 30), 30)


@pytest.mark.skipif(not REAL.is_dir(), reason="the Open University's courses are not at hand")
def test_the_same_folder_gives_the_same_rows() -> None:
    once, again = (read(apart.connect(REAL), 30) for _ in range(2))
    assert once.digest == again.digest


def test_the_digest_tells_rows_apart(data: Dataset) -> None:
    other = data.where(np.arange(len(data)) > 0)
    assert (data.digest, True) == (data.digest, other.digest != data.digest)
