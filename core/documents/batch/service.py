"""What people do with batches: look a table over, ask for its documents, fetch the zip."""

import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.accounts.models import User
from core.db import reading
from core.documents import house_setting, repository
from core.documents.batch import filling, table
from core.documents.batch.errors import BatchFileMissing, NoRowToMake
from core.documents.batch.filling import Progress
from core.documents.batch.order import Order
from core.documents.batch.table import Table
from core.documents.errors import FormatNotOffered, LanguageNotWritten
from core.documents.formatting import FormattingRules
from core.documents.models import DocumentTemplate
from core.documents.ports import Figures
from core.documents.schemas import Download, Variable
from core.documents.types import spec_of
from core.errors import NotFound
from core.i18n import Language
from core.jobs.models import Job, JobKind, JobStatus
from core.jobs.queue import enqueue

KEPT_DAYS = 30
_KEPT_SECONDS = timedelta(days=KEPT_DAYS).total_seconds()
_ROWS, _WORK = "rows.csv", "work"


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What a table would come to: how many rows there are, and the sentences of bad ones."""

    rows: int
    faults: Mapping[int, tuple[str, ...]]  # by the row's number in a spreadsheet

    @property
    def good(self) -> int:
        """How many rows can be made."""
        return self.rows - len(self.faults)


def look_over(
    session: Session,
    principal: Principal,
    template_id: int,
    data: bytes,
    code: str,
    t: Language,
) -> LookedOver:
    """Check every row as the form would; nothing is written.

    ``code`` is the language of documents whose row names none. Raises ``NotFound`` for a
    template that is not this person's to use, and what :func:`table.read` raises.
    """
    principal.require(Area.NEW_DOCUMENT)
    template = repository.template(session, principal, template_id)
    return _looked_over(table.read(data, _variables(template), code, t), t)


def request_batch(
    session: Session,
    principal: Principal,
    template_id: int,
    data: bytes,
    *,
    ending: str,
    code: str,
    t: Language,
    batches_dir: Path,
) -> Job:
    """Keep the table and queue its documents; bad rows are named in the manifest.

    Raises beside what :func:`look_over` raises :class:`NoRowToMake`, and an error for a
    language or format that the template does not have.
    """
    principal.require(Area.NEW_DOCUMENT)
    template = repository.template(session, principal, template_id)
    offered = spec_of(template.document_type).formats
    if code not in template.languages:
        raise LanguageNotWritten(field="language")
    if ending not in offered:
        raise FormatNotOffered(format=ending, offered=", ".join(offered))
    found = _looked_over(table.read(data, _variables(template), code, t), t)
    if not found.good:
        raise NoRowToMake(field="rows")
    payload = {
        "folder": _kept(batches_dir, data),
        "template_id": template.id,
        "template": template.name,
        "owner_id": principal.user_id,
        "language": code,
        "words": t.code,
        "format": ending,
        "rows": found.rows,
    }
    return enqueue(session, JobKind.MAKE_BATCH, payload, principal.user_id)


def zip_of(session: Session, principal: Principal, job_id: int, batches_dir: Path) -> Download:
    """The zip a batch has made, for the person who asked for it; ``NotFound`` for others."""
    principal.require(Area.NEW_DOCUMENT)
    query = select(Job).where(
        Job.id == job_id,
        Job.kind == JobKind.MAKE_BATCH,
        Job.created_by == principal.user_id,
        Job.status == JobStatus.SUCCEEDED,
    )
    job = session.scalar(query)
    if job is None:
        raise NotFound(job_id=job_id)
    path = batches_dir / job.payload["folder"] / _WORK / filling.PACKED
    if not path.is_file():
        raise BatchFileMissing(job_id=job_id)
    return Download(path, f"documents-{job_id}.zip", "application/zip")


def make_batch(
    engine: Engine, job: Job, progress: Progress, *, figures: Figures, batches_dir: Path
) -> dict[str, Any]:
    """Make the documents a job asks for; one that is tried again goes on where it was left."""
    sweep(batches_dir, clock.now())
    folder = batches_dir / job.payload["folder"]
    rows = folder / _ROWS
    if not rows.is_file():
        raise BatchFileMissing(job_id=job.id)
    with reading(engine) as session:
        order = _order(session, job)
    return {**filling.fill(folder / _WORK, order, rows.read_bytes(), figures, progress)}


def sweep(batches_dir: Path, now: datetime) -> None:
    """Forget batches that were begun more than :data:`KEPT_DAYS` days ago."""
    for folder in batches_dir.glob("*/"):
        rows = folder / _ROWS
        if rows.is_file() and now.timestamp() - rows.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _kept(batches_dir: Path, data: bytes) -> str:
    """Keep a table in a folder of its own under the server's own name; that name."""
    name = uuid.uuid4().hex
    folder = batches_dir / name
    folder.mkdir(parents=True)
    try:
        (folder / _ROWS).write_bytes(data)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)  # what a full disk needs most is room
        raise
    return name


def _order(session: Session, job: Job) -> Order:
    asked = job.payload
    template = session.get(DocumentTemplate, asked["template_id"])
    owner = session.get(User, asked["owner_id"])
    if template is None or owner is None:
        raise NotFound(template_id=asked["template_id"], owner_id=asked["owner_id"])
    return Order(
        slug=template.slug,
        version=template.version,
        document_type=template.document_type,
        variables=_variables(template),
        rules=FormattingRules.from_record(template.formatting_rules),
        ending=asked["format"],
        language=asked["language"],
        words=asked["words"],
        author=owner.name,
        created=job.created_at.replace(microsecond=0),
        house=house_setting.current(session),
    )


def _looked_over(read: Table, t: Language) -> LookedOver:
    faults = {row.number: row.faults for row in read.checked(t) if row.faults}
    return LookedOver(len(read.entries), faults)


def _variables(template: DocumentTemplate) -> tuple[Variable, ...]:
    return tuple(Variable.from_record(one) for one in template.variables)
