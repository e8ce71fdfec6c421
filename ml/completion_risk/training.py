"""Trains the model for one day of a course, and measures it beside its baselines."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np

from core.i18n import mark
from ml import metrics
from ml.artifact import Scorer, TrainedModel
from ml.cache import scorer
from ml.completion_risk import audit, candidates, card, drift, export
from ml.completion_risk.candidates import BASELINES, Fitted
from ml.completion_risk.dataset import Dataset, Split, hold_out, read, split
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of

Progress = Callable[[float, str], None]

_CLEAR_BRIER = 0.002  # the network's score on held out courses varies by this with the seed

READING = mark("Reading the snapshots")
CHOOSING = mark("Choosing between the candidates")
FITTING = mark("Fitting the chosen one on all earlier courses")
MEASURING = mark("Measuring on the latest courses")
EXPORTING = mark("Exporting the model")


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

    What clearly wins on the latest of the earlier presentations, by Brier score, else the
    blend, is fitted on all of them; the test rows choose nothing. ``champion`` is measured on the
    same test rows. Same seed, same model. Raises ``TooLittleHistory``.
    """
    progress(0.0, READING)
    data = read(connection, day)
    parts = split(data, day, test_start)
    progress(0.05, CHOOSING)
    held_out = hold_out(parts.train)
    tried = _tried(held_out, day, seed)
    progress(0.45, FITTING)
    fitted = _fitted(parts.train, held_out, day, seed)
    winner = fitted[_winner(tried)]
    progress(0.85, MEASURING)
    estimates = _estimates(parts, day, fitted, champion)
    compared = {name: metrics.measure(parts.test.y, given) for name, given in estimates.items()}
    today = parts.train.on(day)
    learned, tested = _told(today), _told(parts.test)
    groups = audit.by_group(connection, parts.test, estimates[winner.name])
    modules = audit.by_module(parts.test, estimates[winner.name])
    progress(0.9, EXPORTING)
    onnx = export.to_onnx(winner)
    return TrainedModel(
        name=name_of(day),
        algorithm=winner.name,
        native=winner.parts,
        onnx=onnx,
        features=FEATURES,
        example=parts.test.x[:5],
        parameters={"day": day, **winner.parameters},
        seed=seed,
        data_hash=_digest(parts),
        trained_on=learned,
        tested_on=tested,
        metrics=compared[winner.name],
        compared=compared,
        baselines=BASELINES,
        audit={
            "groups": groups,
            "modules": modules,
            "validation": tried,
            "reference": {"rows": len(today)},
        },
        card=card.write(day, winner, compared, learned, tested, groups, modules),
        served={
            "day": day,
            "features": list(FEATURES),
            "reference": drift.reference(today.x, scorer(onnx)(today.x)),
        },
    )


def _tried(held_out: Split | None, day: int, seed: int) -> dict[str, float]:
    """The candidates' Brier scores on held out courses; empty where there are none to hold out."""
    if held_out is None or not len(held_out.test.on(day)):
        return {}
    shown = held_out.test.on(day)
    network = candidates.fit_network(held_out.train, day, seed)
    trees = candidates.fit_trees(held_out.train, day, seed)
    return {
        one.name: metrics.measure(shown.y, one.estimate(shown.x))["brier"]
        for one in (trees, network, candidates.blend(trees, network))
    }


def _fitted(train: Dataset, held_out: Split | None, day: int, seed: int) -> dict[str, Fitted]:
    """The candidates, fitted on all training rows."""
    trees = candidates.fit_trees(train, day, seed)
    network = (
        candidates.fit_network(held_out.train, day, seed, held_out.test)
        if held_out
        else candidates.fit_network(train, day, seed)
    )
    return {one.name: one for one in (trees, network, candidates.blend(trees, network))}


def _winner(tried: Mapping[str, float]) -> str:
    """The blend, which leans on neither, unless one alone is clearly better by Brier score."""
    if not tried:
        return candidates.BLEND
    best = min(tried, key=lambda name: tried[name])
    return best if tried[candidates.BLEND] - tried[best] > _CLEAR_BRIER else candidates.BLEND


def _estimates(
    parts: Split, day: int, fitted: Mapping[str, Fitted], champion: Scorer | None
) -> dict[str, Any]:
    today = parts.train.on(day)
    estimates = {name: one.estimate(parts.test.x) for name, one in fitted.items()}
    estimates[candidates.MODULE_PRIOR] = candidates.module_prior(today, parts.test)
    estimates[candidates.LOGISTIC_REGRESSION] = candidates.logistic_regression(today, parts.test.x)
    if champion is not None:
        estimates["champion"] = np.asarray(champion(parts.test.x), np.float64)
    return estimates


def _told(rows: Dataset) -> dict[str, Any]:
    """What rows are, in plain values: which courses, since when, how many, how they ended."""
    return {
        "courses": sorted(set(rows.course.tolist())),
        "first_start": str(rows.start.min()),
        "last_start": str(rows.start.max()),
        "rows": len(rows),
        "share_ended_badly": float(rows.y.mean()),
    }


def _digest(parts: Split) -> str:
    return hashlib.sha256(f"{parts.train.digest}{parts.test.digest}".encode()).hexdigest()
