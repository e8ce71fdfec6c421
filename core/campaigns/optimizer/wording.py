"""Suggestions in words and as plain data: remarks in a reader's language, answers as JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.campaigns.optimizer.suggestion import Amount, Answer, Measure, Remark
from core.i18n import Language


def say(remark: Remark, t: Language, currency: str) -> str:
    """A remark in the reader's language, with numbers, days and money written their way."""
    values = {key: _say(value, t, currency) for key, value in remark.values.items()}
    return t(remark.message, **values)


def _say(value: Any, t: Language, currency: str) -> str:
    """One value of a remark; a list is joined with commas."""
    match value:
        case Remark():
            return say(value, t, currency)
        case Amount():
            return amount(value, t, currency)
        case date():
            return t.date(value)
        case int() | float():
            return t.number(value)
        case list() | tuple():
            return ", ".join(_say(one, t, currency) for one in value)
        case _:
            return str(value)


def amount(value: Amount, t: Language, currency: str) -> str:
    """A number by what it measures: an amount of money, a percentage, a multiple, a count."""
    match value.measure:
        case Measure.MONEY:
            return t.money(value.value, currency, value.digits or None)
        case Measure.SHARE:
            return t.percent(value.value, value.digits)
        case Measure.MULTIPLE:
            return f"{t.number(value.value, value.digits or 2)} ×"
        case Measure.COUNT:
            return t.number(value.value, value.digits)


def as_plain(answer: Answer | Remark) -> dict[str, Any]:
    """An answer or a remark as values that JSON can hold.

    Days are in ISO 8601; a remark is its message and values.
    """
    plain: dict[str, Any] = _plain(answer)
    return plain


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def as_remark(plain: Mapping[str, Any]) -> Remark:
    """The remark that :func:`as_plain` made plain; amounts and remarks among its values too."""
    return Remark(plain["message"], {key: _value(one) for key, one in plain["values"].items()})


def _value(plain: Any) -> Any:
    match plain:
        case {"message": str(), "values": dict()}:
            return as_remark(plain)
        case {"value": value, "measure": measure, "digits": digits}:
            return Amount(value, Measure(measure), digits)
        case list():
            return [_value(one) for one in plain]
        case _:
            return plain
