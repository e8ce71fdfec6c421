"""Intervals of whole days: how they are made wide enough, and how good they are."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ml.artifact import Matrix
from ml.finish_forecast.dataset import Dataset

Floats = NDArray[np.float64]
Estimator = Callable[[Matrix], Floats]
LEVEL = 0.8


def whole_days(quantiles: Floats, margin: float) -> Floats:
    """Earliest, middle and latest day (n, 3): the interval widened by a margin, then to days."""
    # Quantiles that cross are put in order (Chernozhukov et al., 2010, rearrangement).
    earliest, middle, latest = np.sort(quantiles, axis=1).T
    days: Floats = np.rint(np.column_stack([earliest - margin, middle, latest + margin]))
    return days


def measure(y: Floats, days: Floats) -> dict[str, float]:
    """Coverage (0-1), mean width in days, interval score and mean absolute error of the middle.

    The interval score is the width plus what was missed, ten times (2 ÷ 0.2); lower is better.
    Source: Gneiting and Raftery (2007), Strictly proper scoring rules, section 6.2.
    """
    earliest, middle, latest = days.T
    missed = np.maximum(earliest - y, 0) + np.maximum(y - latest, 0)
    return {
        "coverage_80": float(((earliest <= y) & (y <= latest)).mean()),
        "width_days": float((latest - earliest).mean()),
        "interval_score": float((latest - earliest + 2 / (1 - LEVEL) * missed).mean()),
        "error_days": float(np.abs(middle - y).mean()),
    }


def without_own_course(train: Dataset, fit: Callable[[Dataset], Estimator]) -> Floats:
    """Quantiles (n, 3) of every row by what was fitted on all courses but its own."""
    quantiles = np.empty((len(train), 3))
    for course in sorted(set(train.course.tolist())):
        left_out = train.course == course
        estimate = fit(train.where(~left_out))
        quantiles[left_out] = estimate(train.where(left_out).x)
    return quantiles


def margin(train: Dataset, quantiles: Floats) -> float:
    """By how many days an interval is widened, at least 0, so that it would have held 80% in
    courses that were not learned from; ``quantiles`` are those of :func:`without_own_course`.

    Conformalised quantile regression (Romano, Patterson and Candès, 2019) with courses left out
    as wholes, each counting the same: learners of one course share what moves their dates, so
    that a forecast meets a new course, not a new learner. What it holds is an estimate. The
    correction that makes it a guarantee for one more course (Lee, Barber and Willett, 2023)
    asks, of nine courses, for intervals that hold 89%.
    """
    earliest, _, latest = np.sort(quantiles, axis=1).T
    scores = np.maximum(earliest - train.y, train.y - latest)
    _, course, learners = np.unique(
        train.course.astype(str), return_inverse=True, return_counts=True
    )
    return max(0.0, _weighted_quantile(scores, 1 / learners[course], LEVEL))


def _weighted_quantile(values: Floats, weights: Floats, level: float) -> float:
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    place = min(int(np.searchsorted(share, level)), len(values) - 1)
    return float(values[order][place])
