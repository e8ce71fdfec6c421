"""The champion's answers: which version they are of, before, at and after a promotion."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from core.courses.ports import AnswerSource
from ml.artifact import Matrix, Scorer
from ml.cache import Loaded
from ml.completion_risk.answering import ChampionRisks
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of
from tests.ml.completion_risk.test_serving import Generation, by_missing, school


class Cache:
    """Models that answer, by name; a promotion puts another version there."""

    def __init__(self) -> None:
        self.answering: dict[str, Loaded] = {}

    def promote(
        self,
        day: int,
        version: int,
        features: Sequence[str] = FEATURES,
        score: Scorer = by_missing,
    ) -> None:
        trained_at = datetime(2026, 3, 1, tzinfo=UTC)
        name, served = name_of(day), {"features": list(features)}
        self.answering[name] = Loaded(name, version, "trees", trained_at, served, score)

    def version(self, name: str) -> int | None:
        return self.answering[name].version if name in self.answering else None

    def champion(self, name: str) -> Loaded | None:
        return self.answering.get(name)


class Lake:
    """A warehouse of one generation, and how often it was read."""

    def __init__(self) -> None:
        self._generation = Generation(school())
        self.read = 0

    def at(self, _generation: int) -> Generation:
        self.read += 1
        return self._generation


@pytest.fixture
def cache() -> Cache:
    return Cache()


@pytest.fixture
def lake() -> Lake:
    return Lake()


@pytest.fixture
def risks(lake: Lake, cache: Cache) -> ChampionRisks:
    return ChampionRisks(lake, cache)  # type: ignore[arg-type]


def test_without_a_champion_nothing_is_answered(risks: ChampionRisks) -> None:
    assert ([], None, None) == (risks.days(), risks.version(30), risks.score(1, 1, 30))


def test_risks_name_the_version_they_are_of(cache: Cache, risks: ChampionRisks) -> None:
    cache.promote(30, 4)
    told = risks.score(1, 1, 30)
    assert told is not None
    assert [30] == risks.days()
    assert AnswerSource(name_of(30), 4, datetime(2026, 3, 1, tzinfo=UTC), 30) == told.source
    assert np.allclose([0.1, 0.1, 0.9], [told.risks[n] for n in (1, 2, 3)])


def test_reasons_stay_those_of_the_version_that_gave_the_risk(
    cache: Cache, risks: ChampionRisks
) -> None:
    cache.promote(30, 4)
    told = risks.score(1, 1, 30)
    assert told is not None
    before = told.reasons([3])
    cache.promote(30, 5, score=lambda rows: np.zeros(len(rows), np.float32))
    assert {3} == set(before)
    assert before == told.reasons([3])


def test_risks_and_reasons_come_from_one_reading_of_the_figures(
    cache: Cache, lake: Lake, risks: ChampionRisks
) -> None:
    cache.promote(30, 4)
    told = risks.score(1, 1, 30)
    assert told is not None
    told.reasons([1, 3])
    assert 1 == lake.read


def test_ones_own_risk_is_the_one_the_cohort_shows_with_only_that_row_scored(
    cache: Cache, risks: ChampionRisks
) -> None:
    scored: list[int] = []

    def counted(rows: Matrix) -> Matrix:
        scored.append(len(rows))
        return by_missing(rows)

    cache.promote(30, 4)
    cohort = risks.score(1, 1, 30)
    assert cohort is not None
    cache.promote(30, 4, score=counted)
    for enrolment in (1, 2, 3):
        own = risks.own(1, 1, enrolment, 30)
        assert own is not None
        assert cohort.risks[enrolment] == own.risk
        assert tuple(cohort.reasons([enrolment])[enrolment]) == own.reasons
        assert cohort.source == own.source
    # The row, then it with every combination of the groups that differ (none, none and two of
    # them); never the cohort.
    assert [1, 1, 1, 1, 1, 4] == scored


def test_who_is_not_in_the_figures_has_no_risk_of_their_own(
    cache: Cache, risks: ChampionRisks
) -> None:
    assert risks.own(1, 1, 3, 30) is None
    cache.promote(30, 4)
    assert risks.own(1, 1, 99, 30) is None


def test_a_version_gets_the_features_it_learned_in_their_order(
    cache: Cache, risks: ChampionRisks
) -> None:
    cache.promote(
        30, 4, ("missing_count", "due_count"), lambda rows: rows[:, 0] / (rows[:, 0] + rows[:, 1])
    )
    told = risks.score(1, 1, 30)
    assert told is not None
    assert np.allclose([0, 0, 0.5], [told.risks[n] for n in (1, 2, 3)])


def test_a_version_that_needs_other_features_does_not_answer(
    cache: Cache, risks: ChampionRisks
) -> None:
    cache.promote(30, 4, (*FEATURES, "days_since_last_visit"))
    assert risks.score(1, 1, 30) is None
