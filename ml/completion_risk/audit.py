"""Whom a model serves less well: recall by group of learners, AUC by module.

The groups are read here and nowhere else; the model never sees them.
"""

from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ml import metrics
from ml.completion_risk.dataset import Dataset
from ml.completion_risk.features import FEATURES

ATTRIBUTES = ("gender", "age_band", "disability", "imd_band", "highest_education", "region")
CAPACITY = 0.15
_DUE_COUNT = FEATURES.index("due_count")
LEAST = 50
"""Fewer learners than this in a group say nothing reliable and are left out."""


def by_group(
    connection: duckdb.DuckDBPyConnection, rows: Dataset, estimates: NDArray[Any]
) -> list[dict[str, Any]]:
    """Learners, share of bad endings, and recall when 15% of all are contacted, by group.

    A group's recall is the share of its bad endings that are among the contacted.
    """
    chosen = np.zeros(len(rows), bool)
    chosen[metrics.at_capacity(estimates, CAPACITY)] = True
    told = []
    for attribute in ATTRIBUTES:
        values = dict(
            connection.execute(
                f"SELECT enrollment_id, {attribute} FROM records_learner_attributes "
                f"WHERE {attribute} IS NOT NULL"
            ).fetchall()
        )
        groups = np.array([values.get(int(one), "") for one in rows.enrollment_id], dtype=object)
        for group in sorted(set(groups) - {""}):
            within = groups == group
            bad = within & (rows.y == 1)
            if within.sum() >= LEAST and bad.any():
                told.append(
                    {
                        "attribute": attribute,
                        "group": group,
                        "learners": int(within.sum()),
                        "share_ended_badly": float(rows.y[within].mean()),
                        "recall_at_15": float(chosen[bad].mean()),
                    }
                )
    return told


def by_module(rows: Dataset, estimates: NDArray[Any]) -> list[dict[str, Any]]:
    """Learners, share of bad endings and AUC of each course; AUC None where all ended alike."""
    told = []
    for course in sorted(set(rows.course.tolist())):
        within = rows.course == course
        outcomes = rows.y[within]
        mixed = len(np.unique(outcomes)) == 2
        told.append(
            {
                "course": course,
                "learners": int(within.sum()),
                "share_ended_badly": float(outcomes.mean()),
                "due_count": float(rows.x[within, _DUE_COUNT].mean()),
                "auc": metrics.measure(outcomes, estimates[within])["auc"] if mixed else None,
            }
        )
    return told
