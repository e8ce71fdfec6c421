import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.metrics import at_capacity, expected_calibration_error, measure, recall

OUTCOMES = np.array([1, 0, 1, 0, 0, 1, 0, 0, 0, 0], np.int8)
ESTIMATES = np.array([0.95, 0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25, 0.15, 0.05])


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of 3 x 7 pairs the bad one ranks below a good one in 0 + 1 + 3.
    assert pytest.approx(17 / 21) == measure(OUTCOMES, ESTIMATES)["auc"]


def test_pr_auc_is_the_mean_of_the_precisions_at_each_bad_outcome() -> None:
    assert pytest.approx((1 / 1 + 2 / 3 + 3 / 6) / 3) == measure(OUTCOMES, ESTIMATES)["pr_auc"]


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    distances = [0.05, 0.85, 0.25, 0.65, 0.55, 0.55, 0.35, 0.25, 0.15, 0.05]
    expected = sum(distance**2 for distance in distances) / 10
    assert pytest.approx(expected) == measure(OUTCOMES, ESTIMATES)["brier"]


def test_precision_and_recall_at_capacity_round_the_number_contacted_up() -> None:
    measured = measure(OUTCOMES, ESTIMATES)
    assert (1, 0.5) == (measured["precision_at_10"], measured["precision_at_15"])
    assert pytest.approx(1 / 3) == measured["recall_at_10"] == measured["recall_at_15"]


def test_the_calibration_error_weighs_ten_bins_by_their_rows() -> None:
    outcomes = np.array([1, 0, 1, 1], np.int8)
    estimates = np.array([0.11, 0.19, 0.91, 1.0])  # bins of means 0.15 and 0.955
    expected = 0.5 * abs(0.5 - 0.15) + 0.5 * abs(1 - 0.955)
    assert pytest.approx(expected) == expected_calibration_error(outcomes, estimates)


def test_estimates_that_say_the_outcome_are_perfectly_calibrated() -> None:
    assert 0 == expected_calibration_error(OUTCOMES, OUTCOMES.astype(float))


def test_equal_estimates_are_chosen_in_the_order_of_rows() -> None:
    assert [0, 1] == at_capacity(np.full(20, 0.5), 0.10).tolist()


def test_recall_without_a_bad_outcome_is_unknown() -> None:
    assert np.isnan(recall(np.zeros(3, np.int8), np.array([0])))


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2, max_size=60).filter(
        lambda rows: len({bad for bad, _ in rows}) == 2
    )
)
def test_every_metric_lies_between_0_and_1(rows: list[tuple[bool, float]]) -> None:
    outcomes = np.array([bad for bad, _ in rows], np.int8)
    estimates = np.array([estimate for _, estimate in rows])
    assert all(0 <= value <= 1 for value in measure(outcomes, estimates).values())
