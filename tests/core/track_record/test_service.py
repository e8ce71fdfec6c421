"""Accepting and withdrawing on both databases: once each, seen by marketers, closed for good."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import DBAPIError

from core import clock
from core.accounts.access import Principal, Role
from core.audit import trail
from core.campaigns.optimizer.suggestion import Amount, Measure, Remark
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from core.track_record import remarks, repository, service
from core.track_record.errors import AlreadyJudged, NothingToAccept
from core.track_record.models import AcceptedStatus, AcceptedSuggestion
from core.track_record.schemas import Change, Proposal
from tests.core.alerts.people import somebody
from tests.core.track_record.proposals import EXPECTED, proposal


@pytest.fixture
def mia(engine: Engine) -> Principal:
    return somebody(engine, "Mia", Role.MARKETER)


def accept(engine: Engine, who: Principal, what: Proposal | None = None) -> int:
    with unit_of_work(engine) as session:
        return service.accept(session, who, what or proposal())


def withdraw(engine: Engine, who: Principal, accepted_id: int) -> None:
    with unit_of_work(engine) as session:
        service.withdraw(session, who, accepted_id)


def judge(engine: Engine, accepted_id: int) -> None:
    with unit_of_work(engine) as session:
        now = {"status": AcceptedStatus.JUDGED, "judged_at": clock.now()}
        assert repository.close(session, accepted_id, **now)


def test_what_was_accepted_is_recorded_with_what_was_expected(
    engine: Engine, mia: Principal
) -> None:
    number = accept(engine, mia)
    with reading(engine) as session:
        (record,) = service.track_record(session, mia)
        (entry,) = trail.about(session, f"suggestion/{number}")
        (event,) = session.scalars(select(Event.type))
    assert ("Mia", EXPECTED, (1, 2)) == (
        record.accepted_by,
        record.predicted,
        record.campaign_ids,
    )
    assert proposal().plan == record.plan
    assert all(change.measure is Measure.MONEY for change in record.plan)
    assert 28 == (record.last_day - record.first_day).days + 1
    assert ("suggestion.accepted", "suggestion.accepted") == (entry.action, event)


def test_a_plan_begins_after_the_day_of_acceptance_and_after_the_data(
    engine: Engine, mia: Principal
) -> None:
    today = clock.today()
    accept(engine, mia, proposal(data_day=today - timedelta(days=3)))
    accept(engine, mia, proposal(data_day=today + timedelta(days=3), seed=2))
    with reading(engine) as session:
        later, sooner = service.track_record(session, mia)
    assert (today + timedelta(days=1), today + timedelta(days=4)) == (
        sooner.first_day,
        later.first_day,
    )


def test_two_clicks_at_once_accept_once(engine: Engine, mia: Principal) -> None:
    start = threading.Barrier(4, timeout=20)

    def click(_: int) -> int:
        start.wait()
        return accept(engine, mia)

    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(click, range(4)))
    with reading(engine) as session:
        assert [numbers.pop()] == [one.id for one in service.track_record(session, mia)]
        assert 1 == len(session.scalars(select(Event)).all())


def test_a_withdrawn_suggestion_can_be_accepted_again(engine: Engine, mia: Principal) -> None:
    first = accept(engine, mia)
    withdraw(engine, mia, first)
    withdraw(engine, mia, first)
    second = accept(engine, mia)
    with reading(engine) as session:
        states = {one.id: one.status for one in service.track_record(session, mia)}
    assert {first: AcceptedStatus.WITHDRAWN, second: AcceptedStatus.OPEN} == states


def test_a_judged_suggestion_is_not_withdrawn_and_not_judged_again(
    engine: Engine, mia: Principal
) -> None:
    number = accept(engine, mia)
    judge(engine, number)
    with pytest.raises(AlreadyJudged):
        withdraw(engine, mia, number)
    with unit_of_work(engine) as session:
        assert not repository.close(session, number, judgement={"other": 1})


def test_the_database_itself_keeps_a_verdict(engine: Engine, mia: Principal) -> None:
    number = accept(engine, mia)
    judge(engine, number)
    of_it = update(AcceptedSuggestion).where(AcceptedSuggestion.id == number)
    with pytest.raises(DBAPIError, match="stays as it is"):
        with unit_of_work(engine) as session:
            session.execute(of_it.values(predicted={"mean": 9}))


def test_whoever_accepted_may_be_deleted_and_the_verdict_stays(
    engine: Engine, mia: Principal
) -> None:
    judge(engine, accept(engine, mia))
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(f"DELETE FROM users WHERE id = {mia.user_id}"))
    with reading(engine) as session:
        assert [None] == [one.accepted_by for one in service.track_record(session, mia)]


@pytest.mark.parametrize("role", [Role.STAFF, Role.INSTRUCTOR, Role.LEARNER])
def test_others_neither_see_nor_accept(engine: Engine, role: Role) -> None:
    stranger = somebody(engine, "Sam", role)
    with pytest.raises(Forbidden):
        accept(engine, stranger)
    with reading(engine) as session, pytest.raises(Forbidden):
        service.track_record(session, stranger)


def test_what_changes_nothing_is_not_accepted(engine: Engine, mia: Principal) -> None:
    same = proposal(plan=(Change(1, "Brand", 5.0, 5.0, Measure.MONEY),))
    with pytest.raises(NothingToAccept):
        accept(engine, mia, same)


def test_a_record_that_is_not_there_is_not_found(engine: Engine, mia: Principal) -> None:
    with pytest.raises(NotFound):
        withdraw(engine, mia, 404)


def test_remarks_come_back_from_the_records_as_they_were() -> None:
    day = clock.today()
    said = Remark(
        "Until {day}: {all}", {"day": day, "all": (Amount(0.2, Measure.SHARE), Remark("x"), 3)}
    )
    back = remarks.read(remarks.as_plain(said))
    assert {"day": day, "all": [Amount(0.2, Measure.SHARE), Remark("x", {}), 3]} == back.values
