"""How spend becomes conversions: carry-over, then saturation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]  # one value a day, in order


def adstock(spend: Days, retention: float) -> Days:
    """Spend as it still works: each day keeps ``retention`` of the day before.

    Scaled by 1 - retention, so that constant spend gives itself back. Geometric carry-over
    as in Broadbent, One way TV advertisements work (1979).
    """
    carried = np.empty_like(spend)
    level = 0.0
    for day, amount in enumerate(spend):
        level = amount + retention * level
        carried[day] = level
    return carried * (1.0 - retention)


def hill(spend: Days, half_saturation: float, shape: float) -> Days:
    """Share of the greatest effect reached, 0-1; one half at ``half_saturation``.

    Hill's equation, as used for media in Jin et al., Bayesian methods for media mix
    modeling with carryover and shape effects (2017).
    """
    powered = np.power(spend, shape)
    share: Days = powered / (powered + half_saturation**shape)
    return share


@dataclass(frozen=True, slots=True)
class Response:
    """The true response of one campaign, before season, story and noise.

    ``half_saturation`` is in money a day, ``maximum`` in conversions a day.
    """

    retention: float
    half_saturation: float
    shape: float
    maximum: float

    def conversions(self, spend: Days) -> Days:
        """Conversions expected on each day from the spend up to it."""
        worked = adstock(spend, self.retention)
        return self.maximum * hill(worked, self.half_saturation, self.shape)
