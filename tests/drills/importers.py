"""Processes that import, made to die at a chosen step: `python -m tests.drills.importers`.

Each line on standard input forks importers: ``<number> <folder> <file> <fatal step>``; for
each a line comes back: its exit status and what it kept and found duplicate. The heavy
modules are loaded once, before the forks.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.lake import Lake
from data.pipeline.ads import import_ads

STEPS = 32  # of an import of one small file into a lake that holds one year


def run(folder: Path, file: Path, fatal: int) -> str:
    """Import, and die with SIGKILL when step number ``fatal`` is reached."""
    steps = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return step

    # Every call that changes the disk, and every word to the person, is a step.
    for name in ("fsync", "replace", "rename", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    report = import_ads(
        Lake(folder / "lake"),
        [file],
        quarantine_dir=folder / "quarantine",
        progress=counted(lambda _share, _step: None),
        now=datetime.now(UTC),
    )[0]
    return f"{report.kept} {report.duplicate} {steps}"


def start(folder: Path, file: Path, fatal: int) -> tuple[int, int]:
    """Fork one importer; its process id and where its words can be read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, run(folder, file, fatal).encode())
        os._exit(0)
    os.close(writing)
    return child, reading


def main() -> None:
    """Serve the lines of standard input."""
    for line in sys.stdin:
        number, folder, file, fatal = line.split()
        children = [start(Path(folder), Path(file), int(fatal)) for _ in range(int(number))]
        for child, reading in children:
            words = os.read(reading, 1000).decode()
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(status, words, flush=True)


if __name__ == "__main__":
    main()
