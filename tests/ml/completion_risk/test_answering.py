"""The champion's answers: which version they are of, before, at and after a promotion."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from ml.cache import Loaded
from ml.completion_risk.answering import ChampionRisks
from ml.completion_risk.names import name_of
from tests.ml.completion_risk.test_serving import Generation, by_missing, school


class Cache:
    """Models that answer, by name; a promotion puts another version there."""

    def __init__(self) -> None:
        self.answering: dict[str, Loaded] = {}

    def promote(self, day: int, version: int) -> None:
        trained_at = datetime(2026, 3, 1, tzinfo=UTC)
        name = name_of(day)
        self.answering[name] = Loaded(name, version, "trees", trained_at, {}, by_missing)

    def version(self, name: str) -> int | None:
        return self.answering[name].version if name in self.answering else None

    def champion(self, name: str) -> Loaded | None:
        return self.answering.get(name)


class Lake:
    """A warehouse of one generation."""

    def __init__(self) -> None:
        self._generation = Generation(school())

    def at(self, _generation: int) -> Any:
        return self._generation


@pytest.fixture
def cache() -> Cache:
    return Cache()


@pytest.fixture
def risks(cache: Cache) -> ChampionRisks:
    return ChampionRisks(Lake(), cache)  # type: ignore[arg-type]


def test_without_a_champion_nothing_is_answered(risks: ChampionRisks) -> None:
    assert ([], None, None) == (risks.days(), risks.version(30), risks.score(1, 1, 30))


def test_risks_name_the_version_they_are_of(cache: Cache, risks: ChampionRisks) -> None:
    cache.promote(30, 4)
    told = risks.score(1, 1, 30)
    assert told is not None
    assert ([30], name_of(30), 4, 30) == (risks.days(), told.model, told.version, told.day)
    assert np.allclose([0.1, 0.1, 0.9], [told.risks[n] for n in (1, 2, 3)])


def test_reasons_are_of_the_version_that_gave_the_risk_or_absent(
    cache: Cache, risks: ChampionRisks
) -> None:
    cache.promote(30, 4)
    told = risks.score(1, 1, 30)
    assert told is not None
    assert {3} == set(risks.reasons(1, 1, told, [3]))
    cache.promote(30, 5)
    assert {} == risks.reasons(1, 1, told, [3])
