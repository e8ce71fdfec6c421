"""What it takes to make a document again as of then: its assignment and figures, as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.documents import kept_figures
from core.documents.composing import Reading, compose
from core.documents.drafts import Assignment, Draft
from core.documents.errors import MadeBeforeKeeping
from core.documents.formatting import FormattingRules
from core.documents.house import House
from core.documents.models import Document
from core.documents.types import spec_of
from core.i18n import language


def as_record(assignment: Assignment, read: Reading | None) -> dict[str, Any]:
    """Everything beside the form's values and the language, which have columns of their own."""
    return {
        "rules": assignment.rules.as_record(),
        "author": assignment.author,
        "created": assignment.created.isoformat(),
        "house": assignment.house.as_record(),
        "read": kept_figures.as_record(read) if read else None,
    }


def composed_again(row: Document) -> Draft:
    """The document composed as of then, from what was kept; the warehouse may have moved on.

    Raises :class:`MadeBeforeKeeping` for one of a version that kept less.
    """
    if row.assignment is None:
        raise MadeBeforeKeeping(document_id=row.id)
    read = row.assignment["read"]
    reading = kept_figures.from_record(read) if read else None
    return compose(assignment_of(row, row.assignment), spec_of(row.document_type), reading)


def assignment_of(row: Document, kept: Mapping[str, Any]) -> Assignment:
    """What the builder was told then."""
    return Assignment(
        values=row.variables,
        rules=FormattingRules.from_record(kept["rules"]),
        author=kept["author"],
        created=datetime.fromisoformat(kept["created"]),
        language=language(row.language),
        house=House.from_record(kept["house"]),
    )
