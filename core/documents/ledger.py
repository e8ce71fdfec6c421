"""The ledger: every figure a document says, with the query it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.documents.figures import Source
from core.i18n import Language

Value = int | Decimal | None


class Unit(StrEnum):
    """What a figure counts, from which its format follows."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"  # 0.153, shown as 15.3%
    RATIO = "ratio"  # 3.2, shown as 3.20×


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, or one column of them; ``formula`` says how a derived one was computed.

    ``name``, ``aspect`` and ``formula`` are English marked for translation; ``source`` is
    a key of the ledger's sources, or empty for a constant of the product's rules.
    """

    name: str
    aspect: str
    unit: Unit
    values: tuple[Value, ...]
    source: str
    formula: str = ""


class Ledger:
    """Writes figures for a reader and remembers each one that it wrote."""

    def __init__(self, t: Language, currency: str, sources: Mapping[str, Source]) -> None:
        self.t = t
        self.currency = currency
        self.sources = dict(sources)
        self.figures: list[Figure] = []
        self.labels: list[str] = []  # names and days from the warehouse, which may hold digits

    def say(
        self,
        name: str,
        value: Value,
        unit: Unit,
        source: str,
        *,
        aspect: str = "",
        formula: str = "",
        signed: bool = False,
        magnitude: bool = False,
        digits: int | None = None,
    ) -> str:
        """One figure as text; an undefined one is "–".

        ``signed`` writes a plus, ``magnitude`` drops the sign where the words carry it.
        """
        self._remember(Figure(name, aspect, unit, (value,), source, formula))
        if magnitude and value is not None:
            value = max(value, -value)
        return self._text(value, unit, _digits(unit, [value], digits), signed)

    def exact(self, figure: Figure) -> str:
        """A single figure of the ledger as the list of sources shows it."""
        digits = 2 if figure.unit is Unit.SHARE else None
        (value,) = figure.values
        return self._text(value, figure.unit, _digits(figure.unit, [value], digits), signed=False)

    def column(
        self,
        name: str,
        values: Sequence[Value],
        unit: Unit,
        source: str,
        *,
        aspect: str = "",
        formula: str = "",
        digits: int | None = None,
    ) -> list[str]:
        """A column of figures as text, all with the same number of decimals."""
        self._remember(Figure(name, aspect, unit, tuple(values), source, formula))
        shown = _digits(unit, values, digits)
        return [self._text(value, unit, shown, signed=False) for value in values]

    def label(self, text: str) -> str:
        """A name from the warehouse, remembered because it may hold digits."""
        self.labels.append(text)
        return text

    def day(self, day: date | None) -> str:
        """A day from the warehouse or the form, in the reader's language."""
        return self.label(self.t.date(day))

    def as_records(self) -> list[dict[str, Any]]:
        """The ledger as plain JSON: one entry for each source, holding its figures."""
        keys = [*self.sources, ""]
        return [record for key in keys if (record := self._record(key))["figures"]]

    def of_source(self, key: str) -> list[Figure]:
        """The figures that came from one source."""
        return [figure for figure in self.figures if figure.source == key]

    def _remember(self, figure: Figure) -> None:
        if figure not in self.figures:
            self.figures.append(figure)

    def _record(self, key: str) -> dict[str, Any]:
        source = self.sources.get(key)
        return {
            "source": key,
            "query": source.query if source else "",
            "parameters": _plain(source.parameters) if source else [],
            "rows": source.rows if source else 0,
            "rows_sha256": source.rows_sha256 if source else "",
            "currency": self.currency,
            "figures": [_figure_record(figure) for figure in self.of_source(key)],
        }

    def _text(self, value: Value, unit: Unit, digits: int | None, signed: bool) -> str:
        if unit is Unit.MONEY:
            return self.t.money(value, self.currency, digits)
        if unit is Unit.SHARE:
            return self.t.percent(value, 1 if digits is None else digits, signed=signed)
        times = "×" if unit is Unit.RATIO and value is not None else ""
        return self.t.number(value, digits or 0) + times


def _digits(unit: Unit, values: Iterable[Value], asked: int | None) -> int | None:
    """Decimals for a set of values: conversions are fractions on some platforms."""
    if asked is not None or unit in (Unit.MONEY, Unit.SHARE):
        return asked
    if unit is Unit.RATIO:
        return 2
    return 0 if all(value is None or value == int(value) for value in values) else 1


def _figure_record(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "aspect": figure.aspect,
        "unit": figure.unit.value,
        "formula": figure.formula,
        "values": _plain(figure.values),
    }


def _plain(values: Iterable[Any]) -> list[Any]:
    return [_plain_one(value) for value in values]


def _plain_one(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return _plain(value)
    if value is None or isinstance(value, int):
        return value
    return str(value)
