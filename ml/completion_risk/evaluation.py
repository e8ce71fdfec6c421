"""Trains and tests on a folder, and prints what came of it; nothing is kept."""

from pathlib import Path
from typing import Any

from ml import oulad_folder
from ml.completion_risk.training import Progress, train


def evaluate(
    folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
) -> dict[str, Any]:
    """Train on the folder's earlier presentations, test on one.

    Gives AUC, PR-AUC, Brier score and ECE of the winner, rows tested, the better baseline's
    AUC and the winner's name. Raises ``FolderIncomplete``, ``PresentationUnknown`` and
    ``TooLittleHistory``.
    """
    connection = oulad_folder.connect(folder)
    start = oulad_folder.start_of(connection, test_presentation)
    model = train(connection, day, seed, progress=progress, test_start=start)
    return {
        **{name: round(model.metrics[name], 4) for name in ("auc", "pr_auc", "brier", "ece")},
        "n": model.tested_on["rows"],
        "baseline_auc": round(max(model.compared[name]["auc"] for name in model.baselines), 4),
        "champion": model.algorithm,
    }
