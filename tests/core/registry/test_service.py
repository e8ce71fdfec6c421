"""Who may look at models and change what answers, and that each request leaves a trace."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.audit import trail
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.jobs import queue
from core.jobs.models import JobKind
from core.registry import recording, service
from core.registry.errors import ModelBusy, NothingBefore, NotPromotable
from core.registry.schemas import Family
from tests.core.accounts.people import administrator, joined, signed_in
from tests.core.registry.records import told

NAME = "risk_day_30"
FAMILY = Family("risk", ((14, "risk_day_14"), (30, NAME)))

REQUESTS: dict[str, Callable[[Session, Principal], Any]] = {
    "train": lambda session, who: service.request_training(session, who, FAMILY, 30, 1),
    "promote": lambda session, who: service.request_promotion(session, who, NAME, 1),
    "roll back": lambda session, who: service.request_roll_back(session, who, NAME),
}


@pytest.fixture
def admin(engine: Engine) -> Principal:
    """An administrator of an installation in which two versions have answered."""
    with unit_of_work(engine) as session:
        principal = administrator(session)
        for number in (1, 2):
            recording.record_version(session, number, "run", told(NAME), trained_by=None)
            recording.record_promotion(session, NAME, number, is_roll_back=False, by=None)
    return principal


def test_an_administrator_sees_versions_newest_first_and_which_answers(
    engine: Engine, admin: Principal
) -> None:
    with reading(engine) as session:
        seen = service.list_versions(session, admin, FAMILY)
    assert [(one.version, one.is_champion, one.has_predecessor) for one in seen] == [
        (2, True, True),
        (1, False, False),
    ]
    assert seen[0].trained_on.rows == 4321
    assert seen[0].baselines == ["module_prior", "logistic_regression"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_or_changes_any(engine: Engine, admin: Principal, role: Role) -> None:
    with unit_of_work(engine) as session:
        joined(session, admin, "eve@example.org", role)
        other = signed_in(session, "eve@example.org").principal
        service.request_training(session, admin, FAMILY, 14, 1)
    with reading(engine) as session:
        assert service.list_versions(session, other, FAMILY) == []
        assert queue.recent(session, other, service.JOBS) == []
    for request in REQUESTS.values():
        with pytest.raises(Forbidden), unit_of_work(engine) as session:
            request(session, other)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_queued_once_with_a_trace_and_seen_by_every_administrator(
    engine: Engine, admin: Principal, name: str
) -> None:
    with unit_of_work(engine) as session:
        job = REQUESTS[name](session, admin)
        joined(session, admin, "bo@example.org", Role.ADMIN)
        other = signed_in(session, "bo@example.org").principal
    with pytest.raises(ModelBusy), unit_of_work(engine) as session:
        REQUESTS[name](session, admin)
    with reading(engine) as session:
        (entry,) = trail.about(session, f"job/{job.id}")
        seen = queue.recent(session, other, service.JOBS)
    assert (entry.action, entry.actor_id) == (f"job.{job.kind.value}", admin.user_id)
    assert [one.id for one in seen] == [job.id]


def test_trainings_of_two_days_may_wait_together(engine: Engine, admin: Principal) -> None:
    with unit_of_work(engine) as session:
        for day in FAMILY.days:
            service.request_training(session, admin, FAMILY, day, 1)
        assert len(queue.open_payloads(session, JobKind.TRAIN_MODEL)) == 2


def test_a_day_without_a_model_is_not_trained(engine: Engine, admin: Principal) -> None:
    with pytest.raises(NotFound), unit_of_work(engine) as session:
        service.request_training(session, admin, FAMILY, 7, 1)


def test_a_version_that_something_speaks_against_is_not_promoted(
    engine: Engine, admin: Principal
) -> None:
    with unit_of_work(engine) as session:
        row = recording.record_version(session, 3, "run", told(NAME), trained_by=None)
        recording.record_objections(row, [{"message": "m", "data": {}}])
    with pytest.raises(NotPromotable), unit_of_work(engine) as session:
        service.request_promotion(session, admin, NAME, 3)


def test_an_unknown_version_is_not_promoted(engine: Engine, admin: Principal) -> None:
    with pytest.raises(NotFound), unit_of_work(engine) as session:
        service.request_promotion(session, admin, NAME, 9)


def test_rolling_back_names_both_versions(engine: Engine, admin: Principal) -> None:
    with unit_of_work(engine) as session:
        job = service.request_roll_back(session, admin, NAME)
    assert job.payload == {"name": NAME, "version": 1, "instead_of": 2}


def test_there_is_no_way_back_from_the_first_champion(engine: Engine, admin: Principal) -> None:
    with unit_of_work(engine) as session:
        recording.record_promotion(session, NAME, 1, is_roll_back=True, by=None)
    with pytest.raises(NothingBefore), unit_of_work(engine) as session:
        service.request_roll_back(session, admin, NAME)


def test_a_version_is_recorded_once(engine: Engine, admin: Principal) -> None:
    with unit_of_work(engine) as session:
        again = recording.record_version(session, 1, "other", told(NAME), trained_by=None)
    assert again.run_id == "run"
