"""How much of what moves a business no column tells: sizes of waves, of dates, and of echoes.

They are those under which revenue is most likely, with baseline, media and noise integrated
out (restricted maximum likelihood, Patterson and Thompson, 1971).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from ml.response.effects import Effects

Floats = NDArray[np.float64]

_SHRINKAGE = 0.15  # prior size of a penalised effect, in noise
_NONE = 1e-3
_ECHOES = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85)
_WAVES = (_NONE, 0.15, 0.3, 0.6, 1.2)
_DATES = (_NONE, 0.25, 0.5, 1.0, 2.0, 4.0)
_ROUNDS = 2
_MEDIA_SPREAD = 0.8  # of what campaigns bring, as a share of what is claimed
_JITTER = 1e-9


@dataclass(frozen=True, slots=True)
class Sizes:
    """Prior sizes of waves and dates in units of the noise; what noise leaves for the next."""

    waves: float = _NONE
    dates: float = _NONE
    echo: float = 0.0


# What moves a business can pass for an echo, and echoes for waves: both are begun with.
_STARTS = (Sizes(), Sizes(waves=0.3, dates=1.0))


def estimated(
    columns: Effects, weight: Floats, revenue: Floats, media: Floats, noise: float
) -> Sizes:
    """The likeliest sizes; ``media`` (N, C) is a guess of what campaigns bring."""
    parts = _Parts(columns, weight, revenue, media, noise)
    found = [_climbed(parts, start) for start in _STARTS]
    return max(found, key=parts.log_likelihood)


def _climbed(parts: "_Parts", sizes: Sizes) -> Sizes:
    """The likeliest sizes that are reached by changing one at a time."""
    for _ in range(_ROUNDS):
        for name, values in (("echo", _ECHOES), ("waves", _WAVES), ("dates", _DATES)):
            tried = [replace(sizes, **{name: value}) for value in values]
            sizes = max(tried, key=parts.log_likelihood)
    return sizes


def precisions(penalised: Sequence[Floats], sizes: Sizes) -> list[Floats]:
    """Square roots of the prior precisions, in noise, of soft columns, waves and dates."""
    soft, waves, dates = penalised
    norm = np.linalg.norm(soft, axis=0)
    return [
        norm / (_SHRINKAGE * np.sqrt(max(len(soft), 1))),
        np.full(waves.shape[1], 1 / sizes.waves),
        np.full(dates.shape[1], 1 / sizes.dates),
    ]


class _Parts:
    """Baseline, media and revenue in one table, whose likelihood is asked for many sizes."""

    def __init__(
        self, columns: Effects, weight: Floats, revenue: Floats, media: Floats, noise: float
    ) -> None:
        total = media.sum(axis=1)
        own = noise / _MEDIA_SPREAD
        parts = (columns.fixed, total[:, None], columns.soft, columns.waves, columns.dates)
        table = np.column_stack([*parts, media / max(own, 1e-12), revenue])
        self.table = table * weight[:, None]
        self.widths = [part.shape[1] for part in (*parts, media)]
        self.grams: dict[float, Floats] = {}

    def log_likelihood(self, sizes: Sizes) -> float:
        """Log likelihood of revenue without what is not penalised."""
        gram = self._gram(sizes.echo)
        free = self.widths[0] + self.widths[1]
        soft = gram[free : free + self.widths[2], free : free + self.widths[2]]
        precision = np.concatenate(
            [
                np.zeros(free),
                np.sqrt(np.diag(soft)) / (_SHRINKAGE * np.sqrt(len(self.table))),
                np.full(self.widths[3], 1 / sizes.waves),
                np.full(self.widths[4], 1 / sizes.dates),
                np.ones(self.widths[5]),
            ]
        )
        inner = gram[:-1, :-1] + np.diag(precision**2)
        scale = np.sqrt(np.maximum(np.diag(inner), 1e-300))
        inner = inner / scale[:, None] / scale + _JITTER * np.eye(len(inner))
        lower = np.linalg.cholesky(inner)
        told = solve_triangular(lower, gram[:-1, -1] / scale, lower=True)
        rss = max(gram[-1, -1] - float(told @ told), 1e-12 * gram[-1, -1])
        kept = precision[free:] > 0
        spread = np.log(np.diag(lower)).sum() + np.log(scale[free:][kept]).sum()
        spread += np.log(scale[:free]).sum() - np.log(precision[free:][kept]).sum()
        periods = len(self.table)
        return float(
            0.5 * np.log(1 - sizes.echo**2) - spread - 0.5 * (periods - free) * np.log(rss)
        )

    def _gram(self, echo: float) -> Floats:
        if echo not in self.grams:
            series = whitened(self.table.T, echo)
            self.grams[echo] = series @ series.T
        return self.grams[echo]


def whitened(series: Floats, echo: float) -> Floats:
    """Each period less what the one before leaves in it (Prais and Winsten, 1954)."""
    if not echo:
        return series
    first = series[..., :1] * np.sqrt(1 - echo**2)
    return np.concatenate([first, series[..., 1:] - echo * series[..., :-1]], axis=-1)
