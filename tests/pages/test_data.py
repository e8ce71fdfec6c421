from pathlib import Path

import pytest
from sqlalchemy import Engine

import wiring
from components import import_history
from core.accounts.access import Role
from core.db import reading
from core.errors import Forbidden
from core.jobs import queue, worker
from core.jobs.models import JobKind
from core.settings import Settings
from tests.data.pipeline.oulad.folders import info, small, write
from tests.data.test_job_handlers import zipped
from tests.pages.installation import Installation, run

REPORT = b"""source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,\
clicks,impressions,spend,conversions,conversions_value
t,2026-05-04,bing,A,Account,C1,One,12,340,9.5,1.5,40
t,2026-05-05,bing,A,Account,C1,One,10,300,-3,1,30
"""


def data() -> None:
    """The page, as AppTest runs it."""
    from pages import data

    data.page()


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


def bring(name: str, content: bytes):
    test = run(data)
    test.file_uploader[0].upload(name, content)
    return test.form_submit_button[0].click().run()


def work(installation: Installation) -> None:
    handlers = wiring.job_handlers(installation.services)
    while worker.run_one(installation.services.engine, handlers):
        continue


def test_an_upload_becomes_a_job_and_its_rows_are_accounted_for(
    installation: Installation,
) -> None:
    marketer = installation.enter(Role.MARKETER)
    bring("may.csv", REPORT)
    with reading(installation.services.engine) as session:
        (job,) = queue.recent(session, marketer, [JobKind.IMPORT_ADS])
    assert [file["name"] for file in job.payload["files"]] == ["may.csv"]
    work(installation)
    test = run(data)
    row = test.dataframe[0].value.iloc[0].to_dict()
    assert [row[name] for name in ("File", "Read", "Kept", "Duplicate", "Quarantined")] == [
        "may.csv",
        "2",
        "1",
        "0",
        "1",
    ]


def test_a_file_that_is_not_a_report_is_refused_with_a_sentence(
    installation: Installation,
) -> None:
    installation.enter(Role.MARKETER)
    bring("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    work(installation)
    test = run(data)
    assert "picture\\.csv" in test.error[0].value
    assert installation.services.warehouse.generation() == 0


def test_nothing_chosen_is_told(installation: Installation) -> None:
    installation.enter(Role.MARKETER)
    test = run(data)
    test.form_submit_button[0].click().run()
    assert test.error[0].value == "Choose at least one file first."


def test_a_marketer_sees_no_publication_and_no_sample_world(installation: Installation) -> None:
    installation.enter(Role.MARKETER)
    test = run(data)
    assert [button.label for button in test.button] == ["Import"]


def test_a_marketer_sees_when_the_warehouse_was_published_and_not_what_it_holds(
    installation: Installation,
) -> None:
    installation.enter(Role.MARKETER)
    bring("may.csv", REPORT)
    work(installation)
    test = run(data)
    assert any("Generation 1, published" in caption.value for caption in test.caption)
    assert [expander.label for expander in test.expander] == ["Dates and currencies"]
    installation.enter(Role.STAFF)
    assert [expander.label for expander in run(data).expander] == ["Dates and currencies", "Tables"]


def test_an_administrator_publishes_and_handles_the_sample_world(
    installation: Installation,
) -> None:
    admin = installation.enter(Role.ADMIN)
    test = run(data)
    next(b for b in test.button if b.label == "Load the sample world").click().run()
    assert [fault.value for fault in test.exception] == []
    with reading(installation.services.engine) as session:
        (job,) = queue.recent(session, admin, [JobKind.LOAD_SAMPLE])
    assert job.kind is JobKind.LOAD_SAMPLE


def bring_courses(folder: Path):
    test = run(data)
    test.file_uploader[1].upload("oulad.zip", zipped(folder))
    return test.form_submit_button[1].click().run()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.STAFF])
def test_courses_are_uploaded_and_their_rows_accounted_for(
    installation: Installation, tmp_path: Path, role: Role
) -> None:
    installation.enter(role)
    files = small()
    files["studentInfo"].append(info(12))
    folder = write(tmp_path / "folder", files)
    (folder / "vle.csv").touch()
    assert [fault.value for fault in bring_courses(folder).exception] == []
    work(installation)
    test = run(data)
    rows = test.dataframe[0].value.set_index("File")
    assert list(rows.loc["studentInfo.csv"][["Read", "Kept", "Duplicate", "Quarantined"]]) == [
        "3",
        "2",
        "0",
        "1",
    ]
    assert set(rows.loc["vle.csv"][["Read", "Kept", "Duplicate", "Quarantined"]]) == {"–"}
    assert "**studentInfo\\.csv** — 1 × Not registered" in [text.value for text in test.markdown]
    labels = [button.label for button in test.get("download_button")]
    assert labels == ["Refused rows as CSV", "Download statements (.jsonl)"]
    assert any("vle" in caption.value and "clicks" in caption.value for caption in test.caption)


def test_no_archive_chosen_is_told(installation: Installation) -> None:
    installation.enter(Role.STAFF)
    test = run(data)
    test.form_submit_button[1].click().run()
    assert [error.value for error in test.error] == ["Choose at least one file first."]


def test_a_marketer_sees_neither_the_form_for_courses_nor_what_became_of_them(
    installation: Installation, tmp_path: Path
) -> None:
    installation.enter(Role.STAFF)
    bring_courses(write(tmp_path / "folder", small()))
    work(installation)
    installation.enter(Role.MARKETER)
    test = run(data)
    assert [form.label for form in test.file_uploader] == [
        "CSV or XLSX exports of ad platforms, or the unified ad report"
    ]
    assert any(caption.value == "Nothing was imported yet." for caption in test.caption)


def test_refused_rows_of_learners_are_not_given_to_one_who_lost_the_role(
    installation: Installation, tmp_path: Path
) -> None:
    marketer = installation.enter(Role.MARKETER)
    path = tmp_path / "refused.csv"
    path.write_text("id_student")
    with pytest.raises(Forbidden):
        import_history.refused_rows(marketer, JobKind.IMPORT_OULAD, path)
    assert import_history.refused_rows(marketer, JobKind.IMPORT_ADS, path) == b"id_student"
