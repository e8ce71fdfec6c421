"""What the business would take in without advertising, integrated out by projection.

It is removed from revenue and from the campaigns' curves at once (Frisch, Waugh and
Lovell): what is left of them is all that tells their level.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.history import History
from ml.response import effects, variance
from ml.response.demand import Demand
from ml.response.effects import Effects
from ml.response.variance import Sizes

Floats = NDArray[np.float64]

_NOTHING = 1e-4  # of a direction is taken out


@dataclass(frozen=True, slots=True)
class Projection:
    """Takes the baseline out of series (…, T), after weighing and whitening the periods.

    ``directions`` (T, k) are taken out by the shares ``less`` (k,), so that sums of squares are
    those of the series given the baseline's prior; ``freedom`` is how many periods are left
    to judge the noise by.
    """

    weight: Floats
    echo: float
    directions: Floats
    less: Floats
    freedom: int

    def __call__(self, series: Floats) -> Floats:
        """The series without baseline, (…, T)."""
        whitened = variance.whitened(series * self.weight, self.echo)
        left: Floats = whitened - (whitened @ self.directions * self.less) @ self.directions.T
        return left


def fit(
    history: History,
    known: NDArray[np.bool_],
    revenue: Floats,
    media: Floats,
    moved: Demand,
) -> Projection:
    """The projection that suits revenue (N,) of the N known periods; ``media`` (N, C) is a guess.

    Noise in proportion to the revenue is taken from a first fit of baseline and media together.
    """
    columns = effects.of(history, moved).at(known)
    design = np.column_stack([columns.fixed, columns.soft, media])
    first, *_ = np.linalg.lstsq(design, revenue, rcond=1e-8)
    fitted = np.maximum(design @ first, 0.2 * revenue.mean())
    weight = revenue.mean() / fitted
    noise = float(((revenue - design @ first) * weight).std())
    sizes = variance.estimated(columns, weight, revenue, media, noise)
    return _projection(columns, weight, sizes)


def _projection(columns: Effects, weight: Floats, sizes: Sizes) -> Projection:
    fixed, *others = (
        variance.whitened((part * weight[:, None]).T, sizes.echo).T
        for part in (columns.fixed, columns.soft, columns.waves, columns.dates)
    )
    penalised = np.column_stack(others)
    precision = np.concatenate(variance.precisions(others, sizes))
    top = np.column_stack([fixed, penalised])
    bottom = np.column_stack([np.zeros((len(precision), fixed.shape[1])), np.diag(precision)])
    basis, triangle = np.linalg.qr(np.vstack([top, bottom]))
    diagonal = np.abs(np.diag(triangle))
    sound = diagonal > 1e-8 * diagonal.max()
    directions, share, _ = np.linalg.svd(basis[: len(top), sound], full_matrices=False)
    less = 1 - np.sqrt(np.maximum(1 - share**2, 0.0))
    kept = less > _NOTHING
    freedom = max(3, len(top) - fixed.shape[1])
    return Projection(weight, sizes.echo, directions[:, kept], less[kept], freedom)
