"""Attributions are Shapley values: they add up, and what changes nothing has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ml.artifact import Matrix
from ml.completion_risk.attribution import shapley

GROUPS = ((0, 1), (2,), (3, 4))
MIDDLE = np.array([1, 0, 2, np.nan, 0, 0], np.float32)
ROWS = arrays(np.float32, (4, 6), elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, np.nan]))


def model(x: Matrix) -> Matrix:
    """A score in which groups act together, and the column of no group acts too."""
    told = np.nan_to_num(x, nan=-1.0)
    raw = told[:, 0] * told[:, 2] - told[:, 1] + np.maximum(told[:, 3], told[:, 4]) * told[:, 5]
    return np.asarray(1 / (1 + np.exp(-raw)), np.float32)


def references(rows: Matrix) -> Matrix:
    made = np.repeat(MIDDLE[None], len(rows), axis=0)
    made[:, 5] = rows[:, 5]  # in no group
    return made


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_effects_add_up_to_the_difference_of_the_scores(rows: Matrix) -> None:
    told = shapley(rows, MIDDLE, GROUPS, model).sum(axis=1)
    assert np.allclose(model(rows) - model(references(rows)), told, atol=1e-5)


@given(ROWS)
def test_what_stands_in_the_middle_has_no_effect(rows: Matrix) -> None:
    rows[:, 2] = MIDDLE[2]
    assert not shapley(rows, MIDDLE, GROUPS, model)[:, 1].any()


def test_what_two_do_only_together_is_shared_evenly() -> None:
    def both(x: Matrix) -> Matrix:
        return (x[:, 0] * x[:, 1]).astype(np.float32)

    told = shapley(np.ones((1, 2), np.float32), np.zeros(2, np.float32), ((0,), (1,)), both)
    assert [[0.5, 0.5]] == told.tolist()


def test_a_row_that_is_the_middle_has_no_effects_and_many_rows_are_taken_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(50, 6)).astype(np.float32)
    whole = shapley(rows, MIDDLE, GROUPS, model)
    monkeypatch.setattr("ml.completion_risk.attribution._MOST_ROWS", 16)
    assert np.allclose(whole, shapley(rows, MIDDLE, GROUPS, model), atol=1e-6)
    assert not shapley(MIDDLE[None], MIDDLE, GROUPS, model).any()
