"""Whose drift is measured, against which reference, and what is kept of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from core.accounts.access import Principal
from core.db import reading, unit_of_work
from core.registry import drift as kept
from core.registry import recording
from data.manifest import Manifest
from ml.cache import Loaded
from ml.completion_risk import drift
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of
from ml.damage import ModelDamaged
from tests.core.accounts.people import administrator
from tests.core.registry.records import told
from tests.data.warehouse.enrolments import START, School
from tests.ml.completion_risk.test_serving import AT, Generation, by_missing

LEARNERS = 120
TODAY = START + timedelta(days=40)


def school() -> School:
    """A course that runs; one that is over, one before day 30, and a sample beside them."""
    school = School()
    school.course(1)
    school.course(2, START - timedelta(days=300))
    school.course(3, START + timedelta(days=20))
    school.course(4, sample=True)
    school.work(1, 10)
    for enrolment in range(LEARNERS):
        school.enrol(enrolment)
        if enrolment % 2:
            school.hand_in(enrolment, 1, 9, 60)
    for number, course in enumerate((2, 3, 4)):
        school.enrol(1000 + number, course)
    return school


@dataclass
class Lake:
    """A warehouse of one generation."""

    rows: Generation
    published_at: datetime | None = datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=UTC)

    def generation(self) -> int:
        return 7

    def manifest(self, generation: int) -> Manifest:
        return Manifest(generation, self.published_at)

    def at(self, _generation: int) -> Generation:
        return self.rows


@dataclass
class Cache:
    """One version answers on day 30; the files of day 60's are damaged."""

    answering: Loaded

    def champion(self, name: str) -> Loaded | None:
        if name == name_of(60):
            raise ModelDamaged(name=name, version=1, file="model.onnx")
        return self.answering if name == self.answering.name else None


@pytest.fixture
def lake() -> Lake:
    return Lake(Generation(school()))


@pytest.fixture
def admin(sqlite_engine: Engine) -> Principal:
    with unit_of_work(sqlite_engine) as session:
        recording.record_version(session, 1, "run", told(name_of(30)), trained_by=None)
        return administrator(session)


def loaded(**served: object) -> Loaded:
    trained_at = datetime(2024, 1, 1, tzinfo=UTC)
    told = {"features": list(FEATURES), **served}
    return Loaded(name_of(30), 1, "trees", trained_at, told, by_missing)


def found(engine: Engine, admin: Principal, lake: Lake, champion: Loaded) -> kept.Drift | None:
    """What is kept once the champions were measured."""
    drift.measure_champions(engine, lake, Cache(champion))  # type: ignore[arg-type]
    with reading(engine) as session:
        return kept.latest(session, admin, name_of(30), 1)


def test_learners_are_of_courses_that_run_and_have_come_to_the_day(lake: Lake) -> None:
    def learners(today: date) -> int:
        return len(drift.running(lake.rows, 30, today))

    assert [0, LEARNERS] == [learners(START + timedelta(days=day)) for day in (29, 30)]
    assert [LEARNERS + 1, 1] == [learners(START + timedelta(days=day)) for day in (139, 140)]


def test_an_installation_of_samples_alone_is_measured_on_them() -> None:
    school = School()
    school.course(1, sample=True)
    school.enrol(1)
    assert 1 == len(drift.running(Generation(school), 30, TODAY))


def test_what_moved_is_told_by_feature(sqlite_engine: Engine, admin: Principal, lake: Lake) -> None:
    x = drift.running(lake.rows, 30, TODAY)
    before = x.copy()
    before[:, AT["due_count"]] += 2
    reference = drift.reference(before, by_missing(x))
    told = found(sqlite_engine, admin, lake, loaded(reference=reference))
    assert told is not None
    moved = {name for name, index in told.measured.features.items() if index}
    assert (lake.published_at, LEARNERS, 0, {"due_count"}) == (
        told.data_at,
        told.measured.learners,
        told.measured.scores,
        moved,
    )
    assert told.measured.features["due_count"] > kept.MUCH


def test_too_few_learners_are_counted_only(
    sqlite_engine: Engine, admin: Principal, lake: Lake
) -> None:
    lake.published_at = datetime(2024, 1, 1, tzinfo=UTC)  # before the course begins
    x = np.zeros((200, len(FEATURES)), np.float32)
    told = found(sqlite_engine, admin, lake, loaded(reference=drift.reference(x, x[:, 0])))
    assert told is not None
    assert told.measured == kept.Measured(0)


def test_without_a_reference_or_a_generation_nothing_is_kept(
    sqlite_engine: Engine, admin: Principal, lake: Lake
) -> None:
    assert found(sqlite_engine, admin, lake, loaded()) is None
    x = np.zeros((200, len(FEATURES)), np.float32)
    lake.published_at = None
    reference = drift.reference(x, x[:, 0])
    assert found(sqlite_engine, admin, lake, loaded(reference=reference)) is None
