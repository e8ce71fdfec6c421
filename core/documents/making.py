"""Making a document, as the worker does it: build, render, examine, store, record."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
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
from core.documents import (
    composing,
    formats,
    house_setting,
    kept_assignment,
    quality,
    repository,
)
from core.documents.composing import Reading
from core.documents.drafts import Assignment, Draft
from core.documents.formatting import FormattingRules, customised
from core.documents.models import Document, DocumentTemplate
from core.documents.package import canonical
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
    """A rendered and examined document, not yet kept; files by ending, the main one first."""

    draft: Draft
    files: Mapping[str, bytes]
    score: Decimal
    parts: tuple[QualityPart, ...]
    read: Reading | None


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
    kept = {
        ending: _store(documents_dir, job_id, content, ending)
        for ending, content in finished.files.items()
    }
    with unit_of_work(engine) as session:
        done = repository.of_job(session, job_id)
        if done is None:
            done = _keep(session, order, finished, kept, started)
        return _result(done)


def produce(order: Order, figures: Figures, progress: Progress) -> Finished:
    """Build, render and examine; needs no records, so it can be tried anywhere."""
    assignment, template = order.assignment, order.template
    spec = spec_of(template.document_type)
    progress(0.1, mark("Reading the figures and writing the text"))
    read = composing.read(assignment, spec, figures)
    draft = composing.compose(assignment, spec, read)
    progress(0.5, mark("Checking every figure"))
    variables = [Variable.from_record(one) for one in template.variables]
    score, parts = quality.examine(examined(draft, assignment, variables))
    progress(0.7, mark("Laying out the pages"))
    files = {ending: formats.render(draft, spec, ending) for ending in spec.formats}
    return Finished(draft, files, score, parts, read)


def examined(
    draft: Draft, assignment: Assignment, variables: Sequence[Variable]
) -> quality.Examined:
    """A draft as the examiner sees it."""
    return quality.examined(
        draft.model, draft.ledger, variables, assignment.values, assignment.sections
    )


def _order(session: Session, job_id: int, payload: Mapping[str, Any], now: datetime) -> Order:
    template = session.get(DocumentTemplate, payload["template_id"])
    owner = session.get(User, payload["owner_id"])
    if template is None or owner is None:
        raise NotFound(template_id=payload["template_id"], owner_id=payload["owner_id"])
    rules = FormattingRules.from_record(template.formatting_rules)
    assignment = Assignment(
        values=payload["values"],
        rules=customised(rules, payload.get("chosen", {})),
        author=owner.name,
        created=now.replace(microsecond=0),
        language=language(payload["language"]),
        house=house_setting.current(session),
    )
    return Order(job_id, owner.id, template, assignment)


def _store(folder: Path, job_id: int, content: bytes, ending: str) -> str:
    """Write the file under the server's own name, whole or not at all, and lastingly."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{job_id}-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
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
    session: Session,
    order: Order,
    finished: Finished,
    kept: Mapping[str, str],
    started: datetime,
) -> Document:
    """The document's row, and the news of it, in one transaction."""
    model, draft, now = finished.draft.model, finished.draft, clock.now()
    seconds = Decimal(str(max(0.0, (now - started).total_seconds()))).quantize(Decimal("0.001"))
    row = Document(
        template_id=order.template.id,
        owner_id=order.owner_id,
        job_id=order.job_id,
        document_type=order.template.document_type,
        is_campaign_report=finished.read is not None,
        title=model.title,
        language=model.language,
        variables=dict(order.assignment.values),
        lake_generation=draft.lake_generation,
        figures=draft.ledger.as_records(),
        assignment=kept_assignment.as_record(order.assignment, finished.read),
        generation_time_seconds=seconds,
        quality_score=finished.score,
        quality_parts={
            part.name: {"score": round(part.score, 4), "weight": part.weight}
            for part in finished.parts
        },
        is_sample=draft.is_sample,
        created_at=now,
        **_files(finished, kept),
    )
    session.add(row)
    session.flush()
    record(session, "document.made", f"document/{row.id}", {"template": order.template.slug})
    return row


def _files(finished: Finished, kept: Mapping[str, str]) -> dict[str, Any]:
    """The columns that say where the files are and what they hold."""
    told = {ending: _file(kept[ending], content) for ending, content in finished.files.items()}
    main, *others = told
    content = finished.files[main]
    return {
        **told[main],
        "other_files": {ending: told[ending] for ending in others},
        "canonical_sha256": hashlib.sha256(canonical(content)).hexdigest(),
    }


def _file(name: str, content: bytes) -> dict[str, Any]:
    checksum = hashlib.sha256(content).hexdigest()
    return {"file_name": name, "size_bytes": len(content), "sha256": checksum}


def _result(document: Document) -> dict[str, Any]:
    return {"document_id": document.id, "title": document.title}
