"""The models that compete, and the baselines they have to beat.

Only training imports this: it needs scikit-learn and, for the network, TensorFlow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.artifact import Matrix
from ml.completion_risk.dataset import Dataset
from ml.rows import Standard, known_somewhere, seeded_keras, standard

HIST_GRADIENT_BOOSTING = "hist_gradient_boosting"
KERAS = "keras"
BLEND = "blend"
MODULE_PRIOR = "module_prior"
LOGISTIC_REGRESSION = "logistic_regression"
BASELINES = (MODULE_PRIOR, LOGISTIC_REGRESSION)

_BOOSTING = {
    "max_iter": 250,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 100,
    "l2_regularization": 5.0,
    "max_features": 0.3,
}
_NETWORKS = 2  # of one shape, begun differently, whose estimates are averaged
_MOST_EPOCHS = 20
_EPOCHS_UNTRIED = 8  # where no courses are left to stop early on
_BATCH = 512
_OTHER_DAYS = 0.3  # weight of a training row of another day than the one asked about

Estimate = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted candidate: its estimates, and the models it consists of by name."""

    name: str
    estimate: Callable[[Matrix], Estimate]
    parts: Mapping[str, Any] = field(repr=False)
    parameters: Mapping[str, Any]
    standard: Standard | None = None


def fit_trees(train: Dataset, day: int, seed: int) -> Fitted:
    """Gradient boosting on histograms, which takes unknown values as they are."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        random_state=seed, early_stopping=False, **_BOOSTING
    ).fit(known_somewhere(train.x), train.y, sample_weight=_weights(train, day))
    return Fitted(
        HIST_GRADIENT_BOOSTING,
        lambda x: np.asarray(model.predict_proba(x)[:, 1], np.float64),
        {HIST_GRADIENT_BOOSTING: model},
        _BOOSTING,
    )


def fit_network(train: Dataset, day: int, seed: int, held_out: Dataset | None = None) -> Fitted:
    """Dense 128/64/32 with dropout; ``held_out`` rows tell when to stop, and are learned after.

    Without them it runs a fixed number of epochs.
    """
    keras = seeded_keras(seed)
    scale = standard(train.x)
    epochs = _EPOCHS_UNTRIED
    if held_out is not None:
        epochs = _epochs(keras, train, held_out, scale, day)
        train = _together(train, held_out)
        scale = standard(train.x)
    networks = [_network(keras, train.x.shape[1]) for _ in range(_NETWORKS)]
    for network in networks:
        network.fit(
            scale.apply(train.x),
            train.y,
            sample_weight=_weights(train, day),
            epochs=epochs,
            batch_size=_BATCH,
            verbose=0,
        )
    inputs = keras.Input((train.x.shape[1],), name="features")
    mean = keras.layers.Average()([network(inputs) for network in networks])
    model = keras.Model(inputs, mean)
    return Fitted(
        KERAS,
        lambda x: model.predict(scale.apply(x), batch_size=8192, verbose=0)[:, 0].astype(float),
        {KERAS: model},
        {"layers": "128/64/32", "dropout": 0.3, "epochs": epochs, "models": _NETWORKS},
        scale,
    )


def blend(trees: Fitted, network: Fitted) -> Fitted:
    """The mean of both estimates."""
    return Fitted(
        BLEND,
        lambda x: (trees.estimate(x) + network.estimate(x)) / 2,
        {**trees.parts, **network.parts},
        {part.name: dict(part.parameters) for part in (trees, network)},
        network.standard,
    )


def logistic_regression(train: Dataset, x: Matrix) -> Estimate:
    """A baseline's estimates for rows ``x``, fitted on the training rows of the same day."""
    from sklearn.linear_model import LogisticRegression

    scale = standard(train.x)
    model = LogisticRegression(max_iter=2000).fit(scale.apply(train.x), train.y)
    return np.asarray(model.predict_proba(scale.apply(x))[:, 1], np.float64)


def module_prior(train: Dataset, test: Dataset) -> Estimate:
    """A baseline's estimates: the module's rate so far; the mean where it is new."""
    return np.where(np.isnan(test.prior), train.y.mean(), test.prior)


def _network(keras: Any, features: int) -> Any:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((features,)),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(32, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy")
    return model


def _epochs(keras: Any, train: Dataset, held_out: Dataset, scale: Standard, day: int) -> int:
    """After how many epochs the loss on the held out courses was lowest."""
    history = _network(keras, train.x.shape[1]).fit(
        scale.apply(train.x),
        train.y,
        sample_weight=_weights(train, day),
        validation_data=(scale.apply(held_out.x), held_out.y, _weights(held_out, day)),
        epochs=_MOST_EPOCHS,
        batch_size=_BATCH,
        callbacks=[keras.callbacks.EarlyStopping(patience=4)],
        verbose=0,
    )
    return int(np.argmin(history.history["val_loss"])) + 1


def _weights(rows: Dataset, day: int) -> NDArray[np.float32]:
    """Rows of the day asked about count whole; those of others say less about it."""
    return np.where(rows.day == day, 1.0, _OTHER_DAYS).astype(np.float32)


def _together(first: Dataset, second: Dataset) -> Dataset:
    return Dataset(
        *(
            np.concatenate([getattr(first, name), getattr(second, name)])
            for name in Dataset.__slots__
        )
    )
