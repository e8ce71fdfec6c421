import json
import os
import signal
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

import manage
import wiring
from core.settings import Settings
from tests.data.pipeline.oulad.folders import small, write

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


@pytest.fixture
def home(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> wiring.Services:
    """An empty installation that the commands work on."""
    services = wiring.build(settings)
    monkeypatch.setattr(wiring, "services", lambda: services)
    return services


def test_courses_are_imported_from_a_folder_and_told_one_object_a_file(
    home: wiring.Services, tmp_path: Path
) -> None:
    folder = write(tmp_path / "folder", small())
    (folder / "vle.csv").touch()
    told = CliRunner().invoke(
        manage.cli, ["import", "oulad", str(folder), "--json"], catch_exceptions=False
    )
    reports = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 0
    assert [(report["file"], report["rows_read"], report["kept"]) for report in reports] == [
        ("courses.csv", 1, 1),
        ("assessments.csv", 3, 3),
        ("studentInfo.csv", 2, 2),
        ("studentRegistration.csv", 2, 2),
        ("studentAssessment.csv", 3, 3),
        ("vle.csv", 0, 0),
    ]
    needed = {"file", "rows_read", "kept", "duplicate", "replaced", "quarantined", "reasons"}
    assert [needed | {"totals"} <= set(report) for report in reports] == [True] * 6
    assert home.warehouse.generation() == 1


def test_a_folder_without_a_file_ends_the_command_with_its_name(
    home: wiring.Services, tmp_path: Path
) -> None:
    folder = write(tmp_path / "folder", small())
    (folder / "assessments.csv").unlink()
    told = CliRunner().invoke(manage.cli, ["import", "oulad", str(folder)], catch_exceptions=False)
    assert told.exit_code == 1
    assert "assessments.csv was not found" in told.stderr
    assert home.warehouse.generation() == 0
