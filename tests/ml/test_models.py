"""What every line in MODELS promises."""

import pickle

import pytest

from ml.models import MODELS, Trainable

EACH = pytest.mark.parametrize("model", MODELS, ids=[one.family.name for one in MODELS])


def test_names_are_unique() -> None:
    names = [name for one in MODELS for _, name in one.family.models]
    assert (len(set(names)), len({one.family.name for one in MODELS})) == (len(names), len(MODELS))


@EACH
def test_days_come_in_order_each_with_a_model_of_its_own(model: Trainable) -> None:
    days = model.family.days
    assert (sorted(set(days)), len(days)) == (list(days), len(model.family.models))
    assert all(model.family.model(day) for day in days)
    assert model.family.model(10_000) is None


@EACH
def test_it_can_be_handed_to_another_process(model: Trainable) -> None:
    assert pickle.loads(pickle.dumps(model)) == model


@EACH
def test_its_features_are_named_once(model: Trainable) -> None:
    assert len(set(model.features)) == len(model.features) > 0
