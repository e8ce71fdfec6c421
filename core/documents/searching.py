"""Finding documents in the history, and what its templates have come to.

Words are looked for in a document's title and in the names that the reader sees of its
kind and of its template. The case of letters does not matter, their accents do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.documents import repository, service
from core.documents.models import Document, DocumentTemplate, DocumentType
from core.documents.schemas import DocumentSummary
from core.documents.type_names import DOCUMENT_TYPE_NAMES
from core.i18n import Language

Key = TypeVar("Key")

LEAST = 5
"""Documents, or ratings, of which a mean is told; fewer say nothing of a template."""

_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty one is everything. ``slugs`` are those of templates."""

    words: str = ""
    types: tuple[DocumentType, ...] = ()
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedTemplate:
    """A template that a document the person may see was made from, by its newest name."""

    slug: str
    name: str  # English, marked for translation in the templates of the product
    document_type: DocumentType


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """What one template's documents have come to; of fewer than :data:`LEAST` no mean is told.

    ``seconds`` is the mean time taken, ``score`` the mean score (0-1) and ``satisfaction``
    the mean of ``ratings`` ratings (1-5).
    """

    slug: str
    name: str
    documents: int
    ratings: int
    seconds: float | None
    score: float | None
    satisfaction: float | None


def used_templates(session: Session, principal: Principal) -> list[UsedTemplate]:
    """The templates that the history can be narrowed to, in the order they were added."""
    principal.require(Area.DOCUMENT_HISTORY)
    query = (
        select(DocumentTemplate.slug, DocumentTemplate.name, DocumentTemplate.document_type)
        .where(
            DocumentTemplate.id.in_(
                select(Document.template_id).where(repository.visible_to(principal))
            )
        )
        .order_by(DocumentTemplate.id)
    )
    newest = {slug: UsedTemplate(slug, name, kind) for slug, name, kind in session.execute(query)}
    return list(newest.values())


def find_documents(
    session: Session, principal: Principal, wanted: Wanted, t: Language, limit: int = 200
) -> list[DocumentSummary]:
    """The documents this person may see and looks for, newest first."""
    used = used_templates(session, principal)
    conditions = _conditions(wanted, used, t)
    return service.list_documents(session, principal, limit, conditions)


def records_by_template(
    session: Session, principal: Principal, wanted: Wanted, t: Language
) -> list[TemplateRecord]:
    """Time, score and satisfaction of the documents looked for, a row for each template."""
    used = used_templates(session, principal)
    query = (
        select(
            DocumentTemplate.slug,
            func.count(),
            func.count(Document.satisfaction),
            func.avg(Document.generation_time_seconds),
            func.avg(Document.quality_score),
            func.avg(Document.satisfaction),
        )
        .join(DocumentTemplate, DocumentTemplate.id == Document.template_id)
        .where(repository.visible_to(principal), *_conditions(wanted, used, t))
        .group_by(DocumentTemplate.slug)
    )
    told = {slug: values for slug, *values in session.execute(query)}
    return [_record(one, told[one.slug]) for one in used if one.slug in told]


def _record(template: UsedTemplate, values: Sequence[float]) -> TemplateRecord:
    documents, ratings, seconds, score, satisfaction = values
    enough = documents >= LEAST
    return TemplateRecord(
        template.slug,
        template.name,
        int(documents),
        int(ratings),
        float(seconds) if enough else None,
        float(score) if enough else None,
        float(satisfaction) if ratings >= LEAST else None,
    )


def _conditions(
    wanted: Wanted, used: Iterable[UsedTemplate], t: Language
) -> list[ColumnElement[bool]]:
    """What the query asks beside who may see a document."""
    template_names = {one.slug: t(one.name) for one in used}
    type_names = {kind: t(name) for kind, name in DOCUMENT_TYPE_NAMES.items()}
    # PostgreSQL refuses a NUL, and nobody's title has one.
    words = wanted.words.replace("\0", "").split()[:_MOST_WORDS]
    conditions = [_holds(word, type_names, template_names) for word in words]
    if wanted.types:
        conditions.append(Document.document_type.in_(wanted.types))
    if wanted.slugs:
        conditions.append(DocumentTemplate.slug.in_(wanted.slugs))
    return conditions


def _holds(
    word: str, type_names: Mapping[DocumentType, str], template_names: Mapping[str, str]
) -> ColumnElement[bool]:
    """Whether a document's title, kind or template holds the word.

    Names are translated, which a database cannot do: those that match are picked here.
    """
    return or_(
        Document.title.icontains(word, autoescape=True),
        Document.document_type.in_(_matching(word, type_names)),
        DocumentTemplate.slug.in_(_matching(word, template_names)),
    )


def _matching(word: str, names: Mapping[Key, str]) -> list[Key]:
    return [key for key, name in names.items() if word.lower() in name.lower()]
