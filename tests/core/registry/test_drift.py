from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.registry import drift, recording
from core.registry.drift import Measured, Moved
from core.registry.models import ModelDrift
from tests.core.accounts.people import administrator, joined, signed_in
from tests.core.registry.records import told

NAME = "completion_risk_day_30"
DATA_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
FOUND = Measured(412, 0.31, 0.02, {"due_count": 1.5, "score_mean": 0.04})


def test_of_a_version_only_what_was_measured_last_is_kept(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        recording.record_version(session, 1, "run", told(NAME), trained_by=None)
        assert drift.latest(session, admin, NAME, 1) is None
        drift.keep(session, NAME, 1, 6, DATA_AT, replace(FOUND, scores=0.1))
    with unit_of_work(engine) as session:
        drift.keep(session, NAME, 1, 7, DATA_AT, FOUND)
    with reading(engine) as session:
        kept = drift.latest(session, admin, NAME, 1)
        assert kept == drift.Drift(DATA_AT, FOUND)
        assert session.scalar(select(func.count()).select_from(ModelDrift)) == 1


def test_of_too_few_learners_only_their_number_is_kept(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        recording.record_version(session, 1, "run", told(NAME), trained_by=None)
        drift.keep(session, NAME, 1, 6, DATA_AT, Measured(99))
    with reading(engine) as session:
        kept = drift.latest(session, admin, NAME, 1)
        assert kept is not None
        assert kept.measured == Measured(99)


def test_a_version_that_the_records_do_not_know_is_passed_over(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        drift.keep(session, NAME, 1, 6, DATA_AT, FOUND)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(ModelDrift)) == 0


def test_drift_is_for_administrators(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        joined(session, admin, "mo@example.org", Role.MARKETER)
        marketer = signed_in(session, "mo@example.org").principal
        with pytest.raises(Forbidden):
            drift.latest(session, marketer, NAME, 1)


def test_the_rule_of_thumb() -> None:
    indices = (0, 0.099, 0.1, 0.249, 0.25, 3)
    assert [drift.said_of(index) for index in indices] == [
        *(Moved.LITTLE, Moved.LITTLE),
        *(Moved.SOMEWHAT, Moved.SOMEWHAT),
        *(Moved.MUCH, Moved.MUCH),
    ]
