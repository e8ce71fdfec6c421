"""What every optimizer keeps to, whatever the data; a new one is tested by itself."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.campaigns.optimizer import OPTIMIZERS, Sources
from core.campaigns.optimizer.suggestion import (
    Answer,
    Kind,
    Measure,
    Remark,
    Suggestion,
    TooThin,
)
from core.campaigns.optimizer.wording import as_plain, say
from core.i18n import language
from tests.core.campaigns.optimizer.sources import BAD, SOURCES
from tests.core.campaigns.optimizer.worlds import ASKED, Held

KINDS = sorted(OPTIMIZERS)


def ask(kind: Kind, name: str, seed: int = 0) -> Answer:
    return OPTIMIZERS[kind](SOURCES[name], replace(ASKED, seed=seed, country="US"))


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float):
        yield value


def remarks(value: Any) -> Iterator[Remark]:
    """Every remark of an answer, wherever it stands."""
    if isinstance(value, Remark):
        yield value
        yield from remarks(dict(value.values))
    elif isinstance(value, dict):
        yield from remarks(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from remarks(one)
    elif hasattr(value, "__dataclass_fields__"):
        yield from remarks([getattr(value, name) for name in value.__dataclass_fields__])


@pytest.mark.parametrize("kind", KINDS)
def test_plain_worlds_are_judged(kind: Kind) -> None:
    answer = ask(kind, "plain")
    assert isinstance(answer, Suggestion)
    assert kind is answer.kind
    assert answer.actions
    assert answer.basis.days > 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOURCES)
def test_the_same_seed_gives_the_same_answer(kind: Kind, name: str) -> None:
    assert ask(kind, name) == ask(kind, name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOURCES)
def test_every_figure_is_finite_and_the_answer_is_json(kind: Kind, name: str) -> None:
    plain = json.loads(json.dumps(as_plain(ask(kind, name)), allow_nan=False))
    assert all(math.isfinite(number) for number in numbers(plain))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOURCES)
def test_probabilities_intervals_and_shares_are_what_they_say(kind: Kind, name: str) -> None:
    answer = ask(kind, name)
    if isinstance(answer, TooThin):
        assert answer.reasons
        assert answer.needs
        return
    assert 0 <= answer.effect.p_gain <= 1
    assert answer.effect.p05 <= answer.effect.mean <= answer.effect.p95
    for one in answer.estimates:
        assert one.p05 <= one.p95
        assert one.p_best is None or 0 <= one.p_best <= 1
        assert one.loss is None or 0 <= one.loss <= 1
    for group in {action.group_id for action in answer.actions}:
        shares = [a for a in answer.actions if a.group_id == group and a.measure is Measure.SHARE]
        for side in ("now", "then"):
            assert not shares or sum(getattr(a, side) for a in shares) == pytest.approx(1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_no_data_is_too_thin_and_says_what_is_missing(kind: Kind) -> None:
    answer = OPTIMIZERS[kind](Sources(Held()), ASKED)
    assert isinstance(answer, TooThin)
    assert answer.reasons
    assert answer.needs


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BAD)
def test_data_that_cannot_tell_is_refused_or_hardly_claims_anything(kind: Kind, name: str) -> None:
    answer = ask(kind, name)
    assert isinstance(answer, TooThin) or abs(answer.effect.mean) < 0.25


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("code", ["en", "es"])
def test_every_remark_can_be_said(kind: Kind, name: str, code: str) -> None:
    t = language(code)
    for remark in remarks(ask(kind, name)):
        sentence = say(remark, t, "USD")
        assert "{" not in sentence
        assert not np.char.count(sentence, "nan")
        assert code == "en" or not remark.message or sentence != remark.message
