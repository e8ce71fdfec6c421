import os
import signal
import threading

import pytest
from typer.testing import CliRunner

import manage
import wiring
from core.settings import Settings


@pytest.mark.parametrize(("options", "is_stopped"), [([], False), (["--with-parent"], True)])
def test_only_the_web_process_s_worker_ends_with_its_parent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, options: list[str], is_stopped: bool
) -> None:
    services = wiring.build(settings)
    parents = iter([os.getpid()])
    ended = []

    def work(_engine: object, _handlers: object, stop: threading.Event) -> None:
        ended.append(any(thread.name == "parent-watch" for thread in threading.enumerate()))
        assert not ended[0] or stop.wait(20)

    monkeypatch.setattr(manage, "_services", lambda: services)
    monkeypatch.setattr(manage.jobs, "work", work)
    monkeypatch.setattr(os, "getppid", lambda: next(parents, 1))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    result = CliRunner().invoke(manage.cli, ["worker", *options], catch_exceptions=False)
    assert (result.exit_code, ended) == (0, [is_stopped])
