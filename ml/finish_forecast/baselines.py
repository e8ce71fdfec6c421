"""What the forecast has to beat: how earlier learners' dates were spread, whoever asks."""

import numpy as np

from ml.finish_forecast.candidates import QUANTILES
from ml.finish_forecast.dataset import Dataset
from ml.finish_forecast.intervals import Floats

COHORT = "earlier_learners"
MODULE = "earlier_presentations"
BASELINES = (COHORT, MODULE)


def estimates(train: Dataset, test: Dataset) -> dict[str, Floats]:
    """Quantiles (n, 3) of all earlier learners, and of the earlier presentations of the matter;
    all earlier learners' stand for a matter that is new."""
    everybody = np.tile(np.quantile(train.y, QUANTILES), (len(test), 1))
    by_series = everybody.copy()
    for series in set(test.series.tolist()) & set(train.series.tolist()):
        by_series[test.series == series] = np.quantile(train.y[train.series == series], QUANTILES)
    return {COHORT: everybody, MODULE: by_series}
