"""Workers that are killed at every step between raising and sending lose and repeat nothing."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.accounts.access import Role
from core.alerts.models import Alert, AlertNotice, Channel, NoticeState
from core.db import connect, reading
from tests.core.alerts.people import Receiver, receiving, somebody, subscribe
from tests.drills.alert_senders import ALERTS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.drill


class Senders:
    """A process that forks workers, each of which may die at a step."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, home: Path, fatal: int, days: int) -> tuple[int, str]:
        """The exit status of one worker, and the steps it took where it lived."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{home / 'records.db'} {home / 'outbox'} {fatal} {days}\n")
        self._process.stdin.flush()
        status, words = self._process.stdout.readline().split()
        return int(status), words


@pytest.fixture
def senders() -> Iterator[Senders]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.alert_senders"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Senders(process)
    assert process.stdin is not None
    process.stdin.close()
    process.wait(timeout=20)


def installed(template: Path, home: Path, receiver: Receiver) -> None:
    """Records of two people, one of whom hears by mail and one by webhook."""
    home.mkdir()
    shutil.copyfile(template, home / "records.db")
    engine = connect(f"sqlite:///{home / 'records.db'}")
    subscribe(engine, somebody(engine, "Mia", Role.MARKETER), Channel.MAIL)
    subscribe(engine, somebody(engine, "Ada", Role.ADMIN), Channel.WEBHOOK, receiver.url)
    engine.dispose()


def test_a_worker_killed_at_any_step_raises_and_sends_each_alert_once(
    sqlite_template: Path, tmp_path: Path, senders: Senders, drill_rounds: int
) -> None:
    with receiving() as receiver:
        whole = tmp_path / "whole"
        installed(sqlite_template, whole, receiver)
        steps = int(senders.run(whole, 0, 0)[1])
        assert steps > 4 * ALERTS
        every = max(1, steps // 8) if drill_rounds < 10 else 1
        for fatal in range(1, steps + 1, every):
            receiver.got.clear()
            home = tmp_path / str(fatal)
            installed(sqlite_template, home, receiver)
            assert -signal.SIGKILL == senders.run(home, fatal, 0)[0]
            # A day later every notice that was taken may be tried again.
            assert 0 == senders.run(home, 0, 1)[0]
            assert 0 == senders.run(home, 0, 2)[0]
            check(home, receiver)


def check(home: Path, receiver: Receiver) -> None:
    """Each alert once, each notice sent; the mails once, the posts under one token each."""
    engine = connect(f"sqlite:///{home / 'records.db'}")
    with reading(engine) as session:
        assert ALERTS == session.scalar(select(func.count(Alert.id)))
        states = session.scalars(select(AlertNotice.state)).all()
    engine.dispose()
    assert [NoticeState.SENT] * (2 * ALERTS) == states
    assert ALERTS == len(list((home / "outbox").glob("*.eml")))
    tokens = [headers["Idempotency-Key"] for headers, _ in receiver.got]
    assert ALERTS == len(set(tokens))
    assert len(tokens) <= ALERTS + 1  # one post may have been made and not yet marked
