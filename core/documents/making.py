"""Making a document, as the worker does it: build, render, examine, store, record."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core import clock
from core.accounts.models import User
from core.db import reading, unit_of_work
from core.documents import docx, quality, repository
from core.documents.drafts import Assignment, Draft
from core.documents.models import Document, DocumentTemplate
from core.documents.ports import Figures
from core.documents.schemas import QualityPart, Variable
from core.documents.types import spec_of
from core.errors import NotFound
from core.events.outbox import record
from core.i18n import language, mark

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a job asks for, read from the records once."""

    job_id: int
    owner_id: int
    template: DocumentTemplate
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Finished:
    """A rendered and examined document, not yet kept."""

    draft: Draft
    content: bytes
    score: Decimal
    parts: tuple[QualityPart, ...]


def make_document(
    engine: Engine,
    job_id: int,
    payload: Mapping[str, Any],
    progress: Progress,
    *,
    figures: Figures,
    documents_dir: Path,
) -> dict[str, Any]:
    """Make the document a job asks for; a job that is tried again finds the one it made.

    It opens its own short transactions, because ``progress`` writes while it works.
    Raises the named errors of :mod:`core.documents.errors` when there is no document.
    """
    started = clock.now()
    with reading(engine) as session:
        done = repository.of_job(session, job_id)
        if done is not None:
            return _result(done)
        order = _order(session, job_id, payload, started)
    finished = produce(order, figures, progress)
    progress(0.9, mark("Storing the document"))
    file_name = _store(documents_dir, job_id, finished.content)
    with unit_of_work(engine) as session:
        done = repository.of_job(session, job_id)
        if done is None:
            done = _keep(session, order, finished, file_name, started)
        return _result(done)


def produce(order: Order, figures: Figures, progress: Progress) -> Finished:
    """Build, render and examine; needs no records, so it can be tried anywhere."""
    assignment, template = order.assignment, order.template
    progress(0.1, mark("Reading the figures and writing the text"))
    draft = spec_of(template.document_type).build(assignment, figures)
    progress(0.5, mark("Checking every figure"))
    variables = [Variable.from_record(one) for one in template.variables]
    examined = quality.examined(
        draft.model, draft.ledger, variables, assignment.values, assignment.sections
    )
    score, parts = quality.examine(examined)
    progress(0.7, mark("Laying out the pages"))
    return Finished(draft, docx.render(draft.model), score, parts)


def _order(session: Session, job_id: int, payload: Mapping[str, Any], now: datetime) -> Order:
    template = session.get(DocumentTemplate, payload["template_id"])
    owner = session.get(User, payload["owner_id"])
    if template is None or owner is None:
        raise NotFound(template_id=payload["template_id"], owner_id=payload["owner_id"])
    assignment = Assignment(
        values=payload["values"],
        sections=tuple(template.formatting_rules["sections"]),
        author=owner.name,
        created=now.replace(microsecond=0),
        language=language(payload["language"]),
    )
    return Order(job_id, owner.id, template, assignment)


def _store(folder: Path, job_id: int, content: bytes) -> str:
    """Write the file under the server's own name, whole or not at all, and lastingly."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{job_id}-{hashlib.sha256(content).hexdigest()[:16]}.docx"
    unfinished = folder / f".{name}.part"
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)  # what a full disk has left of it
    _keep_names(folder)
    return name


def _keep_names(folder: Path) -> None:
    """A file's new name outlives a power cut only when its folder is written too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _keep(
    session: Session, order: Order, finished: Finished, file_name: str, started: datetime
) -> Document:
    """The document's row, and the news of it, in one transaction."""
    model, draft, now = finished.draft.model, finished.draft, clock.now()
    seconds = Decimal(str(max(0.0, (now - started).total_seconds()))).quantize(Decimal("0.001"))
    row = Document(
        template_id=order.template.id,
        owner_id=order.owner_id,
        job_id=order.job_id,
        document_type=order.template.document_type,
        is_campaign_report=spec_of(order.template.document_type).tells_campaign_figures,
        title=model.title,
        language=model.language,
        variables=dict(order.assignment.values),
        file_name=file_name,
        size_bytes=len(finished.content),
        sha256=hashlib.sha256(finished.content).hexdigest(),
        lake_generation=draft.lake_generation,
        figures=draft.ledger.as_records(),
        generation_time_seconds=seconds,
        quality_score=finished.score,
        quality_parts={
            part.name: {"score": round(part.score, 4), "weight": part.weight}
            for part in finished.parts
        },
        is_sample=draft.is_sample,
        created_at=now,
    )
    session.add(row)
    session.flush()
    record(session, "document.made", f"document/{row.id}", {"template": order.template.slug})
    return row


def _result(document: Document) -> dict[str, Any]:
    return {"document_id": document.id, "title": document.title}
