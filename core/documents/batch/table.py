"""A table of values: its headings matched to a template, each row checked like a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.documents.batch.cells import PARTS, value_of
from core.documents.batch.errors import TableNotFitting, TooManyRows
from core.documents.errors import InvalidForm
from core.documents.form import check
from core.documents.schemas import Variable, VariableKind
from core.i18n import LANGUAGES, Language, language, mark
from core.spreadsheet_text import numbered_rows_of
from core.spreadsheet_text import table as written

MOST_ROWS = 10_000
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's cells go: a variable, or one part of it; None is the row's language."""

    variable: Variable | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the number a spreadsheet gives it, its cells, checked only when asked."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One checked row; with faults there are no values."""

    number: int
    language: str
    values: Mapping[str, Any]
    faults: tuple[str, ...]  # sentences


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file whose headings fit a template."""

    variables: Sequence[Variable]
    columns: Sequence[Column]
    entries: Sequence[Entry]
    usual_language: str  # of a row that names none

    def checked(self, t: Language) -> Iterator[Row]:
        """Every row, with its faults in the words of ``t``; one at a time."""
        return (self.row(entry, t) for entry in self.entries)

    def row(self, entry: Entry, t: Language) -> Row:
        """One row, checked by the rules of the form."""
        code, faults = self._language(entry, t)
        if len(entry.cells) > len(self.columns):
            faults.append(t("There are more cells than headings: is a cell with a comma unquoted?"))
        try:
            values = check(self.variables, self._values(entry))
        except InvalidForm as refused:
            faults += [fault.sentence(t) for fault in refused.data["faults"]]
        return Row(entry.number, code, {} if faults else values, tuple(faults))

    def _values(self, entry: Entry) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, cell in zip(self.columns, entry.cells, strict=False):
            if column.variable is None:
                continue
            value = value_of(column.variable, cell) if column.part is None else cell.strip() or None
            name = column.variable.name
            if column.part is None:
                values[name] = value
            elif value is not None:
                parts = values.get(name)
                values[name] = (parts if isinstance(parts, dict) else {}) | {column.part: value}
        return values

    def _language(self, entry: Entry, t: Language) -> tuple[str, list[str]]:
        """The row's language, and the sentence where it is none."""
        for column, cell in zip(self.columns, entry.cells, strict=False):
            code = cell.strip().casefold()
            if column.variable is None and code:
                known = ", ".join(LANGUAGES)
                fault = t("Language “{code}”: choose one of {known}.", code=code, known=known)
                return (code, []) if code in LANGUAGES else (self.usual_language, [fault])
        return self.usual_language, []


def read(data: bytes, variables: Sequence[Variable], usual_language: str, t: Language) -> Table:
    """The table of a CSV file.

    Raises :class:`~core.spreadsheet_text.UnreadableTable`, :class:`TooManyRows`, and
    :class:`TableNotFitting` naming each heading that is unknown, doubled or missing.
    """
    (_, head), *rows = numbered_rows_of(data)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(rows=len(rows), limit=MOST_ROWS)
    columns = _columns(head, variables, t)
    entries = [Entry(number, cells) for number, cells in rows]
    return Table(variables, columns, entries, usual_language)


def blank(variables: Sequence[Variable]) -> bytes:
    """A CSV file to fill in: the headings alone."""
    return written([[LANGUAGE, *(heading for heading, _, _ in _asked(variables))]])


def described(variables: Sequence[Variable], t: Language) -> list[tuple[str, str]]:
    """Each heading and what its cells hold."""
    codes = t("Language of the row's document: {known}", known=", ".join(LANGUAGES))
    told = [(LANGUAGE, t("{label} (optional)", label=codes))]
    return told + [(name, _hint(variable, part, t)) for name, variable, part in _asked(variables)]


def _asked(variables: Sequence[Variable]) -> Iterator[tuple[str, Variable, str]]:
    for variable in variables:
        for part in PARTS.get(variable.kind, ("",)):
            yield f"{variable.name}.{part}" if part else variable.name, variable, part


def _hint(variable: Variable, part: str, t: Language) -> str:
    label = t(variable.label)
    how = _HOW.get(variable.kind)
    told = f"{label} ({part})" if part else label
    if variable.kind is VariableKind.CHOICE:
        told = f"{told}: {', '.join(option.value for option in variable.options)}"
    elif variable.kind is VariableKind.TABLE:
        columns = " | ".join(t(column.label) for column in variable.columns)
        told = f"{told}: {columns}"
    elif how is not None:
        told = f"{told}: {t(how)}"
    return told if variable.required else t("{label} (optional)", label=told)


_HOW = {
    VariableKind.NUMBER: "1200.50",
    VariableKind.MONEY: "1200.50",
    VariableKind.PERCENT: "21",
    VariableKind.DATE: "2026-09-30",
    VariableKind.CURRENCY: "EUR",
    VariableKind.LIST: mark("parted by semicolons"),
    VariableKind.CAMPAIGNS: mark("numbers parted by semicolons"),
}


def _columns(head: Sequence[str], variables: Sequence[Variable], t: Language) -> list[Column]:
    known = _headings(variables)
    columns: list[Column] = []
    faults: list[str] = []
    for heading in head:
        column = known.get(heading.strip().casefold())
        if column is None:
            faults.append(t("“{heading}” is no value of this template.", heading=heading.strip()))
        elif column in columns:
            faults.append(t("“{heading}” stands there twice.", heading=heading.strip()))
        else:
            columns.append(column)
    told = {column.variable.name for column in columns if column.variable}
    faults += [
        t("“{heading}” is missing: {label}.", heading=variable.name, label=t(variable.label))
        for variable in variables
        if variable.required and variable.name not in told
    ]
    if faults:
        raise TableNotFitting(faults=" ".join(faults), sentences=faults)
    return columns


def _headings(variables: Sequence[Variable]) -> dict[str, Column]:
    """Every heading that is understood: labels in any language, names, and names with parts."""
    known: dict[str, Column] = {}
    for variable in variables:
        first = PARTS.get(variable.kind, ("",))[0]
        is_whole = variable.kind is VariableKind.PERIOD or not first
        whole = Column(variable, None if is_whole else first)
        for code in LANGUAGES:
            known.setdefault(language(code)(variable.label).casefold(), whole)
        known[variable.name.casefold()] = whole
        for part in PARTS.get(variable.kind, ()):
            known[f"{variable.name}.{part}".casefold()] = Column(variable, part)
    return known | {LANGUAGE: Column(None)}
