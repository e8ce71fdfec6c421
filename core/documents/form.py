"""Reading a form: from what a person gave to values a document is made from."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.campaigns.periods import Span
from core.documents.errors import InvalidForm
from core.documents.schemas import Variable, VariableKind
from core.i18n import Language, mark

MAX_PERIOD_DAYS = 3 * 366
MAX_NUMBER = Decimal(10) ** 12
_MOST = 2**63  # above every number the warehouse can hold


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that the template does not take, and what to do about it."""

    name: str  # of the variable
    label: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)

    def sentence(self, t: Language) -> str:
        """The sentence under the field, naming it."""
        return t(self.message, label=t(self.label), **self.data)


class _Refused(Exception):
    """A reader's way to say what is wrong with one value."""

    def __init__(self, message: str, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


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


def _read(variable: Variable, value: Any) -> Any:
    """One value, checked by its kind; an optional one may be absent."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value in ("", [], ()):
        if variable.required:
            raise _Refused(mark("{label}: please fill this in."))
        return [] if variable.kind is VariableKind.CAMPAIGNS else None
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
    return " ".join(text.split()) if variable.kind is VariableKind.TEXT else text


def _printable(value: str) -> str:
    """Refuse characters that no document can hold; line ends are kept."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        raise _Refused(mark("{label}: remove the invisible control characters."))
    return text


def _read_number(_variable: Variable, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _Refused(mark("{label}: this must be a number.")) from None
    if not number.is_finite() or not 0 < number <= MAX_NUMBER:
        raise _Refused(mark("{label}: this must be a number above zero."))
    return format(number, "f")


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


_READERS: dict[VariableKind, Callable[[Variable, Any], Any]] = {
    VariableKind.TEXT: _read_text,
    VariableKind.LONG_TEXT: _read_text,
    VariableKind.NUMBER: _read_number,
    VariableKind.CAMPAIGNS: _read_campaigns,
    VariableKind.PERIOD: _read_period,
    VariableKind.CURRENCY: _read_currency,
}
