"""The arithmetic of a business plan: sales, costs and cash month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

MONTHS = 36
MONTHS_OF_A_YEAR = 12
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a plan assumes; money in one currency, ``monthly_growth`` a share."""

    price: Decimal
    unit_cost: Decimal
    first_month_sales: Decimal
    monthly_growth: Decimal
    fixed_costs: Decimal  # a month
    investment: Decimal
    own_funds: Decimal


@dataclass(frozen=True, slots=True)
class Month:
    """One month: sales are counted, the rest is money; ``cash`` is what is there at its end."""

    sales: int
    revenue: Decimal
    costs: Decimal
    cash: Decimal

    @property
    def result(self) -> Decimal:
        """What the month leaves over."""
        return self.revenue - self.costs


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months, added up."""

    sales: int
    revenue: Decimal
    variable_costs: Decimal
    fixed_costs: Decimal

    @property
    def result(self) -> Decimal:
        """What the year leaves over, before tax and finance."""
        return self.revenue - self.variable_costs - self.fixed_costs


def months(plan: Assumptions) -> tuple[Month, ...]:
    """Three years by month. Sales grow by a constant share and are whole."""
    told: list[Month] = []
    cash = plan.own_funds - plan.investment
    for sales in _sales(plan):
        revenue = plan.price * sales
        costs = plan.unit_cost * sales + plan.fixed_costs
        cash += revenue - costs
        told.append(Month(sales, revenue, costs, cash))
    return tuple(told)


def years(plan: Assumptions) -> tuple[Year, ...]:
    """The months added up by year."""
    sales = list(_sales(plan))
    return tuple(
        _year(plan, sum(sales[start : start + MONTHS_OF_A_YEAR]))
        for start in range(0, MONTHS, MONTHS_OF_A_YEAR)
    )


def _year(plan: Assumptions, sales: int) -> Year:
    return Year(
        sales, plan.price * sales, plan.unit_cost * sales, plan.fixed_costs * MONTHS_OF_A_YEAR
    )


def _sales(plan: Assumptions) -> Iterator[int]:
    factor = 1 + plan.monthly_growth
    for month in range(MONTHS):
        yield int((plan.first_month_sales * factor**month).to_integral_value())


def break_even_sales(plan: Assumptions) -> int | None:
    """Sales a month from which costs are covered; ``None`` when each sale loses money."""
    margin = plan.price - plan.unit_cost
    if margin <= 0:
        return None
    return int(-(-plan.fixed_costs // margin))


def first_month_in_profit(told: Sequence[Month]) -> int | None:
    """The number of the first month, from 1, whose result is not negative."""
    return next((n for n, month in enumerate(told, start=1) if month.result >= 0), None)


def month_paid_back(told: Sequence[Month], own_funds: Decimal) -> int | None:
    """The first month, from 1, at whose end the cash is back at the owners' own funds."""
    return next((n for n, month in enumerate(told, start=1) if month.cash >= own_funds), None)


def cash_need(plan: Assumptions, told: Sequence[Month]) -> Decimal:
    """The most that is missing at any month's end, and at the start; zero when nothing is."""
    lowest = min(plan.own_funds - plan.investment, *(month.cash for month in told))
    return max(Decimal(0), -lowest).quantize(_CENT)
