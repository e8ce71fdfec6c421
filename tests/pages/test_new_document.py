from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select
from streamlit.testing.v1 import AppTest

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.documents import service
from core.documents.models import Document, DocumentType
from core.jobs.models import Job
from tests.components.documents_page import Office, download_labels, run


def new_document() -> None:
    """The page, as AppTest runs it."""
    from pages import new_document

    new_document.page()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, tmp_path: Path) -> Office:
    return Office(monkeypatch, sqlite_engine, tmp_path)


def send(test: AppTest) -> AppTest:
    (button,) = [one for one in test.button if str(one.key).endswith("-make")]
    button.click().run()
    assert [error.value for error in test.exception] == []
    return test


def jobs_of(office: Office) -> list[Job]:
    with reading(office.services.engine) as session:
        return list(session.scalars(select(Job)))


def test_from_form_to_download(office: Office) -> None:
    office.enter(Role.MARKETER)
    test = run(new_document)
    test.text_input(key="campaign-report-title").set_value("Autumn {{7*7}} & more")
    send(test)
    name = r"**Autumn \{\{7\*7\}\} & more** · Oct 26, 2026 to Nov 22, 2026 · English"
    assert [f"{name}: waiting for its turn"] == [bar.text for bar in test.progress]
    assert office.work()
    test.run()
    assert [] == list(test.progress)
    assert f"{name}: done in" in test.markdown[0].value
    assert ["Download Word", "Download PDF"] == download_labels(test)


def test_the_page_can_be_left_and_returned_to(office: Office) -> None:
    office.enter(Role.MARKETER)
    send(run(new_document))
    assert 1 == len(run(new_document).progress)
    office.work()
    assert ["Download Word", "Download PDF"] == download_labels(run(new_document))


def test_the_form_offers_what_the_warehouse_has(office: Office) -> None:
    office.enter(Role.STAFF)
    test = run(new_document)
    options = test.multiselect(key="campaign-report-campaigns").options
    assert ["Brand", "Shoes & socks"] == options
    assert ["USD"] == test.selectbox(key="campaign-report-currency").options
    days = test.date_input(key="campaign-report-period").value
    assert (date(2026, 10, 26), date(2026, 11, 22)) == days
    assert "Data from Aug 25, 2026 to Nov 22, 2026" in [one.value for one in test.caption]


def test_each_template_has_its_own_fields(office: Office) -> None:
    office.enter(Role.MARKETER)
    test = run(new_document)
    assert ["ROAS target (optional)"] == [one.label for one in test.number_input]
    test.segmented_control(key="template").set_value("campaign-summary").run()
    assert ["Budget for the period (optional)"] == [one.label for one in test.number_input]


def test_a_fault_is_told_under_its_field_and_nothing_is_queued(office: Office) -> None:
    office.enter(Role.MARKETER)
    test = run(new_document)
    test.text_input(key="campaign-report-title").set_value("  ")
    send(test)
    assert ["Title: please fill this in."] == [one.value for one in test.error]
    assert [] == jobs_of(office)


def test_a_period_without_data_is_told_in_the_readers_language(office: Office) -> None:
    office.enter(Role.MARKETER, code="es")
    test = run(new_document)
    days = (date(2020, 1, 1), date(2020, 1, 31))
    test.date_input(key="campaign-report-period").set_value(days)
    send(test)
    office.work()
    test.run()
    assert "No hay datos de campañas en este periodo" in test.error[0].value
    assert [] == download_labels(test)


def test_the_document_is_written_in_the_language_asked_for(office: Office) -> None:
    office.enter(Role.MARKETER, code="es")
    send(run(new_document))
    assert ["es"] == [job.payload["language"] for job in jobs_of(office)]


@pytest.mark.parametrize(("typed", "title"), [(None, "Informe de campañas"), ("Autumn", "Autumn")])
def test_a_title_left_as_it_was_is_in_the_language_of_the_document(
    office: Office, typed: str | None, title: str
) -> None:
    office.enter(Role.MARKETER)
    test = run(new_document)
    if typed:
        test.text_input(key="campaign-report-title").set_value(typed)
    test.segmented_control(key="campaign-report-language").set_value("es")
    send(test)
    assert [title] == [job.payload["values"]["title"] for job in jobs_of(office)]


def test_a_document_that_was_removed_is_not_offered(office: Office) -> None:
    office.enter(Role.MARKETER)
    send(run(new_document))
    office.work()
    with unit_of_work(office.services.engine) as session:
        session.execute(delete(Document))
    test = run(new_document)
    assert "The document was removed since." in [one.value for one in test.caption]
    assert [] == download_labels(test)


def test_other_peoples_jobs_are_not_shown(office: Office) -> None:
    office.enter(Role.MARKETER)
    send(run(new_document))
    office.work()
    office.enter(Role.STAFF)
    assert [] == download_labels(run(new_document))


def test_an_instructor_is_offered_no_template_that_tells_campaign_figures(office: Office) -> None:
    office.enter(Role.INSTRUCTOR)
    test = run(new_document)
    assert "Report" in test.segmented_control(key="document-type").options
    assert ["Project report"] == test.segmented_control(key="template").options


def test_what_is_missing_is_named_where_the_pages_are_going_to_be(office: Office) -> None:
    office.enter(Role.INSTRUCTOR)
    test = run(new_document)
    told = [one.value for one in test.caption]
    expected = "The pages appear here once these are filled in: Pieces of work, What comes next."
    assert expected in told
    assert [] == list(test.error)


def test_a_wrong_value_is_told_while_the_form_is_filled(office: Office) -> None:
    office.enter(Role.STAFF)
    test = run(new_document)
    test.segmented_control(key="document-type").set_value(DocumentType.EMAIL).run()
    test.text_input(key="follow-up-email-to_address").set_value("not an address").run()
    expected = "Recipient's e-mail address: this must be an e-mail address such as ana@example.org."
    assert [expected] == [one.value for one in test.error]


def test_what_was_typed_is_there_again_after_leaving(office: Office) -> None:
    office.enter(Role.STAFF)
    test = run(new_document)
    test.text_input(key="campaign-report-title").set_value("Half a report").run()
    again = run(new_document)
    assert "Half a report" == again.text_input(key="campaign-report-title").value


def test_a_person_who_was_typed_is_there_again_after_leaving(office: Office) -> None:
    who = office.enter(Role.STAFF)
    with unit_of_work(office.services.engine) as session:
        service.keep_draft(session, who, "follow-up-email", {"sender": "Jo Typed"})
    again = run(new_document)
    again.segmented_control(key="document-type").set_value(DocumentType.EMAIL).run()
    assert "Jo Typed" == again.selectbox(key="follow-up-email-sender").value


def test_a_misspelt_word_is_mended_in_its_field_by_a_click(office: Office) -> None:
    who = office.enter(Role.STAFF)
    test = run(new_document)
    remarks = test.text_area(key="campaign-report-remarks")
    remarks.set_value("The bugdet held. A bugdets table follows.").run()
    assert any("“bugdet” is in no dictionary" in one.value for one in test.markdown)
    test.button(key="campaign-report-mend-bugdet").click().run()
    mended = "The budget held. A bugdets table follows."
    assert mended == test.text_area(key="campaign-report-remarks").value
    with reading(office.services.engine) as session:
        assert mended == service.draft_of(session, who, "campaign-report")["remarks"]
    assert "campaign-report-mend-bugdet" not in [one.key for one in test.button]


def test_an_email_goes_from_the_form_to_its_file(office: Office) -> None:
    office.enter(Role.STAFF)
    test = run(new_document)
    test.segmented_control(key="document-type").set_value(DocumentType.EMAIL).run()
    for name, value in (("to_address", "ana@example.org"), ("to_name", "Ana")):
        test.text_input(key=f"follow-up-email-{name}").set_value(value)
    test.text_input(key="follow-up-email-organisation").set_value("Trellis Studio")
    test.selectbox(key="follow-up-email-sender").set_value("staff").run()
    assert any("One page, score" in one.value for one in test.caption)
    send(test)
    office.work()
    test.run()
    assert ["Download EML", "Download PDF"] == download_labels(test)


def test_a_learner_is_refused(office: Office) -> None:
    office.enter(Role.LEARNER)
    test = AppTest.from_function(new_document, default_timeout=30).run()
    assert 1 == len(test.exception)
    assert [] == list(test.title)


def test_without_campaign_data_the_page_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, tmp_path: Path
) -> None:
    Office(monkeypatch, sqlite_engine, tmp_path, facts=[]).enter(Role.MARKETER)
    assert "There is no campaign data yet." in run(new_document).info[0].value
