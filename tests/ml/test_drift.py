"""The population stability index, and the bins by which it compares."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ml import drift

COUNTS = st.lists(st.integers(0, 1000), min_size=11, max_size=11).filter(any)
VALUES = arrays(
    np.float32, st.integers(1, 60), elements=st.floats(-50, 50, width=32) | st.just(np.nan)
)


def shares(counts: list[int]) -> list[float]:
    return [count / sum(counts) for count in counts]


@given(COUNTS, COUNTS)
def test_the_index_is_never_below_nought_and_the_same_both_ways(
    one: list[int], other: list[int]
) -> None:
    there, back = drift.psi(shares(one), shares(other)), drift.psi(shares(other), shares(one))
    assert there >= 0
    assert there == pytest.approx(back)


@given(COUNTS)
def test_equal_distributions_have_an_index_of_nought(counts: list[int]) -> None:
    assert drift.psi(shares(counts), shares([2 * count for count in counts])) == pytest.approx(0)


def test_the_index_is_the_one_of_the_textbook() -> None:
    expected = (0.7 - 0.5) * np.log(0.7 / 0.5) + (0.3 - 0.5) * np.log(0.3 / 0.5)
    assert drift.psi([0.5, 0.5], [0.7, 0.3]) == pytest.approx(expected)


def test_an_empty_bin_counts_as_the_least_share_and_one_empty_on_both_sides_as_nothing() -> None:
    assert drift.psi([1, 0, 0], [0.9, 0.1, 0]) == pytest.approx(
        0.1 * np.log(1 / 0.9) + (0.1 - drift.LEAST_SHARE) * np.log(0.1 / drift.LEAST_SHARE)
    )


@given(VALUES)
def test_values_have_not_moved_from_themselves_whatever_they_are(values: drift.Values) -> None:
    told = json.loads(json.dumps(drift.reference(values)))
    assert len(told["shares"]) == len(told["edges"]) + 2
    assert sum(told["shares"]) == pytest.approx(1)
    assert drift.moved(told, values) == 0
    assert drift.moved(told, values[::-1].copy()) == 0


@given(VALUES, VALUES)
def test_whatever_comes_later_has_an_index(before: drift.Values, now: drift.Values) -> None:
    index = drift.moved(drift.reference(before), now)
    assert np.isfinite(index)
    assert index >= 0


def test_tenths_hold_a_tenth_each() -> None:
    told = drift.reference(np.arange(1000, dtype=np.float32))
    assert told["shares"] == pytest.approx([0.1] * 10 + [0])


@pytest.mark.parametrize("now", [2, 4])
def test_a_value_that_never_varied_is_seen_to_move_up_and_down(now: float) -> None:
    told = drift.reference(np.full(500, 3, np.float32))
    assert drift.moved(told, np.full(500, now, np.float32)) > 1


def test_what_is_missing_has_a_bin_of_its_own() -> None:
    values = np.arange(100, dtype=np.float32)
    holes = np.where(values % 2 == 0, np.nan, values)
    told = drift.reference(values)
    assert drift.shares(holes, told["edges"])[-1] == 0.5
    assert drift.moved(told, holes) > 1
    assert drift.moved(drift.reference(np.full(9, np.nan)), np.full(4, np.nan)) == 0


def test_chance_gives_about_the_index_that_is_told_of_it() -> None:
    chance = np.random.default_rng(1)
    found = []
    for _ in range(200):
        told = drift.reference(chance.normal(size=2000))
        found.append(drift.moved(told, chance.normal(size=200)))
    assert np.mean(found) == pytest.approx(drift.by_chance(told, 2000, 200), rel=0.15)
