"""Trains and tests on a folder, and prints what came of it; nothing is kept."""

from pathlib import Path
from typing import Any

from data.pipeline.oulad import apart
from ml import presentations
from ml.finish_forecast.baselines import BASELINES, COHORT
from ml.finish_forecast.training import Progress, train


def evaluate(
    folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
) -> dict[str, Any]:
    """Train on the folder's earlier presentations, test on one.

    Gives coverage, width and interval score of the winner and of the baselines, rows tested
    and the winner's name. Raises a ``FileFault`` that names a faulty file,
    ``PresentationUnknown`` and ``TooLittleHistory``.
    """
    connection = apart.connect(folder)
    start = presentations.start_of(connection, test_presentation)
    model = train(connection, day, seed, progress=progress, test_start=start)
    told = {name: round(value, 4) for name, value in model.metrics.items()}
    return {
        **told,
        "margin_days": round(model.parameters["margin_days"], 2),
        "cohort_width_days": round(model.compared[COHORT]["width_days"], 4),
        "baselines": {
            name: {key: round(value, 4) for key, value in model.compared[name].items()}
            for name in BASELINES
        },
        "n": model.tested_on["rows"],
        "champion": model.algorithm,
    }
