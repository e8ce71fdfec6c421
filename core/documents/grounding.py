"""Checks that every number a reader sees is in the ledger or was typed into the form.

It reads the finished text again, as a stranger would, and shares nothing with the code
that wrote it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import numbers as babel_numbers

from core.i18n import NO_CURRENCY

_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")
_GROUP = {"en": ",", "es": "."}
_DECIMAL = {"en": ".", "es": ","}


@dataclass(frozen=True, slots=True)
class Said:
    """One number in the text: its value, its decimals, what kind it is, and where it stands."""

    text: str
    value: Decimal
    decimals: int
    kind: str  # money, share or plain
    place: str
    context: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the text may say: known values by kind, and names that may hold digits."""

    values: Mapping[str, tuple[Decimal, ...]]  # sorted
    names: re.Pattern[str] | None
    currency: str
    language: str


def ungrounded(texts: Iterable[tuple[str, str]], grounds: Grounds) -> tuple[list[Said], int]:
    """The numbers without a source, and how many numbers were looked at.

    ``texts`` are (place, text). A number is grounded when a known value of its kind rounds
    to it; one that is part of a known name or day is not a figure at all.
    """
    lost: list[Said] = []
    count = 0
    for place, text in texts:
        if not any(char.isdigit() for char in text):
            continue
        said = list(numbers_in(place, text, grounds))
        count += len(said)
        doubtful = [number for number in said if not _is_known(number, grounds)]
        if doubtful:
            rest = grounds.names.sub(" ", text) if grounds.names else text
            remaining = numbers_in(place, rest, grounds)
            lost.extend(number for number in remaining if not _is_known(number, grounds))
    return lost, count


def grounds_of(
    records: Iterable[Mapping[str, Any]],
    names: Iterable[str],
    typed: Iterable[Any],
    currency: str,
    language: str,
) -> Grounds:
    """Collect what may be said from a ledger's records, its labels, and the form's values."""
    values: dict[str, set[Decimal]] = {"money": set(), "share": set(), "plain": set()}
    for record in records:
        for figure in record["figures"]:
            known = values.get(figure["unit"], values["plain"])
            known.update(abs(Decimal(value)) for value in figure["values"] if value is not None)
    words = [*names, *_strings(typed)]
    for number in _numbers(words):
        for known in values.values():
            known.add(number)
    pattern = _pattern(word for word in words if any(char.isdigit() for char in word))
    ordered = {kind: tuple(sorted(known)) for kind, known in values.items()}
    return Grounds(ordered, pattern, currency, language)


def numbers_in(place: str, text: str, grounds: Grounds) -> Iterator[Said]:
    """Every number in a text, read as its language writes them."""
    group, point = _GROUP[grounds.language], _DECIMAL[grounds.language]
    for match in _NUMBER.finditer(text):
        plain = re.sub(r"[\u00a0\u202f]", "", match.group()).replace(group, "")
        whole, _, fraction = plain.partition(point)
        digits = fraction.replace(point, "").replace(group, "")
        value = Decimal(f"{whole or 0}.{digits}" if digits else whole)
        kind = _kind(text, match, grounds)
        around = text[max(0, match.start() - 40) : match.end() + 40]
        yield Said(match.group(), value, len(digits), kind, place, around)


def _is_known(said: Said, grounds: Grounds) -> bool:
    """Whether a known value of the kind, rounded to as many decimals, is this number."""
    scale = Decimal(100) if said.kind == "share" else Decimal(1)
    half = Decimal("0.5").scaleb(-said.decimals)
    kinds = [said.kind]
    if said.kind == "plain" and grounds.currency == NO_CURRENCY:
        kinds.append("money")  # without a currency an amount is written bare
    low, high = (said.value - half) / scale, (said.value + half) / scale
    return any(_holds(grounds.values[kind], low, high) for kind in kinds)


def _holds(ordered: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    """Whether a sorted list has a value from ``low`` to ``high``."""
    first = bisect_left(ordered, low)
    return first < len(ordered) and ordered[first] <= high


def _kind(text: str, match: re.Match[str], grounds: Grounds) -> str:
    before, after = text[: match.start()], text[match.end() :]
    after = after.lstrip("\u00a0\u202f ")
    if after.startswith("%"):
        return "share"
    symbol = babel_numbers.get_currency_symbol(grounds.currency, locale=grounds.language)
    marks = (symbol, grounds.currency)
    if before.rstrip("\u00a0\u202f -−+").endswith(marks) or after.startswith(marks):
        return "money"
    return "plain"


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield from _strings(value.values())
        elif isinstance(value, list | tuple):
            yield from _strings(value)
        elif value is not None:
            yield from (line for line in str(value).split("\n") if line.strip())


def _numbers(words: Iterable[str]) -> Iterator[Decimal]:
    """The words that are a number by themselves, as the form keeps them."""
    for word in words:
        if re.fullmatch(r"\d+(\.\d+)?", word):
            yield Decimal(word)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first, and never inside a longer number."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    if not ordered:
        return None
    alternatives = "|".join(re.escape(name) for name in ordered)
    return re.compile(rf"(?<![\d.,])(?:{alternatives})(?!\d|[.,]\d)")
