"""The measures a report tells: name, unit, how each is computed, and why one may be missing."""

from collections.abc import Callable
from dataclasses import dataclass

from core.documents.figures import Measures
from core.documents.ledger import Unit, Value
from core.i18n import mark


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; ``name``, ``formula`` and the reasons are marked for translation."""

    key: str
    name: str
    unit: Unit
    value: Callable[[Measures], Value]
    reason: Callable[[Measures], str]  # why it is undefined, when it is
    formula: str = ""
    digits: int | None = None


def _no(what: str) -> Callable[[Measures], str]:
    return lambda _measures: what


def _roas_reason(measures: Measures) -> str:
    return _NO_REVENUE if measures.revenue is None else mark("nothing was spent")


def _cpa_reason(measures: Measures) -> str:
    return _NO_CONVERSIONS if measures.conversions is None else mark("there were no conversions")


def _cvr_reason(measures: Measures) -> str:
    return _NO_CONVERSIONS if measures.conversions is None else _NO_CLICKS


_NO_REVENUE = mark("the platforms report no revenue")
_NO_CONVERSIONS = mark("the platforms report no conversions")
_NO_CLICKS = mark("there were no clicks")

SPEND = Measure("spend", mark("Spend"), Unit.MONEY, lambda m: m.spend, _no(mark("no spend")))
REVENUE = Measure("revenue", mark("Revenue"), Unit.MONEY, lambda m: m.revenue, _no(_NO_REVENUE))
ROAS = Measure(
    "roas",
    mark("ROAS"),
    Unit.RATIO,
    lambda m: m.roas,
    _roas_reason,
    mark("revenue ÷ spend where revenue is reported"),
)
CONVERSIONS = Measure(
    "conversions", mark("Conversions"), Unit.COUNT, lambda m: m.conversions, _no(_NO_CONVERSIONS)
)
CPA = Measure(
    "cpa",
    mark("CPA"),
    Unit.MONEY,
    lambda m: m.cpa,
    _cpa_reason,
    mark("spend where conversions are reported ÷ conversions"),
)
IMPRESSIONS = Measure(
    "impressions",
    mark("Impressions"),
    Unit.COUNT,
    lambda m: m.impressions,
    _no(mark("the platforms report no impressions")),
)
CLICKS = Measure(
    "clicks",
    mark("Clicks"),
    Unit.COUNT,
    lambda m: m.clicks,
    _no(mark("the platforms report no clicks")),
)
CTR = Measure(
    "ctr",
    mark("CTR"),
    Unit.SHARE,
    lambda m: m.ctr,
    _no(mark("there were no impressions")),
    mark("clicks ÷ impressions"),
    digits=2,
)
CVR = Measure(
    "cvr",
    mark("CVR"),
    Unit.SHARE,
    lambda m: m.cvr,
    _cvr_reason,
    mark("conversions ÷ clicks where conversions are reported"),
    digits=2,
)

HEADLINES = (SPEND, REVENUE, ROAS, CONVERSIONS, CPA)
MEASURES = (*HEADLINES, IMPRESSIONS, CLICKS, CTR, CVR)
