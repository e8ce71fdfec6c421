from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.documents import service
from core.documents.errors import (
    DocumentFileMissing,
    InvalidForm,
    LanguageNotWritten,
    NotYoursToRate,
    SatisfactionOutOfRange,
)
from core.documents.templates import BUILTIN_TEMPLATES, ensure_builtin_templates
from core.i18n import language
from core.jobs.models import JobKind
from tests.core.documents.records import kept, person, template_id

FORM: dict[str, Any] = {
    "title": "Autumn",
    "period": (date(2026, 9, 1), date(2026, 9, 30)),
    "currency": "EUR",
    "campaigns": [],
}


def test_a_request_becomes_a_job_with_checked_values(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        job = service.request_document(session, me, template_id(session), FORM, "es")
        assert JobKind.MAKE_DOCUMENT is job.kind
        assert me.user_id == job.created_by == job.payload["owner_id"]
        assert {"start": "2026-09-01", "end": "2026-09-30"} == job.payload["values"]["period"]
        assert "es" == job.payload["language"]


def test_a_faulty_form_makes_no_job(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        with pytest.raises(InvalidForm) as refused:
            service.request_document(session, me, template_id(session), FORM | {"title": ""}, "en")
        assert ["title"] == [fault.name for fault in refused.value.data["faults"]]


def test_a_language_the_template_lacks_is_refused(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        with pytest.raises(LanguageNotWritten):
            service.request_document(session, me, template_id(session), FORM, "fr")


def test_the_products_templates_are_added_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first = [row.id for row in ensure_builtin_templates(session)]
        assert first == [row.id for row in ensure_builtin_templates(session, is_sample=True)]
        assert len(BUILTIN_TEMPLATES) == len(first)


def test_variables_survive_the_records(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        template_id(session)
        listed = service.list_templates(session, me)
        assert [one.variables for one in BUILTIN_TEMPLATES] == [one.variables for one in listed]


def test_a_download_is_named_by_its_title(sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "9-abc.docx").write_bytes(b"content")
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        row = kept(session, me, title='../Q3: "A/B" & <c>', file_name="9-abc.docx")
        file = service.download(session, me, row.id, tmp_path)
        assert (b"content", "Q3 A B & c en.docx") == (file.path.read_bytes(), file.file_name)


def test_downloads_of_one_title_are_told_apart(sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "1.docx").write_bytes(b"content")
    days = {"period": {"start": "2026-09-01", "end": "2026-09-28"}}
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        row = kept(session, me, title="T" * 100, variables=days, language="es")
        name = service.download(session, me, row.id, tmp_path).file_name
        assert "T" * 80 + " 2026-09-01_2026-09-28 es.docx" == name


def test_a_lost_file_is_said_to_be_gone(sqlite_engine: Engine, tmp_path: Path) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        with pytest.raises(DocumentFileMissing):
            service.download(session, me, kept(session, me).id, tmp_path)


@given(title=st.text(max_size=200))
def test_a_file_name_never_leaves_its_folder_or_breaks_a_header(title: str) -> None:
    name = service.safe_file_name(title, ".docx")
    assert name == Path(name).name
    assert name.endswith(".docx")
    assert not set(name) & set('\\/:*?"<>|\r\n\x00')
    assert not name.startswith(".")
    assert len(name) <= 94


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "document CON"),
        ("nul.txt", "document nul.txt"),
        ("Lpt1 .x", "document Lpt1 .x"),
        ("Console", "Console"),
        ("annual\u202excod", "annualxcod"),
        ("\u200b\u200e", "document"),
    ],
)
def test_a_file_name_has_no_hidden_signs_and_is_no_device(title: str, name: str) -> None:
    assert name + ".docx" == service.safe_file_name(title, ".docx")


@pytest.mark.parametrize("satisfaction", [0, 6, -1])
def test_satisfaction_goes_from_one_to_five(sqlite_engine: Engine, satisfaction: int) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        with pytest.raises(SatisfactionOutOfRange) as refused:
            service.rate_satisfaction(session, me, kept(session, me).id, satisfaction)
    assert "La satisfacción va de 1 a 5." == refused.value.sentence(language("es"))


def test_the_latest_satisfaction_counts(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        row = kept(session, me)
        service.rate_satisfaction(session, me, row.id, 2)
        service.rate_satisfaction(session, me, row.id, 5)
        assert [5] == [one.satisfaction for one in service.list_documents(session, me)]


def test_only_the_owner_rates(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        row = kept(session, person(session, Role.MARKETER))
        reader = person(session, Role.STAFF)
        with pytest.raises(NotYoursToRate):
            service.rate_satisfaction(session, reader, row.id, 1)
        (seen,) = service.list_documents(session, reader)
        assert (None, False) == (seen.satisfaction, seen.is_own)


def test_the_history_does_not_read_ledgers(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        me = person(session, Role.MARKETER)
        kept(session, me)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with reading(engine) as session:
        assert 1 == len(service.list_documents(session, me))
    assert [] == [
        sql for sql in asked if "documents.figures" in sql or "documents.variables" in sql
    ]


def test_the_history_tells_the_parts_of_the_score(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        me = person(session, Role.MARKETER)
        kept(session, me)
        (one,) = service.list_documents(session, me)
        assert [("grounding", 0.9, 1.0)] == [
            (part.name, part.score, part.weight) for part in one.quality_parts
        ]
        assert ("Campaign report", "marketer", True) == (
            one.template_name,
            one.owner_name,
            one.is_own,
        )
