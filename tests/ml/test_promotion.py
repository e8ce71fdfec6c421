"""The promotion rule: what beats what, and which comparison counts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.registry.models import ModelVersion
from ml.promotion import objections, standing_against

SHARES = st.floats(0, 1)


def measured(auc: float, brier: float) -> dict[str, float]:
    return {"auc": auc, "brier": brier}


def version(number: int, auc: float, **other: Any) -> ModelVersion:
    values = {
        "name": "m",
        "version": number,
        "data_hash": f"data-{number}",
        "metrics": measured(auc, 0.2),
        "compared": {"prior": measured(0.6, 0.25)},
        "tested_on": {"baselines": ["prior"], "champion": None},
        **other,
    }
    return ModelVersion(**values)


def said(found: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(one.message, dict(one.data)) for one in found]


def test_a_better_order_at_no_worse_probabilities_beats() -> None:
    assert objections(measured(0.76, 0.2), {"prior": measured(0.75, 0.2)}) == []


@pytest.mark.parametrize(
    ("other", "data"),
    [
        (measured(0.76, 0.2), {"auc": 0.76, "other_auc": 0.76, "other": "prior"}),
        (measured(0.77, 0.3), {"auc": 0.76, "other_auc": 0.77, "other": "prior"}),
        (measured(0.7, 0.19), {"brier": 0.2, "other_brier": 0.19, "other": "prior"}),
    ],
)
def test_a_tie_a_worse_order_or_worse_probabilities_object(
    other: dict[str, float], data: dict[str, Any]
) -> None:
    assert [data] == [one[1] for one in said(objections(measured(0.76, 0.2), {"prior": other}))]


def test_a_difference_in_the_seventh_decimal_is_a_tie() -> None:
    found = objections(measured(0.7600001, 0.2), {"prior": measured(0.76, 0.2)})
    assert [0.76] == [one.data["auc"] for one in found]


@pytest.mark.parametrize("metrics", [{}, measured(float("nan"), 0.2), {"auc": 0.9}])
def test_what_was_not_measured_objects(metrics: dict[str, float]) -> None:
    (one,) = objections(measured(0.9, 0.1), {"prior": metrics})
    assert (one.message.startswith("The AUC or the Brier score"), one.data) == (
        True,
        {"other": "prior"},
    )


@given(SHARES, SHARES, SHARES, SHARES)
def test_no_two_models_beat_one_another(auc: float, brier: float, a: float, b: float) -> None:
    one, other = measured(auc, brier), measured(a, b)
    assert objections(one, {"x": other}) or objections(other, {"x": one})


def test_the_champion_counts_as_it_did_on_the_version_s_own_rows() -> None:
    champion = version(1, 0.9)
    tried = version(
        2,
        0.76,
        compared={"prior": measured(0.6, 0.25), "champion": measured(0.7, 0.21)},
        tested_on={"baselines": ["prior"], "champion": 1},
    )
    assert standing_against(tried, champion) == []


def test_a_champion_of_the_same_data_is_compared_by_its_own_measures() -> None:
    tried, champion = version(2, 0.76, data_hash="d"), version(1, 0.76, data_hash="d")
    assert [one.data["other"] for one in standing_against(tried, champion)] == ["champion"]


def test_a_champion_that_was_never_compared_stands_against_it() -> None:
    (one,) = standing_against(version(2, 0.99), version(3, 0.5))
    assert (one.message.startswith("It was not compared"), one.data) == (True, {"version": 3})


def test_a_champion_whose_inputs_are_not_there_any_more_cannot_stand_against_it() -> None:
    tried = version(2, 0.76, tested_on={"baselines": ["prior"], "champion": 1})
    assert standing_against(tried, version(1, 0.9)) == []


def test_nothing_stands_against_the_champion_but_its_baselines() -> None:
    champion = version(1, 0.76)
    assert standing_against(champion, champion) == []
