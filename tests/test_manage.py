import json
import os
import signal
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import manage
import wiring
from core.jobs.models import Job, JobKind, JobStatus
from core.settings import Settings
from tests.core.documents.batch.rows import letters, table
from tests.core.documents.examples import EXAMPLES
from tests.data.pipeline.oulad.folders import small, write

TRAINED = {
    "name": "day_30",
    "version": 3,
    "algorithm": "blend",
    "compared": {},
    "objections": [],
}
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


def test_a_file_that_is_not_read_is_told_by_why_instead_of_by_counts(
    home: wiring.Services, tmp_path: Path
) -> None:
    folder = write(tmp_path / "folder", small())
    (folder / "vle.csv").touch()
    told = CliRunner().invoke(manage.cli, ["import", "oulad", str(folder)], catch_exceptions=False)
    assert (
        "vle.csv: Lists and counts of clicks are not imported, so nothing of them was read."
        == told.stdout.splitlines()[-1]
    )


def test_a_day_without_a_model_ends_the_command_with_the_days_there_are(
    home: wiring.Services,
) -> None:
    told = CliRunner().invoke(manage.cli, ["train", "completion-risk", "--day", "45"])
    assert 1 == told.exit_code
    assert "completion-risk (days 0, 14, 30, 60, 90)" in told.stderr


@pytest.mark.parametrize(
    ("options", "output", "errors"),
    [
        ([], ["day_30 version 3: blend", "Version 3 of day_30 answers now."], []),
        (["--json"], [json.dumps(TRAINED)], ["Version 3 of day_30 answers now."]),
    ],
)
def test_a_training_that_promotes_says_which_version_answers(
    home: wiring.Services,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    output: list[str],
    errors: list[str],
) -> None:
    done = []

    def run(_services: object, kind: JobKind, payload: dict[str, object], quiet: bool) -> Job:
        done.append((kind, payload.get("version")))
        return Job(status=JobStatus.SUCCEEDED, result=TRAINED)

    monkeypatch.setattr(manage, "_run", run)
    monkeypatch.setattr(manage, "_models", lambda *_: [("day_30", 30)])
    told = CliRunner().invoke(
        manage.cli, ["train", "completion-risk", "--promote", *options], catch_exceptions=False
    )
    assert (output, errors) == (told.stdout.splitlines(), told.stderr.splitlines())
    assert [(JobKind.TRAIN_MODEL, None), (JobKind.PROMOTE_MODEL, 3)] == done


def test_a_folder_without_a_file_ends_the_command_with_its_name(
    home: wiring.Services, tmp_path: Path
) -> None:
    folder = write(tmp_path / "folder", small())
    (folder / "assessments.csv").unlink()
    told = CliRunner().invoke(manage.cli, ["import", "oulad", str(folder)], catch_exceptions=False)
    assert told.exit_code == 1
    assert "assessments.csv was not found" in told.stderr
    assert home.warehouse.generation() == 0


def test_the_templates_are_listed_with_their_variables(home: wiring.Services) -> None:
    result = CliRunner().invoke(manage.cli, ["document", "templates", "--json"])
    listed = {one["id"]: one for one in json.loads(result.stdout)}
    assert {"id", "name", "document_type", "industry", "languages", "variables"} <= set(
        listed["pitch"]
    )
    assert "education" == listed["training-contract"]["industry"]


@pytest.mark.parametrize(
    ("slug", "ending", "begins"),
    [
        ("service-contract", "pdf", b"%PDF-"),
        ("pitch", "pptx", b"PK"),
        ("follow-up-email", "eml", b"Subject:"),
    ],
)
def test_a_document_is_made_from_a_file_of_values(
    home: wiring.Services, tmp_path: Path, slug: str, ending: str, begins: bytes
) -> None:
    result = made_from(EXAMPLES[slug]["es"], slug, ending, tmp_path)
    told = json.loads(result.stdout)
    assert (tmp_path / "out").read_bytes().startswith(begins)
    assert ([], 0) == (told["gates"], result.exit_code)
    assert 0.95 <= told["score"] <= 1
    assert {"grounding", "readability"} <= set(told["sub_scores"])


def test_bad_values_are_answered_by_a_sentence_for_each_field(
    home: wiring.Services, tmp_path: Path
) -> None:
    values = EXAMPLES["service-contract"]["en"] | {"fee": "much", "starts_on": "soon"}
    result = made_from(values, "service-contract", "docx", tmp_path)
    assert 1 == result.exit_code
    assert "Fee: this must be a number." in result.stderr
    assert "Contract begins on: this must be a day such as 2026-09-30." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_format_that_a_template_does_not_have_is_named(
    home: wiring.Services, tmp_path: Path
) -> None:
    result = made_from(EXAMPLES["pitch"]["en"], "pitch", "docx", tmp_path)
    assert "not made as docx. Choose one of pptx, pdf." in result.stderr


def test_documents_of_a_table_are_packed_and_bad_rows_end_the_command_with_one(
    home: wiring.Services, tmp_path: Path
) -> None:
    rows, out = tmp_path / "rows.csv", tmp_path / "letters.zip"
    rows.write_bytes(table([*letters(2), *letters(1, language="fr")]))
    asked = ["--template", "follow-up-email", "--rows", str(rows), "--format", "eml"]
    command = ["document", "batch", *asked, "--out", str(out), "--json"]
    result = CliRunner().invoke(manage.cli, command)
    told = json.loads(result.stdout)
    assert (3, 2, 1, 1) == (told["rows"], told["made"], told["refused"], result.exit_code)
    with zipfile.ZipFile(out) as packed:
        assert "manifest.csv" in packed.namelist()
    assert {"rows.csv", "letters.zip"} <= {path.name for path in tmp_path.iterdir()}
    assert not list(tmp_path.glob(".*.work"))


def made_from(values: dict[str, Any], slug: str, ending: str, folder: Path) -> Result:
    """What the command says of a file of values."""
    file = folder / "values.json"
    file.write_text(json.dumps(values))
    options = ["--template", slug, "--values", str(file), "--format", ending, "--language", "es"]
    language = [] if ending == "docx" else options[-2:]
    command = ["document", "make", *options[:-2], *language, "--out", str(folder / "out")]
    return CliRunner().invoke(manage.cli, [*command, "--json"])
