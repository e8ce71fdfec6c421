"""Candidates on rows in which nobody tells a thing, as of courses that know no credits."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from data.pipeline.oulad import apart
from ml.completion_risk import candidates
from ml.completion_risk.dataset import read, split
from ml.completion_risk.features import FEATURES
from tests.ml.folders import small_folder


def test_trees_are_fitted_where_nobody_tells_a_feature_and_ignore_it_later(tmp_path: Path) -> None:
    train = split(read(apart.connect(small_folder(tmp_path)), 30), 30).train
    column = FEATURES.index("studied_credits")
    unknown, told = train.x.copy(), train.x.copy()
    unknown[:, column], told[:, column] = np.nan, 60

    fitted = candidates.fit_trees(replace(train, x=unknown), 30, 1)

    assert np.unique(fitted.estimate(unknown)).size > 1
    assert np.array_equal(fitted.estimate(unknown), fitted.estimate(told))
