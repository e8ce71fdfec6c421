"""Rates over all suggestions: counted over those that could be measured, and nothing else."""

from dataclasses import replace

import numpy as np

from core.track_record.calibration import LEVELS, agrees, observed, standing
from core.track_record.judging import place
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted, Gain
from tests.core.track_record.proposals import accepted, judged

RIGHT = Gain(0.05, 0.02, 0.08, 0.99)
WRONG = Gain(-0.2, -0.25, -0.15, 0.0)


def test_rates_count_what_was_measured() -> None:
    records = [
        judged(RIGHT),
        judged(WRONG, reached=0.2),
        judged(None),
        accepted(),
        accepted(status=AcceptedStatus.WITHDRAWN),
    ]
    stands = standing(records, 0.5)
    assert (4, 1, 2) == (stands.accepted, stands.waiting, stands.told)
    assert (1, 1, 1) == (stands.as_predicted, stands.gained, stands.followed)


def test_without_a_verdict_no_rate_is_made_up() -> None:
    stands = standing([accepted()], 0.5)
    assert (0, None) == (stands.told, stands.expected_gain)
    assert agrees(accepted()) is None


def test_what_is_right_agrees_and_what_is_far_off_does_not() -> None:
    assert agrees(judged(RIGHT))
    assert agrees(judged(WRONG)) is False


def test_calibrated_predictions_are_found_to_be_so() -> None:
    rng = np.random.default_rng(1)
    records: list[Accepted] = []
    for _ in range(600):
        middle, spread = rng.normal(0, 0.1), 0.05
        predicted = Gain(middle, middle - 1.645 * spread, middle + 1.645 * spread, 0.5)
        truth, noise = rng.normal(middle, spread), 0.03
        seen = rng.normal(truth, noise)
        realised = Gain(seen, seen - 1.645 * noise, seen + 1.645 * noise, 0.5)
        record = replace(judged(realised), predicted=predicted)
        assert record.judgement is not None
        verdict = replace(record.judgement, place=place(predicted, realised))
        records.append(replace(record, judgement=verdict))
    assert np.allclose(observed(records), LEVELS, atol=0.06)
    stands = standing(records, 0.5)
    assert 0.86 < stands.as_predicted / stands.told < 0.94
