"""How a document is formatted: the template's rules, and what was chosen for one document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Annex(StrEnum):
    """How a document names its sources on paper; the file carries the whole ledger anyway."""

    FULL = "full"  # each figure with its query and checksum
    SHORT = "short"  # where the figures come from
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FormattingRules:
    """The sections in their order, and which parts stand around them."""

    sections: tuple[str, ...]
    has_cover: bool = False
    has_contents: bool = False
    annex: Annex = Annex.FULL
    pages: tuple[str, ...] = ()  # sections that start on a page of their own

    def as_record(self) -> dict[str, Any]:
        """As plain JSON, the way a template's row keeps it."""
        return {
            "sections": list(self.sections),
            "has_cover": self.has_cover,
            "has_contents": self.has_contents,
            "annex": self.annex.value,
            "pages": list(self.pages),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "FormattingRules":
        """From a template's row; one of the first version names its sections only."""
        return cls(
            sections=tuple(record["sections"]),
            has_cover=record.get("has_cover", False),
            has_contents=record.get("has_contents", False),
            annex=Annex(record.get("annex", Annex.FULL)),
            pages=tuple(record.get("pages", ())),
        )


def customised(rules: FormattingRules, chosen: Mapping[str, Any]) -> FormattingRules:
    """The rules with what was chosen for one document: parts around it, sections left out."""
    left_out = set(chosen.get("left_out", ()))
    return replace(
        rules,
        sections=tuple(name for name in rules.sections if name not in left_out),
        has_cover=bool(chosen.get("has_cover", rules.has_cover)),
        has_contents=bool(chosen.get("has_contents", rules.has_contents)),
        annex=Annex(chosen.get("annex", rules.annex)),
    )
