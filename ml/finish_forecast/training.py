"""Trains the forecast for one day of a course, and measures it beside its baselines."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np

from core.i18n import mark
from ml.artifact import Scorer, TrainedModel
from ml.finish_forecast import baselines, card, export, intervals
from ml.finish_forecast.candidates import FITS, Fitted
from ml.finish_forecast.dataset import Dataset, read, split
from ml.finish_forecast.intervals import whole_days
from ml.finish_forecast.names import name_of
from ml.finish_forecast.rows import FEATURES

Progress = Callable[[float, str], None]

READING = mark("Reading when learners finished")
CALIBRATING = mark("Leaving out courses in turn to see how wide the interval must be")
FITTING = mark("Fitting the chosen one on all earlier courses")
MEASURING = mark("Measuring on the latest courses")


def train(
    connection: duckdb.DuckDBPyConnection,
    day: int,
    seed: int,
    *,
    progress: Progress,
    test_start: date | None = None,
    champion: Scorer | None = None,
) -> TrainedModel:
    """Train on earlier presentations and test on the latest, or those that begin on a date.

    What does better on earlier courses that it did not learn from, by interval score, is
    fitted on all of them; the test rows choose nothing. ``champion`` is measured on the same test
    rows. Same seed, same model. Raises ``TooLittleHistory``.
    """
    progress(0.0, READING)
    train_rows, test = split(read(connection, day), day, test_start)
    progress(0.1, CALIBRATING)
    tried = {one: _tried(train_rows, one, seed) for one in FITS}
    name = min(tried, key=lambda one: tried[one]["interval_score"])
    margin = tried[name]["margin_days"]
    progress(0.8, FITTING)
    winner = FITS[name](train_rows, seed)
    progress(0.9, MEASURING)
    estimates = {name: whole_days(winner.estimate(test.x), margin)}
    for baseline, quantiles in baselines.estimates(train_rows, test).items():
        estimates[baseline] = whole_days(quantiles, 0)
    if champion is not None:
        estimates["champion"] = whole_days(np.asarray(champion(test.x), np.float64), 0)
    compared = {one: intervals.measure(test.y, days) for one, days in estimates.items()}
    return _handed_over(day, seed, winner, margin, train_rows, test, compared, tried, estimates)


def _handed_over(
    day: int,
    seed: int,
    winner: Fitted,
    margin: float,
    train_rows: Dataset,
    test: Dataset,
    compared: Mapping[str, Mapping[str, float]],
    tried: Mapping[str, Mapping[str, float]],
    estimates: Mapping[str, intervals.Floats],
) -> TrainedModel:
    learned, tested = _told(train_rows), _told(test)
    modules = _by_course(test, estimates[winner.name])
    digest = hashlib.sha256(f"{train_rows.digest}{test.digest}".encode()).hexdigest()
    return TrainedModel(
        name=name_of(day),
        algorithm=winner.name,
        native=winner.parts,
        onnx=export.to_onnx(winner, margin),
        features=FEATURES,
        example=test.x[:5],
        parameters={"day": day, "margin_days": margin, **winner.parameters},
        seed=seed,
        data_hash=digest,
        trained_on=learned,
        tested_on=tested,
        metrics=compared[winner.name],
        compared=compared,
        baselines=baselines.BASELINES,
        audit={"modules": modules, "validation": dict(tried)},
        card=card.write(day, winner.name, margin, compared, learned, tested, modules),
        served={
            "day": day,
            "features": list(FEATURES),
            "coverage": compared[winner.name]["coverage_80"],
            "tested": len(test),
        },
    )


def _tried(train_rows: Dataset, name: str, seed: int) -> dict[str, float]:
    """A candidate's margin and measures in courses that were left out in turn."""
    quantiles = intervals.without_own_course(
        train_rows, lambda rows: FITS[name](rows, seed).estimate
    )
    margin = intervals.margin(train_rows, quantiles)
    measured = intervals.measure(train_rows.y, whole_days(quantiles, margin))
    return {"margin_days": margin, **measured}


def _by_course(test: Dataset, days: intervals.Floats) -> list[dict[str, Any]]:
    told = []
    for course in sorted(set(test.course.tolist())):
        within = test.course == course
        measured = intervals.measure(test.y[within], days[within])
        told.append({"course": course, "learners": int(within.sum()), **measured})
    return told


def _told(rows: Dataset) -> dict[str, Any]:
    """What rows are, in plain values: which courses, since when, how many."""
    return {
        "courses": sorted(set(rows.course.tolist())),
        "first_start": str(rows.start.min()),
        "last_start": str(rows.start.max()),
        "rows": len(rows),
    }
