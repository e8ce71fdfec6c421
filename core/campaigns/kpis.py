"""What a campaign's figures say: the nine KPIs, their formulas, and which way is good."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import Language, mark

_LARGEST_PART = 0.999  # a part is never written as the whole


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class Totals:
    """Sums over some campaign days in one currency.

    ``conversions`` and ``revenue`` (the platforms' conversion value) are ``None`` where no
    row reports them. The three ``…_with_…`` sums count only the rows that do report
    conversions or revenue, so that a ratio never divides by days that could not answer.
    """

    impressions: int = 0
    clicks: int = 0
    spend: float = 0.0
    conversions: float | None = None
    revenue: float | None = None
    spend_with_conversions: float = 0.0
    clicks_with_conversions: int = 0
    spend_with_revenue: float = 0.0

    def __add__(self, other: "Totals") -> "Totals":
        """Sum of both; a figure neither reports stays ``None``."""
        return Totals(
            impressions=self.impressions + other.impressions,
            clicks=self.clicks + other.clicks,
            spend=self.spend + other.spend,
            conversions=_plus(self.conversions, other.conversions),
            revenue=_plus(self.revenue, other.revenue),
            spend_with_conversions=self.spend_with_conversions + other.spend_with_conversions,
            clicks_with_conversions=self.clicks_with_conversions + other.clicks_with_conversions,
            spend_with_revenue=self.spend_with_revenue + other.spend_with_revenue,
        )


def _plus(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def roas(figures: Totals) -> float | None:
    """Revenue ÷ spend, over the rows that report revenue; undefined without spend."""
    return _ratio(figures.revenue, figures.spend_with_revenue)


def cpa(figures: Totals) -> float | None:
    """Spend ÷ conversions, over the rows that report conversions; undefined without any."""
    return _ratio(figures.spend_with_conversions, figures.conversions)


def ctr(figures: Totals) -> float | None:
    """Clicks ÷ impressions; undefined without impressions."""
    return _ratio(figures.clicks, figures.impressions)


def cvr(figures: Totals) -> float | None:
    """Conversions ÷ clicks, over the rows that report conversions; undefined without clicks."""
    return _ratio(figures.conversions, figures.clicks_with_conversions)


def relative_change(now: float | None, before: float | None) -> float | None:
    """(now − before) ÷ before; undefined when either is missing or before is zero."""
    if now is None or not before:
        return None
    return now / before - 1


def _ratio(top: float | None, bottom: float | None) -> float | None:
    return None if top is None or not bottom else top / bottom


class Unit(StrEnum):
    """How a KPI is written."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    MULTIPLE = "multiple"


class Good(StrEnum):
    """Which direction of a KPI is good news."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI: its name, formula (both marked for translation), unit and value."""

    key: str
    label: str
    formula: str
    unit: Unit
    good: Good
    value: Callable[[Totals], float | None]
    is_sum: bool = False

    def course(self, figures: Totals | None, days: int) -> float | None:
        """The value for a line over time: a sum per day, so that bins of any width compare."""
        value = self.value(figures) if figures else None
        return value / days if value is not None and self.is_sum else value


SPEND = Kpi(
    "spend",
    mark("Spend"),
    mark("What the platforms report as cost. More or less is neither good nor bad by itself."),
    Unit.MONEY,
    Good.NEITHER,
    lambda figures: figures.spend,
    is_sum=True,
)
REVENUE = Kpi(
    "revenue",
    mark("Revenue"),
    mark("The value of conversions as the platforms attribute it."),
    Unit.MONEY,
    Good.HIGHER,
    lambda figures: figures.revenue,
    is_sum=True,
)
ROAS = Kpi(
    "roas",
    mark("ROAS"),
    mark("Return on ad spend: revenue ÷ spend of rows that report revenue."),
    Unit.MULTIPLE,
    Good.HIGHER,
    roas,
)
CPA = Kpi(
    "cpa",
    mark("CPA"),
    mark(
        "Cost per acquisition: spend of rows that report conversions ÷ conversions. "
        "Lower is better."
    ),
    Unit.MONEY,
    Good.LOWER,
    cpa,
)
CONVERSIONS = Kpi(
    "conversions",
    mark("Conversions"),
    mark("Conversions as the platforms report them; some count fractions."),
    Unit.COUNT,
    Good.HIGHER,
    lambda figures: figures.conversions,
    is_sum=True,
)
CVR = Kpi(
    "cvr",
    mark("CVR"),
    mark("Conversion rate: conversions ÷ clicks of rows that report conversions."),
    Unit.SHARE,
    Good.HIGHER,
    cvr,
)
CLICKS = Kpi(
    "clicks",
    mark("Clicks"),
    mark("Clicks as the platforms report them."),
    Unit.COUNT,
    Good.HIGHER,
    lambda figures: figures.clicks,
    is_sum=True,
)
CTR = Kpi(
    "ctr",
    mark("CTR"),
    mark("Click-through rate: clicks ÷ impressions."),
    Unit.SHARE,
    Good.HIGHER,
    ctr,
)
IMPRESSIONS = Kpi(
    "impressions",
    mark("Impressions"),
    mark("How often the ads were shown. More or less is neither good nor bad by itself."),
    Unit.COUNT,
    Good.NEITHER,
    lambda figures: figures.impressions,
    is_sum=True,
)

HEADLINE = (REVENUE, SPEND, ROAS, CPA)
DETAIL = (CONVERSIONS, CVR, CLICKS, CTR, IMPRESSIONS)
KPIS = HEADLINE + DETAIL


def written(kpi: Kpi, value: float | None, currency: str, t: Language, short: bool = False) -> str:
    """A KPI's value for a reader; ``short`` for headlines ("$881K"), else in full."""
    if kpi.unit is Unit.MONEY:
        return t.short_money(value, currency) if short else t.money(value, currency)
    if kpi.unit is Unit.SHARE:
        return t.percent(value, 2)
    if kpi.unit is Unit.MULTIPLE:
        return t.number(value, 2) + ("×" if value is not None else "")
    if short:
        return t.short_number(value)
    return t.number(value, 0 if value is None or float(value).is_integer() else 1)


def coverage(figures: Totals, t: Language) -> str:
    """Of which part of the spend the ratios speak; empty where they speak of all of it."""
    conversions = _part(figures.conversions, figures.spend_with_conversions, figures.spend, t)
    revenue = _part(figures.revenue, figures.spend_with_revenue, figures.spend, t)
    if conversions and conversions == revenue:
        return t(
            "Conversions and revenue are reported for {share} of the spend only; "
            "CPA, CVR and ROAS cover that part.",
            share=revenue,
        )
    told = []
    if conversions:
        told.append(
            t(
                "Conversions are reported for {share} of the spend only; "
                "CPA and CVR cover that part.",
                share=conversions,
            )
        )
    if revenue:
        told.append(
            t(
                "Revenue is reported for {share} of the spend only; ROAS covers that part.",
                share=revenue,
            )
        )
    return " ".join(told)


def _part(reported: float | None, covered: float, spend: float, t: Language) -> str:
    """The share of the spend that reports a figure; empty for all of it or none."""
    if reported is None or covered >= spend:
        return ""
    return t.percent(min(covered / spend, _LARGEST_PART), 1)
