"""Values of documents: what a template asks for, and what the history shows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.documents.models import DocumentType


class VariableKind(StrEnum):
    """What a variable of a template holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CAMPAIGNS = "campaigns"
    PERIOD = "period"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Variable:
    """One blank of a template; ``label`` and ``help`` are English marked for translation."""

    name: str
    kind: VariableKind
    label: str
    required: bool = True
    help: str = ""
    max_length: int = 120

    def as_record(self) -> dict[str, Any]:
        """As plain JSON, the way a template's row keeps it."""
        return {
            "name": self.name,
            "kind": self.kind.value,
            "label": self.label,
            "required": self.required,
            "help": self.help,
            "max_length": self.max_length,
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "Variable":
        """From a template's row."""
        return cls(**{**record, "kind": VariableKind(record["kind"])})


@dataclass(frozen=True, slots=True)
class TemplateSummary:
    """A template as the form needs it."""

    template_id: int
    slug: str
    name: str  # English, marked for translation in the templates of the product
    document_type: DocumentType
    languages: tuple[str, ...]
    variables: tuple[Variable, ...]
    is_sample: bool


@dataclass(frozen=True, slots=True)
class QualityPart:
    """One part of a quality score: what it reached (0–1) and how much it weighs."""

    name: str
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A finished document as the history shows it."""

    document_id: int
    job_id: int | None
    title: str
    template_name: str
    owner_name: str
    is_own: bool
    language: str
    created_at: datetime
    generation_time_seconds: Decimal
    quality_score: Decimal
    quality_parts: tuple[QualityPart, ...]
    size_bytes: int
    satisfaction: int | None
    lake_generation: int
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Download:
    """Where a document's file is, and the name under which a browser keeps it."""

    path: Path
    file_name: str
    media_type: str
