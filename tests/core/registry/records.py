"""Records of trainings, for tests."""

from typing import Any

_ROWS = {"courses": ["AAA", "BBB"], "first_start": "2013-02-01", "last_start": "2013-10-01"}


def told(name: str, **other: Any) -> dict[str, Any]:
    """What a training tells the records."""
    metrics = {
        "auc": 0.7561,
        "pr_auc": 0.7622,
        "brier": 0.1953,
        "ece": 0.0171,
        "precision_at_10": 0.88,
        "recall_at_10": 0.18,
        "precision_at_15": 0.85,
        "recall_at_15": 0.26,
    }
    return {
        "name": name,
        "algorithm": "hist_gradient_boosting",
        "seed": 1,
        "data_hash": "ab" * 32,
        "trained_on": {**_ROWS, "rows": 4321},
        "tested_on": {**_ROWS, "rows": 1234},
        "metrics": metrics,
        "compared": {
            "hist_gradient_boosting": metrics,
            "keras": {**metrics, "auc": 0.75, "recall_at_15": None},
            "module_prior": {**metrics, "auc": 0.61},
            "logistic_regression": {**metrics, "auc": 0.74},
        },
        "baselines": ["module_prior", "logistic_regression"],
        "audit": {"modules": [], "groups": []},
        "card": "**Question.** Who?",
        "trained_at": "2026-03-01T10:00:00+00:00",
        "measured_against": None,
        **other,
    }
