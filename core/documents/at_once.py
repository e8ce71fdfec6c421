"""Making a document at once, from values at hand, for the command line."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import clock
from core.documents import composing, formats, quality
from core.documents.drafts import Assignment
from core.documents.errors import LanguageNotWritten, NoSuchTemplate, ValuesNotReadable
from core.documents.form import check
from core.documents.formatting import customised
from core.documents.house import House
from core.documents.making import examined
from core.documents.models import DocumentType
from core.documents.ports import Figures
from core.documents.schemas import Variable
from core.documents.templates import BUILTIN_TEMPLATES, builtin
from core.documents.types import DOCUMENT_TYPES, spec_of
from core.i18n import LANGUAGES
from core.i18n import language as words_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted: a template's id, its values, and how the document is written."""

    template: str
    values: Mapping[str, Any]
    ending: str
    language: str
    author: str
    chosen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """The file's bytes, empty while a gate is closed, and what is said of it, as plain JSON."""

    content: bytes
    told: dict[str, Any]


def templates() -> list[dict[str, Any]]:
    """Every template of the product with its variables, as plain JSON."""
    return [
        {
            "id": one.slug,
            "name": one.name,
            "document_type": one.document_type.value,
            "industry": one.industry,
            "languages": list(LANGUAGES),
            "formats": list(DOCUMENT_TYPES[one.document_type].formats),
            "variables": [variable.as_record() for variable in one.variables],
        }
        for one in BUILTIN_TEMPLATES
    ]


def make(asked: Asked, figures: Figures, house: House) -> Made:
    """Compose, examine and render; a document that a gate holds back has no bytes.

    Raises :class:`~core.documents.errors.InvalidForm` with a sentence for each field.
    """
    begun = time.perf_counter()
    template = builtin(asked.template)
    if template is None:
        raise NoSuchTemplate(template=asked.template)
    if asked.language not in LANGUAGES:
        raise LanguageNotWritten(field="language")
    assignment = Assignment(
        values=check(template.variables, asked.values),
        rules=customised(template.rules, asked.chosen),
        author=asked.author,
        created=clock.now().replace(microsecond=0),
        language=words_of(asked.language),
        house=house,
    )
    told = finished(assignment, template.document_type, template.variables, asked.ending, figures)
    return Made(told.content, {**told.told, "seconds": round(time.perf_counter() - begun, 3)})


def finished(
    assignment: Assignment,
    document_type: DocumentType,
    variables: Sequence[Variable],
    ending: str,
    figures: Figures,
) -> Made:
    """Compose, examine and render from values that were checked."""
    spec = spec_of(document_type)
    draft = composing.build(assignment, spec, figures)
    document = examined(draft, assignment, variables)
    gates = quality.closed_gates(document)
    content = b"" if gates else formats.render(draft, spec, ending)
    return Made(content, _told(document, gates, assignment))


def _told(document: quality.Examined, gates: list[Any], assignment: Assignment) -> dict[str, Any]:
    """Score, parts, suggestions and gates in the document's language."""
    t = assignment.language
    score, parts = quality.scored(document)
    return {
        "title": document.model.title,
        "score": float(score),
        "sub_scores": {part.name: round(part.score, 4) for part in parts},
        "suggestions": [
            {"text": one.sentence(t), "place": one.place} for one in quality.suggestions(document)
        ],
        "gates": [{"code": gate.code, "text": gate.sentence(t)} for gate in gates],
    }


def read_values(file: Path) -> Mapping[str, Any]:
    """The values of a JSON file; raises :class:`ValuesNotReadable` for anything but an object."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValuesNotReadable(file=file.name) from error
    if not isinstance(values, dict):
        raise ValuesNotReadable(file=file.name)
    return values
