"""Answers what a course's page asks of the model: the champion's forecast for one enrolment.

The web process imports this: numpy is the heaviest thing in it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from core.courses.ports import AnswerSource, FinishForecast
from data.warehouse.reader import Warehouse
from data.warehouse.snapshots import DAYS
from ml.artifact import Matrix
from ml.cache import ModelCache
from ml.finish_forecast.intervals import whole_days
from ml.finish_forecast.names import name_of
from ml.finish_forecast.rows import FEATURES, rows_sql

_COLUMNS = ", ".join(FEATURES)
_ROW = f"""SELECT start_date + anchor_day, {_COLUMNS} FROM ({
    rows_sql(
        "SELECT * FROM fact_enrolment_snapshot WHERE enrollment_id = $enrollment AND day = $day"
    )
})"""


class ChampionForecasts:
    """Forecasts by the versions that answer now; follows promotions and generations by itself."""

    def __init__(self, warehouse: Warehouse, models: ModelCache) -> None:
        self._warehouse = warehouse
        self._models = models

    def days(self) -> Sequence[int]:
        """Days of a course for which a version answers, in order; empty before the first."""
        return [day for day in DAYS if self.version(day) is not None]

    def version(self, day: int) -> int | None:
        """The version that answers for a day now, None where none does."""
        return self._models.version(name_of(day))

    def forecast(self, generation: int, enrollment_id: int, day: int) -> FinishForecast | None:
        """When one learner's last required work will be done; None where no version can answer,
        or the generation does not hold what was known of them on the day."""
        champion = self._models.champion(name_of(day))
        score = champion.taking(FEATURES) if champion else None
        if champion is None or score is None:
            return None
        asked = {"enrollment": enrollment_id, "day": day}
        rows = self._warehouse.at(generation).rows(_ROW, asked)
        if not rows:
            return None
        anchor, *features = rows[0]
        days = whole_days(np.asarray(score(_as_row(features)), np.float64), 0)
        earliest, middle, latest = days[0].tolist()
        source = AnswerSource(champion.name, champion.version, champion.trained_at, day)
        return FinishForecast(
            source=source,
            earliest=_on(anchor, earliest),
            middle=_on(anchor, middle),
            latest=_on(anchor, latest),
            coverage=float(champion.served["coverage"]),
            tested=int(champion.served["tested"]),
        )


def _as_row(features: Sequence[Any]) -> Matrix:
    return np.array([[np.nan if one is None else one for one in features]], np.float32)


def _on(anchor: date, days: float) -> date:
    return anchor + timedelta(days=int(days))
