"""How far learners of now, and the scores they are given, are from those a model learned from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Engine

from core import db
from core.registry import drift as kept
from core.registry.drift import LEAST_LEARNERS, Measured
from data.warehouse.reader import Warehouse
from data.warehouse.snapshots import DAYS
from ml import drift
from ml.artifact import Matrix, Scorer
from ml.cache import Loaded, ModelCache
from ml.completion_risk import serving
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of
from ml.damage import ModelDamaged

# Courses that are running and have come to the day; sample ones only where all are samples.
_COLUMNS = ", ".join(f"s.{name}::FLOAT AS {name}" for name in FEATURES)
_RUNNING = f"""SELECT {_COLUMNS}
    FROM fact_enrolment_snapshot AS s INNER JOIN records_courses AS c USING (course_id)
    WHERE s.day = ?
        AND ?::DATE BETWEEN c.start_date + s.day AND c.start_date + 7 * c.duration_weeks - 1
        AND c.is_sample = (SELECT bool_and(is_sample) FROM records_courses)"""


def reference(x: Matrix, scores: drift.Values) -> dict[str, Any]:
    """What a version keeps of the rows (n, features) it learned from, to be compared later."""
    return {
        "rows": len(x),
        "scores": drift.reference(scores),
        "features": {name: drift.reference(x[:, at]) for at, name in enumerate(FEATURES)},
    }


def running(generation: serving.Rows, day: int, today: date) -> Matrix:
    """Features (n, f) on a day of the enrolments in courses that are past it and still run."""
    found = generation.columns(_RUNNING, (day, today))
    return serving.matrix(found.values())


def measure(x: Matrix, score: Scorer, told: Mapping[str, Any]) -> Measured:
    """The index of the scores and of each feature; of too few learners only how many they are."""
    if len(x) < LEAST_LEARNERS:
        return Measured(len(x))
    columns = {name: x[:, at] for at, name in enumerate(FEATURES)}
    return Measured(
        learners=len(x),
        scores=drift.moved(told["scores"], score(x)),
        by_chance=drift.by_chance(told["scores"], told["rows"], len(x)),
        features={
            name: drift.moved(before, columns[name])
            for name, before in told["features"].items()
            if name in columns
        },
    )


def measure_champions(engine: Engine, warehouse: Warehouse, models: ModelCache) -> None:
    """Measure the versions that answer on the current generation, and keep what was found.

    A version whose files are damaged is passed over: what it would score is not known.
    """
    generation = warehouse.generation()
    published_at = warehouse.manifest(generation).published_at
    if published_at is None:  # nothing was published yet
        return
    for day in DAYS:
        try:
            champion = models.champion(name_of(day))
        except ModelDamaged as fault:
            structlog.get_logger().warning("drift_not_measured", name=name_of(day), code=fault.code)
            continue
        found = _measured(champion, warehouse, generation, day, published_at.date())
        if champion is not None and found is not None:
            with db.unit_of_work(engine) as session:
                kept.keep(session, champion.name, champion.version, generation, published_at, found)


def _measured(
    champion: Loaded | None, warehouse: Warehouse, generation: int, day: int, today: date
) -> Measured | None:
    """What was found of a version; None where it kept no reference or needs other features."""
    if champion is None or "reference" not in champion.served:
        return None
    score = champion.taking(FEATURES)
    if score is None:
        return None
    x = running(warehouse.at(generation), day, today)
    return measure(x, score, champion.served["reference"])
