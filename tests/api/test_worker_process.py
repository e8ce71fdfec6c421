import asyncio
import sys
from pathlib import Path

import pytest

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
        "    open('said', 'a').write('ended\\n'); raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "open('said', 'a').write('started\\n')\n"
        "while True: time.sleep(0.01)\n"
    )

    async def scenario() -> None:
        command = [sys.executable, "-c", program]
        keeping = asyncio.create_task(worker_process.kept_running(command, tmp_path))
        await asyncio.wait_for(until(log, 1), 20)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    asyncio.run(scenario())
    assert log.read_text().splitlines() == ["started", "ended"]


def test_a_worker_that_cannot_start_does_not_take_the_web_down(tmp_path: Path) -> None:
    async def scenario() -> bool:
        keeping = asyncio.create_task(worker_process.kept_running([str(tmp_path)], tmp_path))
        done, _ = await asyncio.wait([keeping], timeout=0.2)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        return not done

    assert asyncio.run(scenario())
