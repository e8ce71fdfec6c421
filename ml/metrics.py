"""How good estimated probabilities are, on rows whose outcome is known."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
CAPACITIES = (0.10, 0.15)

Outcomes = NDArray[np.int8]
Probabilities = NDArray[Any]


def measure(outcomes: Outcomes, probabilities: Probabilities) -> dict[str, float]:
    """AUC, PR-AUC, Brier score, ECE, and precision and recall at each capacity; all 0-1."""
    from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

    measured = {
        "auc": float(roc_auc_score(outcomes, probabilities)),
        "pr_auc": float(average_precision_score(outcomes, probabilities)),
        "brier": float(brier_score_loss(outcomes, probabilities)),
        "ece": expected_calibration_error(outcomes, probabilities),
    }
    for capacity in CAPACITIES:
        chosen = at_capacity(probabilities, capacity)
        percent = round(capacity * 100)
        measured[f"precision_at_{percent}"] = float(outcomes[chosen].mean())
        measured[f"recall_at_{percent}"] = recall(outcomes, chosen)
    return measured


def expected_calibration_error(outcomes: Outcomes, probabilities: Probabilities) -> float:
    """Mean distance of estimate and share of outcomes over ten equally wide bins, by rows.

    Source: Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities.
    """
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    distance = 0.0
    for number in np.unique(bins):
        within = bins == number
        gap = outcomes[within].mean() - probabilities[within].mean()
        distance += abs(float(gap)) * float(within.mean())
    return distance


def at_capacity(probabilities: Probabilities, capacity: float) -> NDArray[np.intp]:
    """Rows of the highest probabilities, as many as the share ``capacity`` allows, rounded up."""
    count = int(np.ceil(len(probabilities) * capacity))
    return np.argsort(-probabilities, kind="stable")[:count]


def recall(outcomes: Outcomes, chosen: NDArray[np.intp]) -> float:
    """Share of all bad outcomes that are among the chosen rows; NaN where there are none."""
    total = int(outcomes.sum())
    return float(outcomes[chosen].sum()) / total if total else float("nan")
