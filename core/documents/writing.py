"""What the sentences and tables of a document from a form are written from."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.documents.figures import Source
from core.documents.ledger import Ledger, Unit
from core.documents.model import Block, Bullets, Clause, Column, Paragraph, Table, TextStyle
from core.documents.references import pieces_of
from core.i18n import NO_CURRENCY, Language

FORM = "form"  # the ledger's key of figures that were typed, or computed from what was


@dataclass(frozen=True, slots=True)
class Writing:
    """A form's values, the words of a language, and the ledger that remembers each figure."""

    t: Language
    ledger: Ledger
    values: Mapping[str, Any]
    made_on: date

    def text(self, name: str) -> str:
        """A value that is text; nothing for one that was left empty."""
        return str(self.values.get(name) or "")

    def number(self, name: str) -> Decimal | None:
        """A value that is a number."""
        value = self.values.get(name)
        return None if value is None else Decimal(value)

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list, or of a long text."""
        value = self.values.get(name) or ()
        given = value.split("\n") if isinstance(value, str) else value
        return tuple(line.strip() for line in given if line.strip())

    def rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a table that was typed."""
        return self.values.get(name) or ()

    def person(self, name: str) -> str:
        """A person's name, with the role where it is known."""
        value = self.values.get(name) or {}
        return ", ".join(part for part in (value.get("name"), value.get("role")) if part)

    def day(self, name: str) -> str:
        """A day that was typed, in words."""
        return self.of_day(self.values.get(name))

    def of_day(self, value: str | None) -> str:
        """A day of a typed table, in words."""
        day = None if value is None else date.fromisoformat(value)
        return self.ledger.label(self.t.date(day, "long"))

    def money(self, name: str, value: Decimal | None, formula: str = "", aspect: str = "") -> str:
        """An amount, remembered; whole ones lose their cents."""
        is_whole = value is not None and value == value.to_integral_value()
        return self.ledger.say(
            name,
            value,
            Unit.MONEY,
            FORM,
            aspect=aspect,
            formula=formula,
            digits=0 if is_whole else 2,
        )

    def share(self, name: str, value: Decimal | None, formula: str = "") -> str:
        """A share (0.21), remembered, without a decimal it does not need."""
        is_whole = value is not None and (value * 100) == (value * 100).to_integral_value()
        return self.ledger.say(
            name, value, Unit.SHARE, FORM, formula=formula, digits=0 if is_whole else 1
        )

    def count(self, name: str, value: Decimal | int | None, formula: str = "") -> str:
        """A count, remembered."""
        return self.ledger.say(name, value, Unit.COUNT, FORM, formula=formula)


def started(t: Language, values: Mapping[str, Any], made_on: date) -> Writing:
    """A document's writing with a ledger of its own, whose one source is the form."""
    ledger = Ledger(t, str(values.get("currency") or NO_CURRENCY), {FORM: form_source(values)})
    return Writing(t, ledger, values, made_on)


def form_source(values: Mapping[str, Any]) -> Source:
    """The form as a source: its values as canonical JSON, and the checksum of that."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    checksum = hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()
    return Source("form", tuple(sorted(values)), len(values), checksum)


def typed(writing: Writing, name: str, style: TextStyle = TextStyle.BODY) -> tuple[Block, ...]:
    """A long text as paragraphs, one for each line."""
    return tuple(Paragraph(line, style) for line in writing.lines(name))


def listed(writing: Writing, name: str) -> tuple[Block, ...]:
    """A list as bullets; nothing where it is empty."""
    lines = writing.lines(name)
    return (Bullets(lines),) if lines else ()


def told(*sentences: str, style: TextStyle = TextStyle.BODY) -> tuple[Block, ...]:
    """A paragraph of the sentences that there are."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return (Paragraph(text, style),) if text else ()


def text_table(
    writing: Writing, name: str, caption: str, columns: Sequence[tuple[str, str, float]]
) -> tuple[Block, ...]:
    """A typed table of words and days: (key, title, width) of each column; none when empty."""
    rows = writing.rows(name)
    if not rows:
        return ()
    cells = tuple(tuple(_cell(writing, row.get(key)) for key, _, _ in columns) for row in rows)
    heads = tuple(Column(title, width) for _, title, width in columns)
    return (Table(caption, heads, cells),)


def _cell(writing: Writing, value: str | None) -> str:
    """A cell as it was typed; a day in the words of the language."""
    if value is None:
        return ""
    is_day = len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit()
    return writing.of_day(value) if is_day else value


def clause(title: str, key: str = "") -> Clause:
    """The title of a numbered clause."""
    return Clause(key, 1, (title,))


def under(text: str, key: str = "") -> Clause:
    """A numbered sentence under a clause; references in it become numbers later."""
    return Clause(key, 2, pieces_of(text))
