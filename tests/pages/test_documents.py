import io
import json
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Feedback

from components.document_history.listing import selection_key
from core.accounts.access import Area, Principal, Role
from core.db import reading, unit_of_work
from core.documents import service
from core.documents.models import Document
from tests.components.documents_page import Office, download_labels, run
from tests.core.documents.records import kept, person, template_id


def history() -> None:
    """The page, as AppTest runs it."""
    from pages import documents

    documents.page()


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, tmp_path: Path) -> Office:
    return Office(monkeypatch, sqlite_engine, tmp_path)


def made_by(office: Office, who: Principal, title: str) -> None:
    """Ask for a document and let a worker make it."""
    form = {"title": title, "period": ("2026-11-01", "2026-11-22"), "currency": "USD"}
    with unit_of_work(office.services.engine) as session:
        service.request_document(session, who, template_id(session), form, "en")
    assert office.work()


def titles(test: AppTest) -> list[str]:
    return list(test.dataframe[0].value["title"])


def choose(test: AppTest, office: Office, who: Principal, *rows: int) -> None:
    """Choose rows of the table as it stands unfiltered."""
    with reading(office.services.engine) as session:
        key = selection_key(service.list_documents(session, who))
    test.session_state[key] = {"selection": {"rows": list(rows), "columns": []}}
    test.run()
    assert [] == [error.value for error in test.exception]


def test_a_made_document_is_in_the_history_with_its_score(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "First")
    made_by(office, who, "Second")
    test = run(history)
    assert ["Second", "First"] == titles(test)
    row = test.dataframe[0].value.iloc[0]
    assert ("Campaign report", "English", 1.0) == (row["template"], row["language"], row["score"])
    assert ["Download Word", "Download PDF"] == download_labels(test)
    parts = [bar.text for bar in test.progress]
    assert 6 == len(parts)
    assert "Grounding: every number has a source · 100% of weight 25%" in parts


def test_another_document_can_be_chosen(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "First")
    made_by(office, who, "Second")
    test = run(history)
    assert "Second" == test.subheader[0].value
    choose(test, office, who, 1)
    assert "First" == test.subheader[0].value


def test_satisfaction_is_kept(office: Office) -> None:
    made_by(office, office.enter(Role.MARKETER), "First")
    test = run(history)
    stars = test.get("feedback")[0]
    assert isinstance(stars, Feedback)
    stars.set_value(3).run()
    assert [] == [error.value for error in test.exception]
    with reading(office.services.engine) as session:
        assert 4 == session.scalars(select(Document)).one().satisfaction


def test_somebody_elses_rating_is_shown_and_not_changed(office: Office) -> None:
    with unit_of_work(office.services.engine) as session:
        other = person(session, Role.MARKETER, name="other_one")
        kept(session, other, satisfaction=2)
    office.enter(Role.ADMIN)
    test = run(history)
    (stars,) = test.get("feedback")
    assert (1, True) == (stars.value, stars.proto.disabled)
    assert r"**How satisfied other\_one is with it**" in [one.value for one in test.markdown]


def test_a_rating_not_given_yet_is_the_owners_to_give(office: Office) -> None:
    with unit_of_work(office.services.engine) as session:
        kept(session, person(session, Role.MARKETER, name="other"))
    office.enter(Role.ADMIN)
    test = run(history)
    assert [] == list(test.get("feedback"))
    assert "other, who made it, has not rated it yet." in [one.value for one in test.caption]


def test_nobody_elses_letters_are_listed(office: Office) -> None:
    with unit_of_work(office.services.engine) as session:
        other = person(session, Role.MARKETER, name="other")
        kept(session, other, title="A letter", is_campaign_report=False)
    office.enter(Role.STAFF)
    assert "No documents yet." in run(history).info[0].value


def test_a_document_whose_file_is_gone_says_so(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    with unit_of_work(office.services.engine) as session:
        kept(session, who, title="Lost")
    test = run(history)
    assert ["The file of this document is gone. Make the document again."] == [
        one.value for one in test.error
    ]


def test_a_title_is_shown_as_it_was_typed(office: Office) -> None:
    made_by(office, office.enter(Role.MARKETER), "**A** & `b` [c](d)")
    test = run(history)
    assert r"\*\*A\*\* & \`b\` \[c\]\(d\)" == test.subheader[0].value


def test_the_history_speaks_spanish(office: Office) -> None:
    made_by(office, office.enter(Role.MARKETER, code="es"), "Informe")
    test = run(history)
    assert ["Historial"] == [one.value for one in test.title]
    assert "Informe de campañas" == test.dataframe[0].value.iloc[0]["template"]
    assert ["Descargar Word", "Descargar PDF"] == download_labels(test)


@pytest.mark.parametrize("role", Role)
def test_the_page_opens_for_those_who_may(office: Office, role: Role) -> None:
    who = office.enter(role)
    test = AppTest.from_function(history, default_timeout=30).run()
    assert who.may_open(Area.DOCUMENT_HISTORY) == (not test.exception)


def test_a_document_is_read_only_when_it_is_downloaded(office: Office) -> None:
    made_by(office, office.enter(Role.MARKETER), "First")
    buttons = run(history).get("download_button")
    assert [("", True)] * 2 == [(b.proto.url, bool(b.proto.deferred_file_id)) for b in buttons]


def test_the_download_is_the_document(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "A & B")
    folder = office.services.settings.documents_dir
    with reading(office.services.engine) as session:
        (one,) = service.list_documents(session, who)
        file = service.download(session, who, one.document_id, folder)
    assert "A & B 2026-11-01_2026-11-22 en.docx" == file.file_name
    assert "A & B" == docx.Document(io.BytesIO(file.path.read_bytes())).paragraphs[0].text


def test_two_chosen_documents_are_compared(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "First *report*")
    made_by(office, who, "Second *report*")
    test = run(history)
    choose(test, office, who, 0, 1)
    assert "What differs" == test.subheader[0].value
    told = [one.value for one in test.markdown]
    assert ":red-background[~~First~~] :green-background[**Second**] \\*report\\*" in told
    assert [] == list(test.get("feedback"))  # no card meanwhile
    choose(test, office, who, 1)
    assert r"First \*report\*" == test.subheader[0].value


def test_documents_that_say_the_same_are_told_so_and_a_third_is_too_many(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    for _ in range(3):
        made_by(office, who, "Twin")
    test = run(history)
    choose(test, office, who, 0, 1)
    assert ["Both say the same."] == [one.value for one in test.success]
    choose(test, office, who, 0, 1, 2)
    assert "Choose two rows to compare them." == test.info[0].value


def test_a_link_holds_what_is_searched_and_nothing_may_match(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    with unit_of_work(office.services.engine) as session:
        kept(session, who, title="Autumn")
        kept(session, who, title="Winter")
    test = AppTest.from_function(history, default_timeout=30)
    test.query_params["words"] = "AUTUMN report"
    test.query_params["kinds"] = "Report"
    assert ["Autumn"] == titles(test.run())
    test.text_input(key="words").set_value("spring").run()
    assert "No document matches." in test.info[0].value
    assert [] == list(test.dataframe)


def test_means_by_template_are_drawn_from_five_documents_on(office: Office) -> None:
    who = office.enter(Role.MARKETER, code="es")
    with unit_of_work(office.services.engine) as session:
        for _ in range(4):
            kept(session, who)
    test = run(history)
    assert "a partir de 5 documentos" in test.info[0].value
    with unit_of_work(office.services.engine) as session:
        kept(session, who)
    test.run()
    drawn = [json.loads(chart.proto.spec)["series"][0] for chart in test.get("echarts_chart")]
    assert [("Tiempo medio empleado, en segundos", 0.25), ("Puntuación media", 0.9)] == [
        (one["name"], one["data"][0]["value"]) for one in drawn
    ]
    test.toggle(key="by_template_score_as_table").set_value(True).run()
    table = test.dataframe[1].value
    assert [["Informe de campañas (5)"], ["90\xa0%"]] == [list(table[name]) for name in table]


def test_a_document_is_made_again_as_of_then_and_what_differs_is_said(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "First")
    again = run(history)
    (press,) = (one for one in again.button if one.label == "Make again as of then")
    press.click().run()
    assert ["Made again, it is the same as then, to the last sign"] == [
        one.value.partition(" (")[0] for one in again.success
    ]
    with unit_of_work(office.services.engine) as session:
        session.scalars(select(Document)).one().canonical_sha256 = "0" * 64
    again.button(key=press.key).click().run()
    assert [] == [one.value for one in again.success]
    assert "it differs from the one of then" in again.warning[0].value


def test_a_document_that_kept_too_little_cannot_be_made_again(office: Office) -> None:
    who = office.enter(Role.MARKETER)
    made_by(office, who, "First")
    with unit_of_work(office.services.engine) as session:
        session.scalars(select(Document)).one().assignment = None
    test = run(history)
    next(one for one in test.button if one.label == "Make again as of then").click().run()
    assert ["This document was made before its sources were kept. Make a new one."] == [
        one.value for one in test.error
    ]
