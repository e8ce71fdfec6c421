import os
import signal
import threading

import pytest
from typer.testing import CliRunner

import manage
import wiring
from core.settings import Settings

WEB = 4_000_000  # the web process's number; no process of this machine has it


@pytest.mark.parametrize(
    ("options", "parents", "is_stopped"),
    [
        ([], [1], False),  # started by a shell that has gone since
        (["--parent", str(WEB)], [WEB, 1], True),  # the web process was killed
        (["--parent", str(WEB)], [1], True),  # … before this one had even looked
    ],
)
def test_only_the_web_process_s_worker_ends_with_its_parent(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    parents: list[int],
    is_stopped: bool,
) -> None:
    services = wiring.build(settings)
    seen = iter(parents)
    ended = []

    def work(_engine: object, _handlers: object, stop: threading.Event) -> None:
        ended.append(bool(options) and stop.wait(20))

    monkeypatch.setattr(manage, "_services", lambda: services)
    monkeypatch.setattr(manage.jobs, "work", work)
    monkeypatch.setattr(os, "getppid", lambda: next(seen, 1))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    result = CliRunner().invoke(manage.cli, ["worker", *options], catch_exceptions=False)
    assert (result.exit_code, ended) == (0, [is_stopped])
