"""The models that compete: quantiles of the days to the last required work.

Only training imports this: it needs scikit-learn and, for the network, TensorFlow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.artifact import Matrix
from ml.finish_forecast.dataset import Dataset
from ml.rows import Standard, known_somewhere, seeded_keras, standard

HIST_GRADIENT_BOOSTING = "hist_gradient_boosting"
KERAS = "keras"
QUANTILES = (0.1, 0.5, 0.9)
"""An interval that holds 80%, and its middle."""

_BOOSTING = {
    "max_iter": 80,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 100,
    "l2_regularization": 5.0,
}
_EPOCHS = 40
_BATCH = 256

Quantiles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted candidate: its estimates (n, 3), and the models it consists of."""

    name: str
    estimate: Callable[[Matrix], Quantiles]
    parts: Mapping[str, Any] = field(repr=False)
    parameters: Mapping[str, Any]
    standard: Standard | None = None


def fit_trees(train: Dataset, seed: int) -> Fitted:
    """Gradient boosting on histograms, one ensemble a quantile."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    x = known_somewhere(train.x)
    options = {**_BOOSTING, "min_samples_leaf": min(100, max(5, len(train) // 20))}
    models = {
        f"quantile_{round(quantile * 100)}": HistGradientBoostingRegressor(
            loss="quantile",
            quantile=quantile,
            random_state=seed,
            early_stopping=False,
            **options,
        ).fit(x, train.y)
        for quantile in QUANTILES
    }
    return Fitted(
        HIST_GRADIENT_BOOSTING,
        lambda rows: np.column_stack([one.predict(rows) for one in models.values()]),
        models,
        options,
    )


def fit_network(train: Dataset, seed: int) -> Fitted:
    """Dense 64/32 whose three outputs share one pinball loss.

    Source: Koenker and Bassett (1978), Regression quantiles.
    """
    keras = seeded_keras(seed)
    scale = standard(train.x)
    model = _network(keras, train)
    model.fit(scale.apply(train.x), train.y, epochs=_EPOCHS, batch_size=_BATCH, verbose=0)

    def estimate(rows: Matrix) -> Quantiles:
        given = model(scale.apply(rows), training=False)  # predict() would be traced each time
        return np.asarray(given, np.float64)

    told = {"layers": "64/32", "dropout": 0.1, "epochs": _EPOCHS}
    return Fitted(KERAS, estimate, {KERAS: model}, told, scale)


FITS: Mapping[str, Callable[[Dataset, int], Fitted]] = {
    HIST_GRADIENT_BOOSTING: fit_trees,
    KERAS: fit_network,
}


def _network(keras: Any, train: Dataset) -> Any:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((train.x.shape[1],)),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.1),
            layers.Dense(32, activation="relu"),
            layers.Dense(len(QUANTILES)),
            layers.Rescaling(float(train.y.std()) or 1.0, float(np.median(train.y))),
        ]
    )
    levels = keras.ops.convert_to_tensor(np.asarray(QUANTILES, np.float32))

    def pinball(told: Any, given: Any) -> Any:
        over = keras.ops.reshape(told, (-1, 1)) - given
        return keras.ops.mean(keras.ops.maximum(levels * over, (levels - 1) * over))

    model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=pinball)
    return model
