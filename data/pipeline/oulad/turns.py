"""How a long import shares SQLite, which lets one write at a time.

PostgreSQL's writers do not wait for one another, so there an import stays one transaction.
On SQLite it is many short ones, and what a killed import wrote is found as held by the next.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.lake import Lake

ROWS_AT_ONCE = 3_000
_PAUSE_SECONDS = 0.11  # who waits for SQLite asks again at least every tenth of a second


def is_shared(engine: Engine) -> bool:
    """Whether others cannot write while a transaction of ours does."""
    return engine.dialect.name == "sqlite"


def give_way(session: Session) -> None:
    """Let others write, where they would have to wait, by committing what is whole so far."""
    if is_shared(session.get_bind().engine):
        session.commit()
        time.sleep(_PAUSE_SECONDS)


@contextmanager
def alone(engine: Engine, lake: Lake) -> Iterator[None]:
    """No second import of courses between our transactions, where there are several."""
    if not is_shared(engine):
        yield
        return
    lake.folder.mkdir(parents=True, exist_ok=True)
    with (lake.folder / "courses.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
