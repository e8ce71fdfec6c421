"""A process that judges, made to die at a chosen step: ``python -m tests.drills.judges``.

Its arguments are the database, the last day that the data tells, and the fatal step, 0 for none.
"""

import os
import signal
import sys
from datetime import date

from sqlalchemy.orm import Session

from core.db import connect
from core.track_record.closing import judge_due
from tests.core.track_record.figures import Figures


def main(database: str, until: str, fatal: int) -> None:
    """Judge what is due, and die with SIGKILL before or after a commit."""
    steps = 0
    commit = Session.commit

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepped(session: Session) -> None:
        step()
        commit(session)
        step()

    Session.commit = stepped  # type: ignore[method-assign]
    engine = connect(f"sqlite:///{database}")
    judge_due(engine, Figures(date.fromisoformat(until)))
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
