"""Judging that is killed at any commit loses no verdict, changes none and tells of each once."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.events.models import Event
from core.track_record import service
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted
from tests.core.alerts.people import somebody
from tests.core.track_record.proposals import proposal

ROOT = Path(__file__).parents[2]
STEPS = 4  # before and after the commit of each of two verdicts
pytestmark = pytest.mark.drill


def judge(engine: Engine, until: str, fatal: int) -> int:
    database = str(engine.url.database)
    arguments = [sys.executable, "-m", "tests.drills.judges", database, until, str(fatal)]
    return subprocess.run(arguments, cwd=ROOT, check=False, timeout=60).returncode


@pytest.mark.parametrize("fatal", range(1, STEPS + 1))
def test_a_killed_judge_is_followed_by_one_who_finishes(sqlite_engine: Engine, fatal: int) -> None:
    mia = somebody(sqlite_engine, "Mia", Role.MARKETER)

    def records() -> list[Accepted]:
        with reading(sqlite_engine) as session:
            return service.track_record(session, mia)

    with unit_of_work(sqlite_engine) as session:
        for seed in (1, 2):
            service.accept(session, mia, proposal(seed=seed))
    until = records()[0].last_day.isoformat()

    assert -signal.SIGKILL == judge(sqlite_engine, until, fatal)
    before = {one.id: one for one in records() if one.status is AcceptedStatus.JUDGED}
    assert fatal // 2 == len(before)
    assert 0 == judge(sqlite_engine, until, 0)

    after = {one.id: one for one in records()}
    assert {AcceptedStatus.JUDGED} == {one.status for one in after.values()}
    assert before == {number: after[number] for number in before}
    with reading(sqlite_engine) as session:
        told = session.scalar(select(func.count(Event.id)).where(Event.type == "suggestion.judged"))
    assert 2 == told
