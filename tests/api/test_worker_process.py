import asyncio
import os
import sys
from pathlib import Path

import anyio
import pytest
from structlog.testing import capture_logs

from api import worker_process


@pytest.mark.parametrize(
    ("short_runs", "seconds"), [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (500, 60)]
)
def test_short_runs_double_the_wait_up_to_a_minute(short_runs: int, seconds: float) -> None:
    assert worker_process.seconds_before(short_runs) == seconds


async def until(condition: Path, lines: int) -> None:
    while not (condition.exists() and len(condition.read_text().splitlines()) >= lines):
        await asyncio.sleep(0.01)


def test_a_worker_that_ends_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_FIRST_WAIT_SECONDS", 0.0)
    log = tmp_path / "runs"
    command = [sys.executable, "-c", "open('runs', 'a').write('run\\n'); raise SystemExit(3)"]

    async def scenario() -> None:
        keeping = asyncio.create_task(worker_process.kept_running(command, tmp_path))
        await asyncio.wait_for(until(log, 3), 20)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    asyncio.run(scenario())
    assert log.read_text().splitlines()[:3] == ["run"] * 3


def test_the_worker_is_asked_to_end_with_the_web_process(tmp_path: Path) -> None:
    log = tmp_path / "said"
    program = (
        "import signal, time\n"
        "def end(*_):\n"
        "    time.sleep(0.2)\n"  # what it has in hand
        "    open('said', 'a').write('ended\\n'); raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "open('said', 'a').write('started\\n')\n"
        "while True: time.sleep(0.01)\n"
    )

    async def scenario() -> None:
        command = [sys.executable, "-c", program]
        async with anyio.create_task_group() as tasks:  # as the web process does it
            tasks.start_soon(worker_process.kept_running, command, tmp_path)
            await asyncio.wait_for(until(log, 1), 20)
            tasks.cancel_scope.cancel()
        assert log.read_text().splitlines() == ["started", "ended"]

    asyncio.run(scenario())


def test_a_worker_that_does_not_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_STOP_SECONDS", 0.1)
    log = tmp_path / "said"
    program = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "open('said', 'a').write(f'{os.getpid()}\\n')\n"
        "while True: time.sleep(0.01)\n"
    )

    async def scenario() -> None:
        async with anyio.create_task_group() as tasks:
            command = [sys.executable, "-c", program]
            tasks.start_soon(worker_process.kept_running, command, tmp_path)
            await asyncio.wait_for(until(log, 1), 20)
            tasks.cancel_scope.cancel()
        with pytest.raises(ProcessLookupError):
            os.kill(int(log.read_text()), 0)

    asyncio.run(scenario())


def test_a_worker_that_cannot_start_is_tried_again_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_FIRST_WAIT_SECONDS", 0.0)
    program, draft, log = (tmp_path / name for name in ("program", "draft", "runs"))
    draft.write_text("#!/bin/sh\necho run >> runs\nsleep 60\n")
    draft.chmod(0o700)

    async def scenario() -> None:
        with capture_logs() as lines:
            keeping = asyncio.create_task(worker_process.kept_running([str(program)], tmp_path))
            while "worker_not_started" not in [line["event"] for line in lines]:
                await asyncio.sleep(0.01)
        draft.rename(program)
        await asyncio.wait_for(until(log, 1), 20)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    asyncio.run(scenario())
    assert log.read_text() == "run\n"
