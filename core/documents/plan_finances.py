"""What a business plan says of its money: sentences chosen by the projection, and its tables."""

from decimal import Decimal

from core.documents import projection
from core.documents.charting import money_format
from core.documents.ledger import Unit
from core.documents.model import Block, Chart, ChartKind, Column, Heading, Section, Series, Table
from core.documents.projection import Assumptions, Month, Year
from core.documents.wording import Change, change_of
from core.documents.writing import FORM, Writing, told
from core.i18n import mark

MODEST_SHARE = Decimal("0.05")  # of a market, below which a plan is not ambitious
SHOCK = Decimal("0.8")  # of the planned sales, when risks are tried out
_GROWS = mark("Revenue grows from {first} in the first year to {last} in the third.")
REVENUE = {
    Change.UP: _GROWS,
    Change.FIRST: _GROWS,
    Change.DOWN: mark("Revenue falls from {first} in the first year to {last} in the third."),
    Change.LEVEL: mark("Revenue stays at {first} in each of the three years."),
}
_HUNDRED = Decimal(100)
_PROJECTED = mark("projection of the assumptions over three years")


def assumptions(w: Writing) -> Assumptions:
    """The form's values as the projection takes them."""
    nothing = Decimal(0)
    return Assumptions(
        price=w.number("price") or nothing,
        unit_cost=w.number("unit_cost") or nothing,
        first_month_sales=w.number("first_month_sales") or nothing,
        monthly_growth=(w.number("monthly_growth") or nothing) / _HUNDRED,
        fixed_costs=w.number("fixed_costs") or nothing,
        investment=_invested(w),
        own_funds=w.number("own_funds") or nothing,
    )


def third_year_revenue(w: Writing) -> Decimal:
    """Revenue of the plan's last year."""
    return projection.years(assumptions(w))[-1].revenue


def headline(w: Writing) -> tuple[str, ...]:
    """The sentences that decide: revenue, the month of profit, and what is missing."""
    t, plan = w.t, assumptions(w)
    first, *_, last = projection.years(plan)
    grown = t(
        REVENUE[change_of(last.revenue, first.revenue)],
        first=w.money(mark("Revenue of the first year"), first.revenue, _PROJECTED),
        last=w.money(mark("Revenue of the third year"), last.revenue, _PROJECTED),
    )
    return (grown, _profit(w, plan), _need(w, plan))


def finances(w: Writing) -> Section:
    """Assumptions, three years, the chart, and when costs are covered."""
    t, plan = w.t, assumptions(w)
    blocks: tuple[Block, ...] = (
        Heading(t("What is assumed")),
        _assumed(w, plan),
        Heading(t("Three years")),
        _three_years(w, projection.years(plan)),
        _chart(w, projection.months(plan)),
        Heading(t("Break-even")),
        *told(_break_even(w, plan), _profit(w, plan)),
    )
    return Section("finances", t("Finances"), blocks)


def funding(w: Writing) -> Section:
    """What is invested, what is there, and what is missing."""
    t, plan, ledger = w.t, assumptions(w), w.ledger
    amounts = [Decimal(row["amount"]) for row in w.rows("investment")]
    name = mark("Investment")
    told_amounts = ledger.column(name, amounts, Unit.MONEY, FORM)
    rows = [
        (row["item"], amount)
        for row, amount in zip(w.rows("investment"), told_amounts, strict=True)
    ]
    total = ledger.say(name, plan.investment, Unit.MONEY, FORM, formula=mark("sum of the items"))
    table = Table(
        t("Investment"),
        (Column(t("Item"), 0.7), Column(t("Amount"), 0.3, is_number=True)),
        (*rows, (t("Total"), total)),
        has_total=True,
    )
    return Section(
        "funding", t("Investment and funding"), (table, *told(_need(w, plan), _paid_back(w, plan)))
    )


def sensitivity(w: Writing) -> tuple[str, ...]:
    """What a fifth fewer sales would do to the plan."""
    t, plan = w.t, assumptions(w)
    weaker = Assumptions(
        plan.price,
        plan.unit_cost,
        plan.first_month_sales * SHOCK,
        plan.monthly_growth,
        plan.fixed_costs,
        plan.investment,
        plan.own_funds,
    )
    fewer = w.share(mark("Fewer sales, tried out"), 1 - SHOCK)
    need = projection.cash_need(weaker, projection.months(weaker))
    if not need:
        return (
            t("With {fewer} fewer sales than planned the own funds still suffice.", fewer=fewer),
        )
    amount = w.money(mark("Cash missing with fewer sales"), need, _PROJECTED)
    return (
        t(
            "With {fewer} fewer sales than planned, {amount} would be missing.",
            fewer=fewer,
            amount=amount,
        ),
    )


def _invested(w: Writing) -> Decimal:
    return sum((Decimal(row["amount"]) for row in w.rows("investment")), Decimal(0))


def _profit(w: Writing, plan: Assumptions) -> str:
    month = projection.first_month_in_profit(projection.months(plan))
    if month is None:
        return w.t("On these assumptions no month of the three years covers its costs.")
    if month == 1:
        return w.t("Every month covers its costs from the first one on.")
    said = w.count(mark("First month that covers its costs"), month, _PROJECTED)
    return w.t("Month {month} is the first that covers its costs.", month=said)


def _need(w: Writing, plan: Assumptions) -> str:
    t, need = w.t, projection.cash_need(plan, projection.months(plan))
    own = w.money(mark("Own funds"), plan.own_funds)
    if not need:
        return t("The own funds of {own} suffice; no other money is needed.", own=own)
    amount = w.money(mark("Funding sought"), need, mark("largest shortfall of the projection"))
    if not plan.own_funds:
        return t("The plan needs {amount} of funding.", amount=amount)
    return t(
        "Beyond the own funds of {own} the plan needs {amount} of funding.", own=own, amount=amount
    )


def _paid_back(w: Writing, plan: Assumptions) -> str:
    month = projection.month_paid_back(projection.months(plan), plan.own_funds)
    if month is None:
        return w.t("The investment is not earned back within the three years.")
    said = w.count(mark("Month in which the investment is earned back"), month, _PROJECTED)
    return w.t("The investment is earned back by the end of month {month}.", month=said)


def _break_even(w: Writing, plan: Assumptions) -> str:
    t, sales = w.t, projection.break_even_sales(plan)
    if sales is None:
        return t("Each sale costs more than its price, so more sales do not cover the costs.")
    margin = w.money(
        mark("Left over from one sale"),
        plan.price - plan.unit_cost,
        mark("price − cost of one sale"),
    )
    said = w.count(
        mark("Sales a month that cover the costs"),
        sales,
        mark("fixed costs ÷ left over from one sale"),
    )
    return t(
        "Each sale leaves {margin} over, so {sales} sales a month cover the fixed costs.",
        margin=margin,
        sales=said,
    )


def _assumed(w: Writing, plan: Assumptions) -> Table:
    t = w.t
    rows = (
        (t("Price of one sale"), w.money(mark("Price of one sale"), plan.price)),
        (t("Cost of one sale"), w.money(mark("Cost of one sale"), plan.unit_cost)),
        (
            t("Sales in the first month"),
            w.count(mark("Sales in the first month"), plan.first_month_sales),
        ),
        (
            t("Growth of sales a month"),
            w.share(mark("Growth of sales a month"), plan.monthly_growth),
        ),
        (t("Fixed costs a month"), w.money(mark("Fixed costs a month"), plan.fixed_costs)),
    )
    columns = (Column(t("Assumption"), 0.65), Column(t("Value"), 0.35, is_number=True))
    return Table(t("What is assumed"), columns, rows)


def _three_years(w: Writing, years: tuple[Year, ...]) -> Table:
    t = w.t

    def money(name: str, values: list[Decimal]) -> list[str]:
        return w.ledger.column(name, values, Unit.MONEY, FORM, formula=_PROJECTED, digits=0)

    sales = w.ledger.column(
        mark("Sales"), [y.sales for y in years], Unit.COUNT, FORM, formula=_PROJECTED
    )
    rows = (
        (t("Sales"), *sales),
        (t("Revenue"), *money(mark("Revenue"), [y.revenue for y in years])),
        (
            t("Cost of what is sold"),
            *money(mark("Cost of what is sold"), [y.variable_costs for y in years]),
        ),
        (t("Fixed costs"), *money(mark("Fixed costs"), [y.fixed_costs for y in years])),
        (t("Result before tax"), *money(mark("Result before tax"), [y.result for y in years])),
    )
    numbered = w.ledger.column(mark("Year of the plan"), [1, 2, 3], Unit.COUNT, FORM)
    heads = [Column(t("Year {n}", n=number), 0.22, is_number=True) for number in numbered]
    return Table(t("Three years"), (Column("", 0.34), *heads), rows, has_total=True)


def _chart(w: Writing, months: tuple[Month, ...]) -> Chart:
    """Cash at the end of each quarter, which shows the deepest point."""
    t = w.t
    quarters = [month.cash for month in months[2::3]]
    w.ledger.column(
        mark("Cash at the end of each quarter"), quarters, Unit.MONEY, FORM, formula=_PROJECTED
    )
    name = t("Cash")
    low, high = (t.money(edge(quarters), w.ledger.currency, 0) for edge in (min, max))
    return Chart(
        title=t("Cash at the end of each quarter"),
        alt=t(
            "Columns of cash at the end of each quarter, between {low} and {high}.",
            low=low,
            high=high,
        ),
        kind=ChartKind.COLUMN,
        categories=tuple(w.ledger.label(t("Q{n}", n=n)) for n in range(1, len(quarters) + 1)),
        series=(Series(name, tuple(quarters)),),
        number_format=money_format(w.ledger.currency, t),
        height_mm=58,
    )
