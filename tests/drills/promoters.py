"""Workers that promote, made to die at a chosen step: `python -m tests.drills.promoters`.

Each line on standard input forks one: ``<home> <URL of the records> <fatal step>``; its exit
status and the steps it took come back. MLflow is loaded once, before the forks.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import mlflow
from sqlalchemy import event

from core.db import connect
from core.jobs import worker
from core.migrations import schema
from ml import job_handlers, registry
from ml.job_handlers import Workshop
from ml.model_work import Places
from ml.registry import Store
from tests.ml import tiny

STEPS = 17  # of a promotion, on disk, in the model store and the records; a roll back has 16


def places(home: Path) -> Places:
    """Where an installation at ``home`` keeps what a promotion touches."""
    store = Store(f"sqlite:///{home / 'mlflow.db'}", home / "mlartifacts")
    return Places(home / "lake", home / "models", store)


def here(function: Callable[..., Any], options: Mapping[str, Any], progress: Any) -> Any:
    """Runs in this process, so that a step of either half of a job can be the last."""
    return function(**options, progress=progress)


def run(home: Path, url: str, fatal: int) -> int:
    """Do the job that waits, and die with SIGKILL when step number ``fatal`` is reached."""
    steps = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return step

    for module, name in (
        (os, "fsync"),
        (os, "replace"),
        (registry, "set_champion"),
        (registry, "served_files"),
    ):
        setattr(module, name, counted(getattr(module, name)))
    engine = connect(url)
    event.listen(engine, "commit", counted(lambda _connection: None))
    shop = Workshop(engine, places(home), (tiny.TINY,), here)
    assert worker.run_one(engine, job_handlers.handlers(shop))
    return steps


def main() -> None:
    """Serve the lines of standard input."""
    print(mlflow.__version__, file=sys.stderr)
    schema.metadata()  # a job refers to people, whose records nothing else loads here
    for line in sys.stdin:
        home, url, fatal = line.split()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, str(run(Path(home), url, int(fatal))).encode())
            os._exit(0)
        os.close(writing)
        words = os.read(reading, 100).decode()
        os.close(reading)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words, flush=True)


if __name__ == "__main__":
    main()
