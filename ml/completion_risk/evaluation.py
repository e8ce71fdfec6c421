"""Trains and tests on a folder, and prints what came of it; nothing is kept."""

from pathlib import Path
from typing import Any

from data.pipeline.oulad import apart
from ml import presentations
from ml.completion_risk.training import Progress, train

_TOLD = ("auc", "pr_auc", "brier", "ece", "precision_at_15")


def evaluate(
    folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
) -> dict[str, Any]:
    """Train on the folder's earlier presentations, test on one.

    Gives AUC, PR-AUC, Brier score, ECE and precision at 15% capacity of the winner, rows
    tested, the better baseline's AUC and the winner's name. Raises a ``FileFault`` that names
    a faulty file, ``PresentationUnknown`` and ``TooLittleHistory``.
    """
    connection = apart.connect(folder)
    start = presentations.start_of(connection, test_presentation)
    model = train(connection, day, seed, progress=progress, test_start=start)
    return {
        **{name: round(model.metrics[name], 4) for name in _TOLD},
        "n": model.tested_on["rows"],
        "baseline_auc": round(max(model.compared[name]["auc"] for name in model.baselines), 4),
        "champion": model.algorithm,
    }
