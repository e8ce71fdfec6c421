import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from data.pipeline.oulad import apart
from ml.artifact import Matrix, TrainedModel
from ml.cache import scorer
from ml.completion_risk import candidates, drift, export, training
from ml.completion_risk.dataset import Dataset, read, split
from ml.completion_risk.evaluation import evaluate
from ml.completion_risk.features import FEATURES
from tests.ml.folders import REAL, small_folder


def silent(share: float, doing: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three invented presentations of two modules."""
    return small_folder(tmp_path_factory.mktemp("oulad"))


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    """Snapshots of the invented presentations."""
    return read(apart.connect(folder), 30)


@pytest.fixture(scope="module")
def model(folder: Path) -> TrainedModel:
    """A model trained on the earlier two and tested on the last."""
    return training.train(apart.connect(folder), 30, 1, progress=silent)


@pytest.fixture(scope="module")
def challenger(folder: Path) -> TrainedModel:
    """The same training, while a champion answers that cannot tell learners apart."""

    def knows_nothing(x: Matrix) -> NDArray[np.float32]:
        return np.full(len(x), 0.5, np.float32)

    connection = apart.connect(folder)
    return training.train(connection, 30, 1, progress=silent, champion=knows_nothing)


@pytest.fixture(scope="module")
def fitted(data: Dataset) -> dict[str, candidates.Fitted]:
    """All candidates, fitted on the earlier presentations."""
    train = split(data, 30).train
    trees = candidates.fit_trees(train, 30, 1)
    network = candidates.fit_network(train, 30, 1)
    return {one.name: one for one in (trees, network, candidates.blend(trees, network))}


def answers(onnx: bytes, x: Matrix) -> NDArray[Any]:
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: x})[0])


def odd_rows(x: Matrix) -> Matrix:
    """Rows as serving may meet them: unknown, far out, and varying where training never did."""
    chance = np.random.default_rng(3)
    far = x * chance.normal(1, 50, x.shape).astype(np.float32)
    holes = np.where(chance.random(x.shape) < 0.3, np.nan, x).astype(np.float32)
    nothing = np.full((1, x.shape[1]), np.nan, np.float32)
    return np.concatenate([x, far, holes, nothing])


@pytest.mark.parametrize(
    "name", [candidates.HIST_GRADIENT_BOOSTING, candidates.KERAS, candidates.BLEND]
)
def test_the_exported_graph_answers_as_the_fitted_model_does(
    fitted: dict[str, candidates.Fitted], data: Dataset, name: str
) -> None:
    x = odd_rows(data.x[:500])
    exported = answers(export.to_onnx(fitted[name]), x)
    np.testing.assert_allclose(fitted[name].estimate(x), exported, rtol=0, atol=1e-5)
    assert (len(x),) == exported.shape


def test_what_never_varied_in_training_says_nothing_to_the_network(
    fitted: dict[str, candidates.Fitted], data: Dataset
) -> None:
    banked = FEATURES.index("banked_count")  # nobody of the invented learners has one
    x = data.x[:50].copy()
    x[:, banked] = 3
    network = fitted[candidates.KERAS]
    np.testing.assert_array_equal(network.estimate(data.x[:50]), network.estimate(x))


def test_the_same_seed_gives_the_same_model_whoever_answered_before(
    data: Dataset, model: TrainedModel, challenger: TrainedModel
) -> None:
    x = odd_rows(data.x[:200])
    np.testing.assert_array_equal(answers(model.onnx, x), answers(challenger.onnx, x))
    assert model.data_hash == challenger.data_hash
    assert model.compared == {name: challenger.compared[name] for name in model.compared}


def test_a_training_measures_every_candidate_and_baseline_on_the_same_rows(
    model: TrainedModel,
) -> None:
    names = {"hist_gradient_boosting", "keras", "blend", "module_prior", "logistic_regression"}
    assert names == set(model.compared)
    assert model.metrics == model.compared[model.algorithm]
    assert set(model.baselines) < names
    assert ("2014-02-01", "2013-10-01") == (
        model.tested_on["first_start"],
        model.trained_on["last_start"],
    )


def test_a_champion_is_measured_on_the_same_rows(challenger: TrainedModel) -> None:
    assert 0.5 == challenger.compared["champion"]["auc"]


def test_what_is_handed_over_is_plain_and_complete(model: TrainedModel) -> None:
    plain = [model.served, model.audit, model.trained_on, model.tested_on, model.parameters]
    assert plain == json.loads(json.dumps(plain))
    assert (FEATURES, (5, len(FEATURES))) == (model.features, model.example.shape)


def test_a_version_has_not_drifted_from_the_rows_it_learned_from(
    model: TrainedModel, data: Dataset
) -> None:
    learned = split(data, 30).train.on(30)
    told = json.loads(json.dumps(model.served["reference"]))
    found = drift.measure(learned.x, scorer(model.onnx), told)
    assert (len(learned), len(learned)) == (found.learners, model.audit["reference"]["rows"])
    assert (0, dict.fromkeys(FEATURES, 0)) == (found.scores, found.features)


def test_groups_are_audited_and_modules_told_apart(model: TrainedModel) -> None:
    groups = {(one["attribute"], one["group"]) for one in model.audit["groups"]}
    modules = [one["course"] for one in model.audit["modules"]]
    assert {("gender", "F"), ("gender", "M")} == groups
    assert ["AAA-2014B", "BBB-2014B"] == modules


def test_the_card_tells_the_question_the_data_the_results_and_the_limits(
    model: TrainedModel,
) -> None:
    for part in ("**Question.**", "**Data.**", "**Result", "**Groups.**", "**Limits.**"):
        assert part in model.card
    assert all(name in model.card for name in model.compared)
    assert f"{model.metrics['auc']:.3f}" in model.card


def test_a_clearly_better_part_answers_alone_and_otherwise_the_blend() -> None:
    close = {"hist_gradient_boosting": 0.2000, "keras": 0.2100, "blend": 0.2015}
    clear = {"hist_gradient_boosting": 0.1900, "keras": 0.2100, "blend": 0.1950}
    winners = [training._winner(tried) for tried in (close, clear, {})]
    assert ["blend", "hist_gradient_boosting", "blend"] == winners


def test_an_evaluation_tells_eight_figures(folder: Path) -> None:
    told = evaluate(folder, 30, "2013J", 1, silent)
    measured = ["auc", "pr_auc", "brier", "ece", "precision_at_15"]
    assert [*measured, "n", "baseline_auc", "champion"] == list(told)
    assert "blend" == told["champion"]
    assert told == json.loads(json.dumps(told))


def test_rows_of_other_days_weigh_less(data: Dataset) -> None:
    weights = candidates._weights(data, 30)
    assert {1.0} == set(weights[data.day == 30].tolist())
    assert max(weights[data.day != 30]) < 1


@pytest.mark.skipif(not REAL.is_dir(), reason="the Open University's courses are not at hand")
def test_the_real_courses_are_told_apart_better_than_by_the_baselines() -> None:
    model = training.train(apart.connect(REAL), 30, 1, progress=silent, test_start=date(2014, 2, 1))
    others = [model.compared[name] for name in model.baselines]
    assert model.metrics["auc"] >= 0.755
    assert model.metrics["ece"] <= 0.05
    assert model.metrics["precision_at_15"] >= 0.72
    assert model.metrics["auc"] > max(other["auc"] for other in others)
    assert model.metrics["brier"] < min(other["brier"] for other in others)
