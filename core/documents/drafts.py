"""What a document's builder is told, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.documents.formatting import FormattingRules
from core.documents.house import DEFAULT_HOUSE, House
from core.documents.ledger import Ledger
from core.documents.model import DocumentModel
from core.i18n import Language


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything a builder is told: the form's values, the rules, who, when, in which style."""

    values: Mapping[str, Any]
    rules: FormattingRules
    author: str
    created: datetime
    language: Language
    house: House = DEFAULT_HOUSE

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, in order."""
        return self.rules.sections


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's content, the ledger of what it says, and the generation that was read.

    ``lake_generation`` is 0 for a document that reads nothing from the warehouse.
    """

    model: DocumentModel
    ledger: Ledger
    lake_generation: int
    is_sample: bool  # some of what it tells is made up
