import errno
import hashlib
import io
import os
from datetime import date
from pathlib import Path
from stat import S_ISDIR
from typing import Any

import docx
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.documents import quality, service
from core.documents.errors import NoCampaignData
from core.documents.making import make_document
from core.documents.models import Document
from core.events.models import Event
from core.jobs.models import Job
from tests.core.documents.made import FiguresAtHand, report_figures
from tests.core.documents.records import person, template_id

FORM: dict[str, Any] = {
    "title": "Autumn",
    "period": (date(2026, 9, 1), date(2026, 9, 28)),
    "currency": "EUR",
    "campaigns": [2, 1],
}


def requested(engine: Engine, slug: str = "campaign-report") -> Job:
    with unit_of_work(engine) as session:
        me = person(session, Role.STAFF, name="Jo Writer")
        wanted = template_id(session, slug)
        return service.request_document(session, me, wanted, FORM, "en")


def made(
    engine: Engine, job: Job, folder: Path, figures: FiguresAtHand | None = None
) -> dict[str, Any]:
    return make_document(
        engine,
        job.id,
        job.payload,
        lambda share, step: None,
        figures=figures or FiguresAtHand(report_figures()),
        documents_dir=folder / "documents",
    )


def only(session: Session) -> Document:
    return session.scalars(select(Document)).one()


@pytest.mark.parametrize("slug", ["campaign-report", "campaign-summary"])
def test_a_job_makes_a_file_and_a_row_that_agree(engine: Engine, tmp_path: Path, slug: str) -> None:
    job = requested(engine, slug)
    result = made(engine, job, tmp_path)
    with reading(engine) as session:
        row = only(session)
        content = (tmp_path / "documents" / row.file_name).read_bytes()
        assert {"document_id": row.id, "title": "Autumn"} == result
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row.size_bytes, row.sha256)
        assert 7 == row.lake_generation
        assert row.generation_time_seconds >= 0
        assert row.is_campaign_report
        assert {name for name, _, _ in quality.PARTS} == set(row.quality_parts)
        assert {"totals", "daily", "campaigns"} <= {one["source"] for one in row.figures}
        assert "Autumn" == docx.Document(io.BytesIO(content)).core_properties.title


def test_the_figures_asked_for_are_those_of_the_form(sqlite_engine: Engine, tmp_path: Path) -> None:
    figures = FiguresAtHand(report_figures())
    made(sqlite_engine, requested(sqlite_engine), tmp_path, figures)
    (scope,) = figures.asked
    assert ((1, 2), "EUR", 28) == (scope.campaign_ids, scope.currency, scope.period.days)


def test_a_job_tried_again_makes_no_second_document(engine: Engine, tmp_path: Path) -> None:
    job = requested(engine)
    first = made(engine, job, tmp_path)
    assert first == made(engine, job, tmp_path)
    with reading(engine) as session:
        only(session)
    endings = sorted(file.suffix for file in (tmp_path / "documents").iterdir())
    assert [".docx", ".pdf"] == endings


def test_a_full_disk_leaves_nothing_behind(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        made(sqlite_engine, requested(sqlite_engine), tmp_path)
    assert [] == list((tmp_path / "documents").iterdir())


def test_the_folder_is_written_lastingly_too(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda file: written.append(S_ISDIR(os.fstat(file).st_mode)))
    made(sqlite_engine, requested(sqlite_engine), tmp_path)
    assert [False, True] * 2 == written


def test_a_document_made_is_news(sqlite_engine: Engine, tmp_path: Path) -> None:
    result = made(sqlite_engine, requested(sqlite_engine), tmp_path)
    with reading(sqlite_engine) as session:
        event = session.scalars(select(Event).where(Event.type == "document.made")).one()
        assert f"document/{result['document_id']}" == event.subject


def test_without_data_there_is_neither_file_nor_row(sqlite_engine: Engine, tmp_path: Path) -> None:
    job = requested(sqlite_engine)
    nothing = FiguresAtHand(report_figures(campaigns=()))
    with pytest.raises(NoCampaignData):
        made(sqlite_engine, job, tmp_path, nothing)
    assert not (tmp_path / "documents").exists()
    with reading(sqlite_engine) as session:
        assert None is session.scalar(select(Document))


def test_progress_goes_forward_in_steps_a_reader_understands(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    job, told = requested(sqlite_engine), []
    make_document(
        sqlite_engine,
        job.id,
        job.payload,
        lambda share, step: told.append((share, step)),
        figures=FiguresAtHand(report_figures()),
        documents_dir=tmp_path,
    )
    shares = [share for share, _ in told]
    assert sorted(shares) == shares
    assert "Checking every figure" in [step for _, step in told]
