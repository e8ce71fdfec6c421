from pathlib import Path

import numpy as np
import pytest

from data.pipeline.oulad import apart
from ml.artifact import TrainedModel
from ml.cache import scorer
from ml.finish_forecast import training
from ml.finish_forecast.candidates import FITS
from ml.finish_forecast.dataset import LEAST, read, split
from ml.finish_forecast.evaluation import evaluate
from ml.finish_forecast.export import to_onnx
from ml.finish_forecast.intervals import whole_days
from ml.finish_forecast.rows import FEATURES
from ml.training_errors import TooLittleHistory
from tests.ml.folders import REAL, append, small_folder


def silent(share: float, doing: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three invented presentations of two modules."""
    return small_folder(tmp_path_factory.mktemp("oulad"))


@pytest.fixture(scope="module")
def model(folder: Path) -> TrainedModel:
    """A forecast learned from the earlier two and tested on the last."""
    return training.train(apart.connect(folder), 30, 1, progress=silent)


def test_the_answer_is_days_from_the_last_due_day_of_those_who_completed(folder: Path) -> None:
    data = read(apart.connect(folder), 30)
    # The last work is due on day 80 and handed in up to six days before; the second on day 28.
    assert set(data.y) <= set(range(-6, 1))
    assert data.x.shape == (len(data), len(FEATURES))


def test_who_had_done_everything_by_then_is_not_asked_about(folder: Path) -> None:
    assert len(read(apart.connect(folder), 90)) == 0


def test_a_day_on_which_a_machine_booked_nearly_everybody_is_no_learners_last(
    tmp_path: Path,
) -> None:
    plain, machine = small_folder(tmp_path / "plain"), small_folder(tmp_path / "machine")
    append(machine / "assessments.csv", "AAA,2013B,900,CMA,85,0")
    append(machine / "studentAssessment.csv", *(f"900,{one},87,0,70" for one in range(1, 121)))
    before, after = (read(apart.connect(one), 30) for one in (plain, machine))
    moved = after.course == "AAA-2013B"
    np.testing.assert_array_equal(after.y[moved], before.y[moved] - 5)  # due on day 85, not 80
    np.testing.assert_array_equal(after.y[~moved], before.y[~moved])


def test_it_takes_learners_who_completed_on_both_sides(folder: Path) -> None:
    data = read(apart.connect(folder), 30)
    with pytest.raises(TooLittleHistory):
        split(data.where(np.arange(len(data)) < LEAST), 30)


@pytest.mark.parametrize("name", FITS)
def test_the_exported_graph_answers_as_the_fitted_model_does(folder: Path, name: str) -> None:
    train, test = split(read(apart.connect(folder), 30), 30)
    fitted = FITS[name](train, 1)
    answered = np.asarray(scorer(to_onnx(fitted, 2.5))(test.x), float)
    wanted = np.sort(fitted.estimate(test.x), axis=1) + np.array([-2.5, 0, 2.5])
    assert np.abs(answered - wanted).max() < 1e-3


def test_the_same_seed_gives_the_same_forecast(folder: Path, model: TrainedModel) -> None:
    again = training.train(apart.connect(folder), 30, 1, progress=silent)
    assert (again.metrics, again.data_hash) == (model.metrics, model.data_hash)


def test_a_champion_is_measured_on_the_same_rows(folder: Path, model: TrainedModel) -> None:
    champion = scorer(model.onnx)
    later = training.train(apart.connect(folder), 30, 1, progress=silent, champion=champion)
    assert later.compared["champion"] == pytest.approx(model.metrics)


def test_what_is_served_tells_its_features_and_how_often_it_held(model: TrainedModel) -> None:
    assert model.served["features"] == list(FEATURES)
    assert model.served["coverage"] == model.metrics["coverage_80"]
    days = whole_days(np.asarray(scorer(model.onnx)(model.example), float), 0)
    assert days.shape == (len(model.example), 3)


@pytest.mark.skipif(not REAL.is_dir(), reason="the Open University's data is not at hand")
def test_on_real_courses_it_holds_what_it_promises_and_is_narrower_than_the_cohort() -> None:
    found = evaluate(REAL, 60, "2014B", 1, silent)
    assert 0.72 <= found["coverage_80"] <= 0.88
    assert found["width_days"] < found["cohort_width_days"]
    assert all(
        found["interval_score"] < one["interval_score"] for one in found["baselines"].values()
    )
