"""How far a distribution moved since a model was trained: the population stability index.

PSI is the sum over bins of (actual - expected) * ln(actual / expected), shares of rows. Source:
N. Siddiqi, Credit Risk Scorecards, Wiley 2006, section "Stability". By chance alone it is
about (bins - 1) * (1/n + 1/m) for n and m rows: B. Yurdakul and J. Naranjo, Statistical
properties of the population stability index, Journal of Risk Model Validation 14 (4), 2020.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]

LEAST_SHARE = 1e-4
"""A smaller share, as of an empty bin, counts as this one: the logarithm of none has no value."""

_TENTHS = np.arange(1, 10) / 10


def psi(expected: Sequence[float] | Values, actual: Sequence[float] | Values) -> float:
    """The index of two distributions over the same bins (b,), as shares that add up to 1.

    Never below 0, the same both ways round, and 0 where they are equal. An empty bin counts as
    ``LEAST_SHARE``; one that is empty on both sides adds nothing.
    """
    before = np.maximum(np.asarray(expected, np.float64), LEAST_SHARE)
    after = np.maximum(np.asarray(actual, np.float64), LEAST_SHARE)
    return float(np.sum((after - before) * np.log(after / before)))


def reference(values: Values) -> dict[str, list[float]]:
    """Bins of values (n,) by their tenths, and the share of rows in each; plain JSON.

    A bin ends with its edge; the last one is open. Tenths that fall on one value share a bin, and
    where that is the lowest value, what lies below it has a bin of its own, empty so far. The
    share after the bins is of what is missing (NaN).
    """
    known = values[~np.isnan(values)]
    edges = np.unique(np.quantile(known, _TENTHS, method="inverted_cdf")) if len(known) else known
    if len(edges) and edges[0] == known.min():
        edges = np.concatenate([[np.nextafter(edges[0], edges.dtype.type(-np.inf))], edges])
    told = [float(edge) for edge in edges]
    return {"edges": told, "shares": shares(values, told)}


def shares(values: Values, edges: Sequence[float]) -> list[float]:
    """The share of rows (n,) in each bin, then of the missing ones; n is not 0."""
    missing = np.isnan(values)
    bins = np.searchsorted(np.asarray(edges, np.float64), values[~missing].astype(np.float64))
    counts = np.bincount(bins, minlength=len(edges) + 1)
    return [*(counts / len(values)).tolist(), float(missing.mean())]


def moved(told: Mapping[str, Sequence[float]], values: Values) -> float:
    """The index between a reference and values (n,) of now; n is not 0."""
    return psi(told["shares"], shares(values, told["edges"]))


def by_chance(told: Mapping[str, Sequence[float]], before: int, now: int) -> float:
    """About what the index of so many rows is where nothing moved."""
    bins = sum(share > 0 for share in told["shares"])
    return (bins - 1) * (1 / before + 1 / now)
