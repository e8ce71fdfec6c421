"""Demand as the platforms' own figures show it: what moves all campaigns' answers at once.

Where every campaign brings more for its spend on the same days, people wanted more. That
moves the rest of the business too, and it often moves spend: left out, advertising is
credited with it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_FLOOR = 0.2  # of a campaign's mean answer, below which a period says nothing of it
_MOST = 1.0  # as a share of what is expected; more is an error of the platform
_LEAST_CAMPAIGNS = 3
_LEAST_SHARED = 0.3  # of the movement must be common; less is the campaigns' own noise


@dataclass(frozen=True, slots=True)
class Demand:
    """How far demand strays from usual in each period (T,); 0.1 is a tenth more."""

    index: Floats

    @property
    def is_seen(self) -> bool:
        """Whether the campaigns have anything in common."""
        return bool(self.index.any())


def seen(attributed: Floats, expected: Floats, slow: Floats) -> Demand:
    """From attributed revenue and what curves expect of it, both (T, C).

    The campaigns' mean deviation, shrunken by the part of it that their own noise explains.
    What moves as ``slow`` (T, D) does is left out: it may as well be a claim that drifts.
    """
    periods, count = attributed.shape
    tells = expected > _FLOOR * expected.mean(axis=0)
    off = np.where(tells, attributed / np.maximum(expected, 1e-300) - 1, 0.0)
    off = np.clip(off, -_MOST, _MOST)
    own = np.maximum((off**2).sum(axis=0) / np.maximum(tells.sum(axis=0), 1), 1e-12)
    trust = tells / own
    mean = (trust * off).sum(axis=1) / np.maximum(trust.sum(axis=1), 1e-300)
    around = np.column_stack([np.ones(periods), slow])
    mean -= around @ np.linalg.lstsq(around, mean, rcond=None)[0]
    rest = np.where(tells, off - mean[:, None], 0.0)
    noise = (trust**2 * rest**2).sum(axis=1) / np.maximum(trust.sum(axis=1), 1e-300) ** 2
    noise_share = float(noise.mean() / max((mean**2).mean(), 1e-300)) * count / max(count - 1, 1)
    shared = 1 - noise_share
    if count < _LEAST_CAMPAIGNS or shared < _LEAST_SHARED:
        return Demand(np.zeros(periods))
    return Demand(shared * mean)
