"""What people do with documents: choose a template, ask for one, find, fetch and rate them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.campaigns.ports import CampaignFigures
from core.campaigns.schemas import Choices
from core.documents import repository
from core.documents.errors import (
    DocumentFileMissing,
    FormatNotOffered,
    LanguageNotWritten,
    NotYoursToRate,
    SatisfactionOutOfRange,
)
from core.documents.form import check
from core.documents.formats import FORMATS, render
from core.documents.formatting import FormattingRules
from core.documents.kept_assignment import composed_again
from core.documents.models import Document, DocumentDraft, DocumentTemplate
from core.documents.package import canonical
from core.documents.repository import Listed
from core.documents.schemas import (
    DocumentSummary,
    Download,
    MadeAgain,
    QualityPart,
    TemplateSummary,
    Variable,
)
from core.documents.types import spec_of
from core.errors import Forbidden
from core.jobs.models import Job, JobKind
from core.jobs.queue import enqueue

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# Names that Windows keeps for devices, whatever follows their first dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_INVISIBLE = ("Cc", "Cf", "Cs")


def list_templates(session: Session, principal: Principal) -> list[TemplateSummary]:
    """The templates this person may make a document from; none is a possible answer."""
    principal.require(Area.NEW_DOCUMENT)
    return [_template_summary(row) for row in repository.templates(session, principal)]


def list_choices(principal: Principal, figures: CampaignFigures) -> Choices | None:
    """The campaigns, currencies and days a form offers to people who reach campaign figures.

    ``None`` while the warehouse is empty.
    """
    principal.require(Area.NEW_DOCUMENT)
    if not repository.reaches_campaign_figures(principal):
        raise Forbidden(area=Area.NEW_DOCUMENT.value)
    return figures.choices()


def request_document(
    session: Session,
    principal: Principal,
    template_id: int,
    values: Mapping[str, Any],
    language: str,
    chosen: Mapping[str, Any] | None = None,
) -> Job:
    """Queue the making of a document; ``chosen`` is what differs from the template's rules.

    Raises :class:`~core.documents.errors.InvalidForm` naming every field at fault, and
    ``NotFound`` for a template that is not there or not this person's to use.
    """
    principal.require(Area.NEW_DOCUMENT)
    template = repository.template(session, principal, template_id)
    if language not in template.languages:
        raise LanguageNotWritten(field="language")
    checked = check(_variables(template), values)
    payload = {
        "template_id": template.id,
        "owner_id": principal.user_id,
        "language": language,
        "values": checked,
        "chosen": dict(chosen or {}),
    }
    forget_draft(session, principal, template.slug)
    return enqueue(session, JobKind.MAKE_DOCUMENT, payload, principal.user_id)


def list_documents(
    session: Session,
    principal: Principal,
    limit: int = 200,
    conditions: Iterable[ColumnElement[bool]] = (),
) -> list[DocumentSummary]:
    """The documents this person may see and that meet every condition, newest first."""
    principal.require(Area.DOCUMENT_HISTORY)
    rows = repository.history(session, principal, limit, conditions)
    return [_summary(row, principal) for row in rows]


def made_by_job(session: Session, principal: Principal, job_id: int) -> DocumentSummary | None:
    """The document a job made; ``None`` when it is gone since."""
    principal.require(Area.DOCUMENT_HISTORY)
    row = repository.made_by_job(session, principal, job_id)
    return None if row is None else _summary(row, principal)


def download(
    session: Session,
    principal: Principal,
    document_id: int,
    documents_dir: Path,
    ending: str | None = None,
) -> Download:
    """A document's file, named by title, period and language; ``NotFound`` if not theirs.

    ``ending`` chooses the format; without it the one the document is kept in.
    """
    principal.require(Area.DOCUMENT_HISTORY)
    row = repository.document(session, principal, document_id)
    offered = _formats(row)
    ending = ending or offered[0]
    if ending not in offered:
        raise FormatNotOffered(format=ending, offered=", ".join(offered))
    is_main = ending == offered[0]
    path = documents_dir / (row.file_name if is_main else row.other_files[ending]["file_name"])
    if not path.is_file():
        raise DocumentFileMissing(document_id=document_id)
    name = safe_file_name(row.title, f"{_tail(row)}.{ending}")
    return Download(path, name, FORMATS[ending].media_type)


def make_again(session: Session, principal: Principal, document_id: int) -> MadeAgain:
    """The document as of then, from the values and figures that were kept with it.

    Raises ``NotFound`` for one that is not theirs to see and
    :class:`~core.documents.errors.MadeBeforeKeeping` for one of an older version.
    """
    principal.require(Area.DOCUMENT_HISTORY)
    row = repository.document(session, principal, document_id)
    draft = composed_again(row)
    content = render(draft, spec_of(row.document_type), _formats(row)[0])
    checksum = hashlib.sha256(canonical(content)).hexdigest()
    return MadeAgain(content, checksum, is_same=checksum == row.canonical_sha256)


def draft_of(session: Session, principal: Principal, slug: str) -> Mapping[str, Any]:
    """What this person has typed into a template's form and not sent; nothing is an answer."""
    principal.require(Area.NEW_DOCUMENT)
    row = repository.draft(session, principal, slug)
    return {} if row is None else row.values


def keep_draft(
    session: Session, principal: Principal, slug: str, values: Mapping[str, Any]
) -> None:
    """Keep what is typed so far, as plain JSON, whether or not it can be read."""
    principal.require(Area.NEW_DOCUMENT)
    row = repository.draft(session, principal, slug)
    if row is None:
        row = DocumentDraft(owner_id=principal.user_id, slug=slug)
        session.add(row)
    row.values, row.updated_at = dict(values), clock.now()


def forget_draft(session: Session, principal: Principal, slug: str) -> None:
    """Begin a template's form anew."""
    principal.require(Area.NEW_DOCUMENT)
    row = repository.draft(session, principal, slug)
    if row is not None:
        session.delete(row)


def rate_satisfaction(
    session: Session, principal: Principal, document_id: int, satisfaction: int
) -> None:
    """Keep how satisfied the one who made it is, from 1 to 5; the latest answer counts.

    Raises :class:`~core.documents.errors.NotYoursToRate` for a document of somebody else.
    """
    principal.require(Area.DOCUMENT_HISTORY)
    if satisfaction not in range(1, 6):
        raise SatisfactionOutOfRange(field="satisfaction")
    row = repository.document(session, principal, document_id)
    if row.owner_id != principal.user_id:
        raise NotYoursToRate(document_id=document_id)
    row.satisfaction = satisfaction


def safe_file_name(title: str, suffix: str) -> str:
    """A file name every system takes, as close to the title as can be."""
    text = unicodedata.normalize("NFC", _UNSAFE.sub(" ", title))
    seen = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    words = " ".join(seen.split()).strip(". ")[:80].strip(". ")
    if not words or _DEVICE.match(words):
        words = f"document {words}".strip()
    return words + suffix


def _tail(row: Document) -> str:
    """What tells documents of one title apart, such as " 2026-09-01_2026-09-28 es"."""
    period = row.variables.get("period")
    days = f" {period['start']}_{period['end']}" if period else ""
    return f"{days} {row.language}"


def _formats(row: Document) -> tuple[str, ...]:
    """The file endings a document is kept in, the main one first."""
    return (row.file_name.rpartition(".")[2], *row.other_files)


def _variables(row: DocumentTemplate) -> tuple[Variable, ...]:
    return tuple(Variable.from_record(record) for record in row.variables)


def _template_summary(row: DocumentTemplate) -> TemplateSummary:
    return TemplateSummary(
        template_id=row.id,
        slug=row.slug,
        name=row.name,
        document_type=row.document_type,
        languages=tuple(row.languages),
        variables=_variables(row),
        is_sample=row.is_sample,
        industry=row.industry,
        rules=FormattingRules.from_record(row.formatting_rules),
        tells_campaign_figures=row.tells_campaign_figures,
    )


def _summary(listed: Listed, principal: Principal) -> DocumentSummary:
    document, template_name, owner_name = listed
    return DocumentSummary(
        document_id=document.id,
        job_id=document.job_id,
        title=document.title,
        template_name=template_name,
        owner_name=owner_name,
        is_own=document.owner_id == principal.user_id,
        language=document.language,
        created_at=document.created_at,
        generation_time_seconds=document.generation_time_seconds,
        quality_score=document.quality_score,
        quality_parts=tuple(
            QualityPart(name, part["score"], part["weight"])
            for name, part in document.quality_parts.items()
        ),
        size_bytes=document.size_bytes,
        formats=_formats(document),
        satisfaction=document.satisfaction,
        lake_generation=document.lake_generation,
        is_sample=document.is_sample,
    )
