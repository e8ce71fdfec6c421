"""Keeps the worker running beside the web process, and takes it down with it."""

import asyncio
import asyncio.subprocess
from collections.abc import Sequence
from pathlib import Path

import anyio
import structlog

from core import clock

_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 60.0
_GOOD_RUN_SECONDS = 60.0
_STOP_SECONDS = 10.0

_log = structlog.get_logger()


async def kept_running(command: Sequence[str], folder: Path) -> None:
    """Start the command again whenever it ends, until cancelled; then stop it and wait.

    Each end within a minute doubles the wait before the next start, up to a minute.
    """
    short_runs = 0
    while True:
        started = clock.now()
        code = await _one_run(command, folder)
        ran = (clock.now() - started).total_seconds()
        short_runs = 0 if ran >= _GOOD_RUN_SECONDS else short_runs + 1
        wait = seconds_before(short_runs)
        _log.warning("worker_ended", exit_code=code, ran_seconds=round(ran), again_in_seconds=wait)
        await asyncio.sleep(wait)


def seconds_before(short_runs: int) -> float:
    """How long to wait before the next start, after so many short runs in a row."""
    doublings = min(max(short_runs - 1, 0), 10)
    return min(_FIRST_WAIT_SECONDS * float(2**doublings), _LONGEST_WAIT_SECONDS)


async def _one_run(command: Sequence[str], folder: Path) -> int | None:
    """Run the command to its end; its exit code, or None when it could not be started."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, stdin=asyncio.subprocess.DEVNULL
        )
    except OSError as error:
        _log.error("worker_not_started", reason=error.strerror)
        return None
    try:
        return await process.wait()
    finally:
        with anyio.CancelScope(shield=True):
            await _stopped(process)


async def _stopped(process: asyncio.subprocess.Process) -> None:
    """Ask a running process to end, and insist after ten seconds."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
