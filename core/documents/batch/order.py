"""What a batch is made with: fixed when it begins, so that one taken up again goes on the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.documents.drafts import Assignment
from core.documents.formatting import FormattingRules
from core.documents.house import House
from core.documents.models import DocumentType
from core.documents.schemas import Variable
from core.i18n import language

_KEPT = "order.json"


@dataclass(frozen=True, slots=True)
class Order:
    """A template with everything else that is the same for every row."""

    slug: str
    version: int
    document_type: DocumentType
    variables: tuple[Variable, ...]
    rules: FormattingRules
    ending: str
    language: str  # of rows that name none
    words: str  # the language in which reasons are told
    author: str
    created: datetime
    house: House

    def assignment(self, values: Mapping[str, Any], code: str) -> Assignment:
        """What a builder is told for one row."""
        return Assignment(values, self.rules, self.author, self.created, language(code), self.house)

    def as_record(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "slug": self.slug,
            "version": self.version,
            "document_type": self.document_type.value,
            "variables": [one.as_record() for one in self.variables],
            "rules": self.rules.as_record(),
            "ending": self.ending,
            "language": self.language,
            "words": self.words,
            "author": self.author,
            "created": self.created.isoformat(),
            "house": self.house.as_record(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Order":
        """From what was kept."""
        read = {
            "document_type": DocumentType(record["document_type"]),
            "variables": tuple(Variable.from_record(one) for one in record["variables"]),
            "rules": FormattingRules.from_record(record["rules"]),
            "created": datetime.fromisoformat(record["created"]),
            "house": House.from_record(record["house"]),
        }
        return cls(**{**record, **read})


def begun(folder: Path, order: Order, rows: bytes) -> Order:
    """The order this folder was begun with, if it is the same but for moment and house style.

    Otherwise the folder is emptied of what another order made and begun with this one.
    """
    path = folder / _KEPT
    wanted = _mark(order, rows)
    if path.is_file():
        kept = json.loads(path.read_bytes())
        if kept["mark"] == wanted:
            return Order.from_record(kept["order"])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*"):
        old.unlink()
    content = json.dumps({"mark": wanted, "order": order.as_record()})
    unfinished = folder / f".{_KEPT}.part"
    unfinished.write_text(content, encoding="utf-8")
    unfinished.replace(path)
    return order


def _mark(order: Order, rows: bytes) -> str:
    same = {**order.as_record(), "created": "", "house": ""}
    told = json.dumps(same, sort_keys=True).encode()
    return hashlib.sha256(told + b"\0" + rows).hexdigest()
