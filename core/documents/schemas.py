"""Values of documents: what a template asks for, and what the history shows."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.documents.formatting import FormattingRules
from core.documents.models import DocumentType
from core.i18n import Language


class VariableKind(StrEnum):
    """What a variable of a template holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CAMPAIGNS = "campaigns"
    PERIOD = "period"
    CURRENCY = "currency"
    MONEY = "money"
    PERCENT = "percent"  # 21 is 21%
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    TABLE = "table"
    COURSE = "course"
    PERSON = "person"
    ADDRESS = "address"  # of e-mail, one


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; ``label`` is English marked for translation."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table that is typed; ``label`` is English marked for translation."""

    name: str
    kind: VariableKind  # text, number, money, percent or date
    label: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Variable:
    """One blank of a template; ``label`` and ``help`` are English marked for translation."""

    name: str
    kind: VariableKind
    label: str
    required: bool = True
    help: str = ""
    max_length: int = 120
    options: tuple[Option, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    minimum: int | None = None  # of numbers; without one they are above zero

    def as_record(self) -> dict[str, Any]:
        """As plain JSON, the way a template's row keeps it."""
        return {
            "name": self.name,
            "kind": self.kind.value,
            "label": self.label,
            "required": self.required,
            "help": self.help,
            "max_length": self.max_length,
            "options": [asdict(option) for option in self.options],
            "columns": [{**asdict(one), "kind": one.kind.value} for one in self.columns],
            "minimum": self.minimum,
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "Variable":
        """From a template's row."""
        columns = [
            TableColumn(**{**column, "kind": VariableKind(column["kind"])})
            for column in record.get("columns", ())
        ]
        read = {
            "kind": VariableKind(record["kind"]),
            "options": tuple(Option(**option) for option in record.get("options", ())),
            "columns": tuple(columns),
        }
        return cls(**{**record, **read})


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
    rules: FormattingRules
    industry: str | None = None
    tells_campaign_figures: bool = True


@dataclass(frozen=True, slots=True)
class QualityPart:
    """One part of a quality score: what it reached (0–1) and how much it weighs."""

    name: str
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What would make a document better; ``text`` is English marked for translation.

    A misspelling tells the word and a better one; ``better`` is empty where there is none.
    """

    text: str
    place: str
    word: str = ""
    better: str = ""

    def sentence(self, t: Language) -> str:
        """The suggestion in a person's language, naming the word."""
        return t(self.text, word=self.word, better=self.better) if self.word else t(self.text)


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
    formats: tuple[str, ...]  # file endings, the main one first
    satisfaction: int | None
    lake_generation: int
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Download:
    """Where a document's file is, and the name under which a browser keeps it."""

    path: Path
    file_name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A document made again as of then, and whether its canonical form is the one of then."""

    content: bytes
    canonical_sha256: str
    is_same: bool
