"""Every family of models that can be trained; adding one is a line here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from core.registry.schemas import Family
from data.warehouse.snapshots import DAYS
from ml.artifact import Scorer, TrainedModel
from ml.completion_risk import training as completion_risk
from ml.completion_risk.evaluation import evaluate
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of
from ml.finish_forecast import training as finish_forecast
from ml.finish_forecast.evaluation import evaluate as evaluate_forecast
from ml.finish_forecast.names import name_of as forecast_name_of
from ml.finish_forecast.rows import FEATURES as FORECAST_FEATURES

Progress = Callable[[float, str], None]


class Train(Protocol):
    """Trains one model of a family from a connection to the warehouse."""

    def __call__(
        self,
        connection: duckdb.DuckDBPyConnection,
        day: int,
        seed: int,
        *,
        progress: Progress,
        champion: Scorer | None = None,
    ) -> TrainedModel:
        """Train; ``champion`` takes the same inputs and is measured on the same test rows."""


class Evaluate(Protocol):
    """Trains and tests on a folder of files, and keeps nothing."""

    def __call__(
        self, folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
    ) -> dict[str, Any]:
        """What came of the test, as plain JSON."""


@dataclass(frozen=True, slots=True)
class Trainable:
    """A family: what it is called and estimates from, what trains it and what tries it out."""

    family: Family
    features: tuple[str, ...] = field(repr=False)
    train: Train
    evaluate: Evaluate


MODELS = (
    Trainable(
        Family(
            "completion-risk",
            tuple((day, name_of(day)) for day in DAYS),
        ),
        FEATURES,
        completion_risk.train,
        evaluate,
    ),
    Trainable(
        Family(
            "finish-forecast",
            tuple((day, forecast_name_of(day)) for day in DAYS),
        ),
        FORECAST_FEATURES,
        finish_forecast.train,
        evaluate_forecast,
    ),
)
