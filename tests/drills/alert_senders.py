"""Workers that raise and send alerts, made to die at a chosen step.

``python -m tests.drills.alert_senders``: each line on standard input forks one:
``<database> <outbox> <fatal step> <days the clock is ahead>``; for each a line comes back: its
exit status and how many steps it took. The heavy modules are loaded once, before the forks.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.accounts.mail import OutboxMailer
from core.alerts import sending, webhook
from core.alerts.raising import raise_alerts
from core.alerts.sending import Ways
from core.db import connect, unit_of_work
from tests.core.alerts.people import LOCAL, raised

ALERTS = 3


def run(database: Path, outbox: Path, fatal: int) -> int:
    """Raise, send, and die with SIGKILL at step number ``fatal``; the steps taken."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **options: Any) -> Any:
            step()
            result = function(*arguments, **options)
            step()
            return result

        return stepped

    # Before and after each commit, each mail and each post.
    Session.commit = around(Session.commit)  # type: ignore[method-assign]
    webhook.post = around(webhook.post)
    mailer = OutboxMailer(outbox, "no-reply@example.org")
    mailer.send = around(mailer.send)  # type: ignore[method-assign]
    engine = connect(f"sqlite:///{database}")
    with unit_of_work(engine) as session:
        raise_alerts(session, [raised(f"goal:{n}", name=f"C{n}") for n in range(ALERTS)])
    sending.send_waiting(engine, Ways(mailer, "https://t.example", LOCAL))
    engine.dispose()
    return steps


def main() -> None:
    """Serve the lines of standard input."""
    for line in sys.stdin:
        database, outbox, fatal, days = line.split()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            with clock.moved(timedelta(days=int(days))):
                os.write(writing, str(run(Path(database), Path(outbox), int(fatal))).encode())
            os._exit(0)
        os.close(writing)
        words = os.read(reading, 1000).decode() or "-"
        os.close(reading)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words, flush=True)


if __name__ == "__main__":
    main()
