"""From the text of a cell to the value that a form gives for the same variable."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from core.documents.schemas import Variable, VariableKind
from core.i18n import LANGUAGES, language

K = VariableKind
# Parts that stand in columns of their own, such as "buyer.email"; the first may be left unsaid.
PARTS: Mapping[VariableKind, tuple[str, ...]] = {
    K.PERSON: ("name", "email", "role"),
    K.COURSE: ("title", "code", "starts_on", "ends_on"),
    K.PERIOD: ("start", "end"),
}
_NUMBERS = (K.NUMBER, K.MONEY, K.PERCENT)
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")  # three digits could be thousands
_DAYS = re.compile(r"\s*(?:/|\.\.)\s*")
_ID = re.compile(r"\d{1,18}")


def value_of(variable: Variable, text: str) -> Any:
    """The value of one cell; what cannot be read is left for the form's check to name."""
    text = text.strip()
    if not text:
        return None
    if variable.kind in _NUMBERS:
        return _number(text)
    reader = _READERS.get(variable.kind)
    return reader(variable, text) if reader else text


def _number(text: str) -> str:
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text


def _choice(variable: Variable, text: str) -> str:
    """An answer by its value, or by its label in any language."""
    wanted = text.casefold()
    for option in variable.options:
        labels = {language(code)(option.label).casefold() for code in LANGUAGES}
        if wanted in {option.value.casefold(), *labels}:
            return option.value
    return text


def _list(_variable: Variable, text: str) -> list[str]:
    return [one for one in re.split(r"[\n;]", text) if one.strip()]


def _table(variable: Variable, text: str) -> Any:
    """A line for each row, its cells parted by bars in the order of the columns."""
    rows = [line.split("|") for line in text.splitlines() if line.strip()]
    if any(len(cells) > len(variable.columns) for cells in rows):
        return text  # refused as no table
    return [
        {
            column.name: _cell(column.kind, cell)
            for column, cell in zip(variable.columns, cells, strict=False)
        }
        for cells in rows
    ]


def _cell(kind: VariableKind, text: str) -> str:
    return _number(text.strip()) if kind in _NUMBERS else text.strip()


def _campaigns(_variable: Variable, text: str) -> Any:
    ids = [one.strip() for one in text.split(";") if one.strip()]
    return [int(one) for one in ids] if all(map(_ID.fullmatch, ids)) else text


def _period(_variable: Variable, text: str) -> Any:
    days = _DAYS.split(text)
    return {"start": days[0], "end": days[1]} if len(days) == 2 else text


_READERS: Mapping[VariableKind, Callable[[Variable, str], Any]] = {
    K.CHOICE: _choice,
    K.LIST: _list,
    K.TABLE: _table,
    K.CAMPAIGNS: _campaigns,
    K.PERIOD: _period,
}
