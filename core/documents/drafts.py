"""What a document's builder is told, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.documents.ledger import Ledger
from core.documents.model import DocumentModel
from core.i18n import Language


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything a builder is told: the form's values, the template's sections, who and when."""

    values: Mapping[str, Any]
    sections: tuple[str, ...]
    author: str
    created: datetime
    language: Language


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's content, the ledger of what it says, and the generation that was read."""

    model: DocumentModel
    ledger: Ledger
    lake_generation: int
    is_sample: bool  # some of what it tells is made up
