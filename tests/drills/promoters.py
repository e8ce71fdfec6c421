"""Processes that promote, made to die at a chosen step: `python -m tests.drills.promoters`.

Each line on standard input forks one: ``<home> <version> <run> <fatal step>``; its exit
status and the steps it took come back. MLflow is loaded once, before the forks.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlflow

from ml import model_work, registry
from ml.model_work import Places
from ml.registry import Logged, Store
from tests.ml import tiny

STEPS = 13  # of a promotion


def places(home: Path) -> Places:
    """Where an installation at ``home`` keeps what a promotion touches."""
    store = Store(f"sqlite:///{home / 'mlflow.db'}", home / "mlartifacts")
    return Places(home / "lake", home / "models", store)


def run(home: Path, version: int, run_id: str, fatal: int) -> int:
    """Promote, and die with SIGKILL when step number ``fatal`` is reached."""
    steps = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return step

    told = {"name": tiny.NAME, "algorithm": "a", "trained_at": "2026-03-01T10:00:00+00:00"}
    for module, name in (
        (os, "fsync"),
        (os, "replace"),
        (registry, "set_champion"),
        (registry, "served_files"),
    ):
        setattr(module, name, counted(getattr(module, name)))
    model_work.promote(places(home), Logged(version, run_id, told), counted(lambda *_: None))
    return steps


def main() -> None:
    """Serve the lines of standard input."""
    print(mlflow.__version__, file=sys.stderr)
    for line in sys.stdin:
        home, version, run_id, fatal = line.split()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, str(run(Path(home), int(version), run_id, int(fatal))).encode())
            os._exit(0)
        os.close(writing)
        words = os.read(reading, 100).decode()
        os.close(reading)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words, flush=True)


if __name__ == "__main__":
    main()
