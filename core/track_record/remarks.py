"""Remarks as values that the records can hold, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.campaigns.optimizer.suggestion import Amount, Measure, Remark


def as_plain(remark: Remark) -> dict[str, Any]:
    """A remark as its message and values, which say what they are where JSON would not."""
    return {
        "message": remark.message,
        "values": {key: _plain(value) for key, value in remark.values.items()},
    }


def read(plain: Mapping[str, Any]) -> Remark:
    """The remark of :func:`as_plain`."""
    return Remark(plain["message"], {key: _read(one) for key, one in plain["values"].items()})


def _plain(value: Any) -> Any:
    match value:
        case Remark():
            return as_plain(value)
        case Amount():
            return {"amount": [value.value, value.measure.value, value.digits]}
        case date():
            return {"day": value.isoformat()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _read(value: Any) -> Any:
    match value:
        case {"message": _}:
            return read(value)
        case {"amount": [number, measure, digits]}:
            return Amount(number, Measure(measure), digits)
        case {"day": day}:
            return date.fromisoformat(day)
        case list():
            return [_read(one) for one in value]
        case _:
            return value
