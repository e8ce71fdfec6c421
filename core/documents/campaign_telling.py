"""What every sentence, table and chart of one campaign report is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.campaigns.periods import Span
from core.documents.figures import ReportFigures, Scope
from core.documents.ledger import Ledger, Unit, Value
from core.documents.measures import Measure
from core.documents.wording import relative_change
from core.i18n import Language, mark


@dataclass(frozen=True, slots=True)
class Telling:
    """What every sentence and table of one report is written from."""

    t: Language
    ledger: Ledger
    scope: Scope
    figures: ReportFigures
    values: Mapping[str, Any]

    @property
    def observed(self) -> Span:
        """The days of the period for which there can be data at all."""
        period, figures = self.scope.period, self.figures
        start, end = figures.data_from or period.start, figures.data_until or period.end
        return Span(max(period.start, start), min(period.end, end))

    def now(self, measure: Measure) -> Value:
        """A measure in this period."""
        return measure.value(self.figures.totals)

    def before(self, measure: Measure) -> Value:
        """A measure in the period before, where that one has data throughout."""
        previous = self.figures.previous
        return None if previous is None else measure.value(previous)


def say_now(telling: Telling, measure: Measure) -> str:
    """A measure's total in this period."""
    return _say(telling, measure, telling.now(measure), "totals", mark("this period"))


def say_before(telling: Telling, measure: Measure) -> str:
    """A measure's total in the period before."""
    return _say(telling, measure, telling.before(measure), "previous", mark("period before"))


def say_change(telling: Telling, measure: Measure, magnitude: bool = False) -> str:
    """How much a measure changed, as a share."""
    return telling.ledger.say(
        measure.name,
        relative_change(telling.now(measure), telling.before(measure)),
        Unit.SHARE,
        "totals",
        aspect=mark("change"),
        formula=mark("against the period before"),
        signed=not magnitude,
        magnitude=magnitude,
    )


def _say(telling: Telling, measure: Measure, value: Value, source: str, aspect: str) -> str:
    return telling.ledger.say(
        measure.name,
        value,
        measure.unit,
        source,
        aspect=aspect,
        formula=measure.formula,
        digits=measure.digits,
    )


def average(values: Sequence[Decimal | None], days: int) -> Decimal | None:
    """Sum of what is reported ÷ days; ``None`` when nothing is."""
    reported = [value for value in values if value is not None]
    return sum(reported, Decimal(0)) / days if reported else None
