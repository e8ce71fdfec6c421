from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components import document_batch
from core.accounts.access import Role
from core.documents.batch.service import make_batch
from core.jobs.models import Job, JobKind
from core.jobs.worker import Progress, run_one
from tests.components.documents_page import Office, run
from tests.core.documents.batch.rows import letters, table


def batches() -> None:
    """The page, as AppTest runs it."""
    from pages import document_batch

    document_batch.page()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, tmp_path: Path) -> Office:
    made = Office(monkeypatch, sqlite_engine, tmp_path)
    monkeypatch.setattr(document_batch, "services", lambda: made.services)
    return made


def with_table(data: bytes) -> AppTest:
    """The page with e-mails chosen and a table given."""
    test = run(batches)
    test.segmented_control(key="document-type").set_value("email").run()
    test.segmented_control(key="template").set_value("follow-up-email").run()
    test.file_uploader[0].upload("letters.csv", data, "text/csv").run()
    assert [error.value for error in test.exception] == []
    return test


def make_button(test: AppTest) -> AppTest:
    (button,) = [one for one in test.button if str(one.key).endswith("-make")]
    button.click().run()
    assert [error.value for error in test.exception] == []
    return test


def work(office: Office) -> bool:
    def make(job: Job, progress: Progress) -> dict[str, object]:
        return make_batch(
            office.services.engine,
            job,
            progress,
            figures=office.services.report_figures,
            batches_dir=office.services.settings.batches_dir,
        )

    return run_one(office.services.engine, {JobKind.MAKE_BATCH: make})


def test_from_a_table_to_its_zip(office: Office) -> None:
    office.enter(Role.STAFF)
    test = with_table(table([*letters(2), *letters(1, language="fr")]))
    assert "2 of 3 rows can be made." in test.warning[0].value
    faults = test.dataframe[1].value
    assert [4] == list(faults["row"])
    assert "Language “fr”: choose one of en, es." == faults["fault"].iloc[0]
    test = make_button(test)
    name = r"**Follow\-up e\-mail** · 3 rows"
    assert [f"{name}: waiting for its turn"] == [bar.text for bar in test.progress]
    assert work(office)
    test = run(batches)
    assert f"{name}: done in" in test.markdown[-1].value
    assert "2 made · 0 held back · 1 refused" in [one.value for one in test.caption]
    assert "Download zip" in [one.proto.label for one in test.get("download_button")]


def test_headings_that_do_not_fit_are_named_and_nothing_can_be_made(office: Office) -> None:
    office.enter(Role.STAFF)
    test = with_table(b"title,colour\r\nHello,red\r\n")
    assert "“colour” is no value of this template" in test.error[0].value
    assert [] == [one for one in test.button if str(one.key).endswith("-make")]


def test_the_page_speaks_spanish(office: Office) -> None:
    office.enter(Role.STAFF, code="es")
    test = with_table(table(letters(2)))
    assert "Documentos a partir de una tabla" == test.title[0].value
    assert "Se pueden hacer las 2 filas." == test.success[0].value
