"""Reading a form: from what a person gave to values a document is made from."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.campaigns.periods import Span
from core.documents.errors import InvalidForm
from core.documents.schemas import Variable, VariableKind
from core.i18n import Language, mark

_MISSING = mark("{label}: please fill this in.")
MAX_PERIOD_DAYS = 3 * 366
MAX_NUMBER = Decimal(10) ** 12
MAX_PERCENT = 1000
MAX_ROWS = 60
MAX_LINE = 300
_UNPRINTABLE = ("Cc", "Cs", "Co")  # control, half a pair, and what nobody has given a meaning
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOST = 2**63  # above every number the warehouse can hold


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that the template does not take, and what to do about it."""

    name: str  # of the variable
    label: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def is_missing(self) -> bool:
        """Whether nothing was given at all."""
        return self.message == _MISSING

    def sentence(self, t: Language) -> str:
        """The sentence under the field, naming it."""
        told = {key: t(value) if key == "column" else value for key, value in self.data.items()}
        return t(self.message, label=t(self.label), **told)


class _Refused(Exception):
    """A reader's way to say what is wrong with one value."""

    def __init__(self, message: str, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class _RefusedCell(_Refused):
    """What is wrong with one cell of a table; the sentence names the row and the column."""

    def __init__(self, refused: _Refused, column: str, row: int) -> None:
        about = {**refused.data, "column": column, "row": row}
        super().__init__(_IN_A_TABLE.get(refused.message, _CELL_AT_FAULT), **about)


_CELL_AT_FAULT = mark("{label}: row {row}, “{column}” cannot be read.")
_IN_A_TABLE = {
    _MISSING: mark("{label}: row {row} lacks “{column}”."),
    "{label}: this must be a number.": mark("{label}: row {row}, “{column}” must be a number."),
    "{label}: this must be a number from {minimum} on.": mark(
        "{label}: row {row}, “{column}” must be a number from {minimum} on."
    ),
    "{label}: this must be a day such as 2026-09-30.": mark(
        "{label}: row {row}, “{column}” must be a day such as 2026-09-30."
    ),
}


def check(variables: Sequence[Variable], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values as plain JSON, or :class:`InvalidForm` naming every field at fault.

    Text is trimmed, a period becomes ISO dates, numbers become decimal strings, and what
    the template does not ask for is dropped.
    """
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for variable in variables:
        try:
            values[variable.name] = _read(variable, raw.get(variable.name))
        except _Refused as refused:
            faults.append(Fault(variable.name, variable.label, refused.message, refused.data))
    if faults:
        raise InvalidForm(faults=faults)
    return values


def period_of(value: Mapping[str, str]) -> Span:
    """A checked period value as days."""
    return Span(date.fromisoformat(value["start"]), date.fromisoformat(value["end"]))


def number_of(value: str | None) -> Decimal | None:
    """A checked number value."""
    return None if value is None else Decimal(value)


def faults_of(variables: Sequence[Variable], raw: Mapping[str, Any]) -> list[Fault]:
    """What the form would mark; nothing when all of it can be read."""
    try:
        check(variables, raw)
    except InvalidForm as refused:
        return list(refused.data["faults"])
    return []


def _read(variable: Variable, value: Any) -> Any:
    """One value, checked by its kind; an optional one may be absent."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value in ("", [], ()):
        if variable.required:
            raise _Refused(_MISSING)
        return [] if variable.kind in _MANY else None
    return _READERS[variable.kind](variable, value)


def _read_text(variable: Variable, value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused(mark("{label}: this must be text."))
    if len(value) > variable.max_length:
        raise _Refused(
            mark("{label}: at most {limit} characters, these are {length}."),
            limit=variable.max_length,
            length=len(value),
        )
    text = _printable(value)
    if variable.kind is VariableKind.LONG_TEXT:
        return text
    if "\n" in text:
        raise _Refused(mark("{label}: this must be one line."))
    return " ".join(text.split())


def _printable(value: str) -> str:
    """Refuse characters that no document can hold; line ends are kept."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(char) in _UNPRINTABLE and char not in "\n\t" for char in text):
        raise _Refused(mark("{label}: remove the invisible control characters."))
    return text


def _read_number(variable: Variable, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _Refused(mark("{label}: this must be a number.")) from None
    is_readable = number.is_finite() and abs(number) <= MAX_NUMBER
    if variable.minimum is None and not (is_readable and number > 0):
        raise _Refused(mark("{label}: this must be a number above zero."))
    if variable.minimum is not None and not (is_readable and number >= variable.minimum):
        raise _Refused(
            mark("{label}: this must be a number from {minimum} on."), minimum=variable.minimum
        )
    return format(number, "f")


def _read_percent(variable: Variable, value: Any) -> str:
    number = _read_number(variable, value)
    if Decimal(number) > MAX_PERCENT:
        raise _Refused(mark("{label}: at most {limit}%."), limit=MAX_PERCENT)
    return number


def _read_date(_variable: Variable, value: Any) -> str:
    try:
        return _day(value).isoformat()
    except (TypeError, ValueError):
        raise _Refused(mark("{label}: this must be a day such as 2026-09-30.")) from None


def _read_choice(variable: Variable, value: Any) -> str:
    known = [option.value for option in variable.options]
    if value not in known:
        raise _Refused(mark("{label}: choose one of {known}."), known=", ".join(known))
    return str(value)


def _read_list(variable: Variable, value: Any) -> list[str]:
    lines = value.split("\n") if isinstance(value, str) else value
    if not isinstance(lines, list | tuple) or not all(isinstance(line, str) for line in lines):
        raise _Refused(mark("{label}: this must be a list of texts."))
    _require_at_most(len(lines))
    kept = [line for line in lines if line.strip()]
    one = replace(variable, kind=VariableKind.TEXT, max_length=MAX_LINE)
    if not kept and variable.required:
        raise _Refused(_MISSING)
    return [_read_text(one, line.strip()) for line in kept]


def _read_table(variable: Variable, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise _Refused(mark("{label}: this must be a table, a row for each line."))
    _require_at_most(len(value))
    filled = [row for row in value if any(cell not in (None, "") for cell in row.values())]
    if not filled and variable.required:
        raise _Refused(_MISSING)
    return [_read_row(variable, row, number) for number, row in enumerate(filled, start=1)]


def _read_row(variable: Variable, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One row, cell by cell; a fault names the row and the column."""
    values: dict[str, Any] = {}
    for column in variable.columns:
        cell = Variable(
            column.name, column.kind, column.label, column.required, max_length=MAX_LINE, minimum=0
        )
        try:
            values[column.name] = _read(cell, row.get(column.name))
        except _Refused as refused:
            raise _RefusedCell(refused, column.label, number) from None
    return values


def _require_at_most(count: int) -> None:
    if count > MAX_ROWS:
        raise _Refused(mark("{label}: at most {limit} lines."), limit=MAX_ROWS)


def _read_person(_variable: Variable, value: Any) -> dict[str, Any]:
    """A name by itself, or a name with an e-mail address and a role."""
    given = {"name": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping):
        raise _Refused(mark("{label}: give the person's name."))
    name = _part(given, "name", required=True)
    email = given.get("email")
    address = None if email in (None, "") else _read_address(_variable, email)
    return {"name": name, "email": address, "role": _part(given, "role")}


def _read_course(_variable: Variable, value: Any) -> dict[str, Any]:
    """A title by itself, or a title with code, first and last day."""
    given = {"title": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping):
        raise _Refused(mark("{label}: choose a course."))
    days: dict[str, Any] = {}
    for name in ("starts_on", "ends_on"):
        day = given.get(name)
        days[name] = None if day in (None, "") else _read_date(_variable, day)
    return {"title": _part(given, "title", required=True), "code": _part(given, "code"), **days}


def _part(given: Mapping[str, Any], name: str, required: bool = False) -> str | None:
    value = given.get(name)
    if value in (None, ""):
        if required:
            raise _Refused(_MISSING)
        return None
    line = Variable(name, VariableKind.TEXT, name, max_length=MAX_LINE)
    return _read_text(line, value.strip() if isinstance(value, str) else value)


def _read_address(_variable: Variable, value: Any) -> str:
    if not (isinstance(value, str) and len(value) <= 254 and _ADDRESS.fullmatch(value)):
        raise _Refused(mark("{label}: this must be an e-mail address such as ana@example.org."))
    return value


def _read_campaigns(_variable: Variable, value: Any) -> list[int]:
    if not isinstance(value, list | tuple) or not all(map(_is_id, value)):
        raise _Refused(mark("{label}: choose campaigns from the list."))
    return sorted(set(value))


def _is_id(item: Any) -> bool:
    return type(item) is int and 0 <= item < _MOST


def _read_period(_variable: Variable, value: Any) -> dict[str, str]:
    start, end = _two_days(value)
    if end < start:
        raise _Refused(mark("{label}: the last day is before the first."))
    if (end - start).days >= MAX_PERIOD_DAYS:
        raise _Refused(mark("{label}: at most three years, please."))
    return {"start": start.isoformat(), "end": end.isoformat()}


def _two_days(value: Any) -> tuple[date, date]:
    if isinstance(value, Mapping):
        value = (value.get("start"), value.get("end"))
    try:
        start, end = (_day(item) for item in value)
    except (TypeError, ValueError):
        raise _Refused(mark("{label}: choose the first and the last day.")) from None
    return start, end


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _read_currency(_variable: Variable, value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()):
        raise _Refused(mark("{label}: this must be a three-letter code such as EUR."))
    return value


_MANY = (VariableKind.CAMPAIGNS, VariableKind.LIST, VariableKind.TABLE)
_READERS: dict[VariableKind, Callable[[Variable, Any], Any]] = {
    VariableKind.TEXT: _read_text,
    VariableKind.LONG_TEXT: _read_text,
    VariableKind.NUMBER: _read_number,
    VariableKind.CAMPAIGNS: _read_campaigns,
    VariableKind.PERIOD: _read_period,
    VariableKind.CURRENCY: _read_currency,
    VariableKind.MONEY: _read_number,
    VariableKind.PERCENT: _read_percent,
    VariableKind.DATE: _read_date,
    VariableKind.CHOICE: _read_choice,
    VariableKind.LIST: _read_list,
    VariableKind.TABLE: _read_table,
    VariableKind.COURSE: _read_course,
    VariableKind.PERSON: _read_person,
    VariableKind.ADDRESS: _read_address,
}
