"""A real but tiny training: logistic regression on 200 rows of one telling input."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper
from sklearn.linear_model import LogisticRegression

from core.registry.schemas import Family
from ml import metrics
from ml.artifact import Scorer, TrainedModel
from ml.models import Progress, Trainable

FEATURES = ("telling", "idle")
NAME = "tiny_day_30"
FAMILY = Family("tiny", ((30, NAME),))


def rows(seed: int) -> tuple[Any, Any]:
    """Inputs (200, 2) and outcomes; the more the first input counts, the higher the risk."""
    chance = np.random.default_rng(seed)
    x = chance.normal(size=(200, 2)).astype(np.float32)
    y = (x[:, 0] + chance.normal(scale=0.5, size=200) > 0).astype(np.int8)
    return x, y


def train(
    _connection: object,
    day: int,
    seed: int,
    *,
    progress: Progress,
    champion: Scorer | None = None,
) -> TrainedModel:
    """Learn from so many rows as the seed says, so that a higher one learns better."""
    progress(0.5, "Fitting")
    x, y = rows(1)
    count = 20 * seed
    model = LogisticRegression(C=10.0).fit(x[:count], y[:count])
    tested, outcomes = rows(2)
    estimates = {
        "logistic": model.predict_proba(tested)[:, 1],
        "module_prior": np.full(len(outcomes), float(y.mean())),
    }
    if champion is not None:
        estimates["champion"] = champion(tested)
    compared = {name: metrics.measure(outcomes, given) for name, given in estimates.items()}
    return made(model, day, seed, compared, champion=champion)


def made(
    model: LogisticRegression,
    day: int,
    seed: int,
    compared: Mapping[str, Mapping[str, float]],
    **_: object,
) -> TrainedModel:
    """The handing over of a fitted model."""
    told = {"courses": ["AAA"], "first_start": "2013-02-01", "last_start": "2013-10-01"}
    return TrainedModel(
        name=f"tiny_day_{day}",
        algorithm="logistic",
        native={"logistic": model},
        onnx=to_onnx(model),
        features=FEATURES,
        example=rows(2)[0][:3],
        parameters={"C": 10.0, "inner": {"solver": "lbfgs"}},
        seed=seed,
        data_hash="ab" * 32,
        trained_on={**told, "rows": 20 * seed},
        tested_on={**told, "rows": 200},
        metrics=compared["logistic"],
        compared=compared,
        baselines=("module_prior",),
        audit={"groups": [], "modules": [{"course": "AAA", "learners": 200, "auc": float("nan")}]},
        card="**Question.** Tiny.",
        served={"day": day, "features": list(FEATURES)},
    )


def to_onnx(model: LogisticRegression) -> bytes:
    """The regression as a graph: rows (n, 2) in, probabilities (n,) out."""
    weights = helper.make_tensor("w", TensorProto.FLOAT, [2, 1], model.coef_.ravel().tolist())
    bias = helper.make_tensor("b", TensorProto.FLOAT, [1], model.intercept_.tolist())
    flat = helper.make_tensor("flat", TensorProto.INT64, [1], [-1])
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["xw"]),
        helper.make_node("Add", ["xw", "b"], ["sum"]),
        helper.make_node("Sigmoid", ["sum"], ["chance"]),
        helper.make_node("Reshape", ["chance", "flat"], ["p"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("p", TensorProto.FLOAT, [None])],
        [weights, bias, flat],
    )
    opset = [helper.make_opsetid("", 15)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString())


def evaluate(
    folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
) -> dict[str, Any]:
    """What came of a training on no folder at all."""
    print("noise")
    return dict(train(None, day, seed, progress=progress).metrics)


TINY = Trainable(FAMILY, FEATURES, train, evaluate)
