"""What a person says about the files of one import, where the files leave it open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from core.errors import AppError
from core.i18n import mark

_RATE = re.compile(r"^([A-Z]{3})/([A-Z]{3})=(\d+(?:\.\d+)?)$")


class BadRate(AppError):
    """A rate of exchange that is not written as one, or is not above zero."""

    code = "bad_rate"
    status = 422
    message = mark("{rate} is not a rate of exchange. Write it as EUR/USD=1.08.")


class DateOrder(StrEnum):
    """Which of day and month comes first in dates such as 03/04/2025."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of ``currency`` is ``rate`` units of ``target``."""

    currency: str
    target: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Choices:
    """Nothing is chosen by default: dates that may be two things are refused, money is kept.

    ``mappings`` say of files that nobody knows what their columns mean: by the signature of
    the columns, our columns and the file's. ``sheets`` are the sheets to read of workbooks that
    have several, by the shown name of the file.
    """

    dates: DateOrder | None = None
    rates: tuple[Rate, ...] = ()
    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)

    def rate(self, currency: str) -> Rate | None:
        """The rate for amounts in a currency, where one was given."""
        return next((rate for rate in self.rates if rate.currency == currency), None)


NOTHING_CHOSEN = Choices()


def read_rate(text: str) -> Rate:
    """A rate as people write it, "EUR/USD=1.08"; raises :class:`BadRate`."""
    match = _RATE.match(text.strip().upper().replace(" ", ""))
    try:
        rate = Decimal(match[3]) if match else Decimal(0)
    except InvalidOperation as fault:
        raise BadRate(rate=text) from fault
    if not match or not 0 < rate < 1_000_000 or match[1] == match[2]:
        raise BadRate(rate=text)
    return Rate(match[1], match[2], rate)


def read_choices(
    given: Mapping[str, Any] | None, mappings: Mapping[str, Mapping[str, Any]]
) -> Choices:
    """The choices of a request: ``dates`` ("dmy" or "mdy"), ``rates`` and ``sheets``."""
    told = given or {}
    dates = DateOrder(told["dates"]) if told.get("dates") else None
    rates = tuple(read_rate(text) for text in told.get("rates", ()))
    return Choices(dates, rates, mappings, told.get("sheets") or {})
