"""The proposal: what a client needs, what is offered for it, and at what price."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.documents.ledger import Unit
from core.documents.model import (
    Block,
    Column,
    Paragraph,
    Section,
    Signature,
    Signatures,
    Table,
    TextStyle,
)
from core.documents.writing import FORM, Writing, listed, told, typed
from core.i18n import mark

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
LONG_PROJECT_WEEKS = 12  # from here on the work is checked on the way


@dataclass(frozen=True, slots=True)
class Price:
    """What a proposal costs: the items, less a discount, plus a tax; money in one currency."""

    items: Decimal
    discount: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        """Before tax."""
        return self.items - self.discount

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self.net + self.tax


def price_of(w: Writing) -> Price:
    """The price of the form's items; discount and tax are rounded to cents."""
    items = sum((_amount(row) for row in w.rows("prices")), Decimal(0))
    discount = (items * (w.number("discount") or 0) / _HUNDRED).quantize(_CENT)
    tax = ((items - discount) * (w.number("tax") or 0) / _HUNDRED).quantize(_CENT)
    return Price(items, discount, tax)


def letter(w: Writing) -> Section:
    """To whom, why, and the whole offer in three sentences."""
    t, price = w.t, price_of(w)
    opening = t(
        "Thank you for the conversation. {organisation} wants to change something specific, and "
        "this proposal says how {sender} would go about it, what you receive, and what it costs.",
        organisation=w.text("client_organisation"),
        sender=w.text("organisation"),
    )
    offer = t(
        "The price is {total}. The offer stands until {day}.",
        total=_money(w, mark("Total"), price.total, _total_formula(w)),
        day=w.day("valid_until"),
    )
    return Section("letter", t("In short"), told(opening, offer, _length(w), style=TextStyle.LEAD))


def understanding(w: Writing) -> Section:
    """What the client needs, in the author's words, and what is to be reached."""
    t = w.t
    count = len(w.lines("objectives"))
    w.count(mark("Objectives"), count)
    goals = t.plural("The work has one objective:", "The work has {n} objectives:", count)
    blocks = (*typed(w, "need"), *told(goals), *listed(w, "objectives"))
    return Section("understanding", t("What you need"), blocks)


def approach(w: Writing) -> Section:
    """The phases, with the weeks they add up to."""
    t, rows = w.t, w.rows("phases")
    weeks = [Decimal(row["weeks"]) for row in rows]
    said = w.ledger.column(mark("Weeks of a phase"), weeks, Unit.COUNT, FORM)
    cells = [(row["phase"], row["work"], shown) for row, shown in zip(rows, said, strict=True)]
    total = w.count(mark("Weeks"), sum(weeks), mark("sum of the phases"))
    table = Table(
        t("Phases of the work"),
        (
            Column(t("Phase"), 0.26),
            Column(t("What we do"), 0.58),
            Column(t("Weeks"), 0.16, is_number=True),
        ),
        (*cells, (t("Total"), "", total)),
        has_total=True,
    )
    return Section("approach", t("How we work"), (*told(_length(w)), table, *told(_checks(w))))


def deliverables(w: Writing) -> Section:
    """What the client receives."""
    return Section("deliverables", w.t("What you receive"), listed(w, "deliverables"))


def experience(w: Writing) -> Section:
    """Why the sender can do it, in the author's words."""
    return Section("experience", w.t("Why us"), typed(w, "experience"))


def price(w: Writing) -> Section:
    """The items and what they come to."""
    t = w.t
    columns = (
        Column(t("Item"), 0.46),
        Column(t("Quantity"), 0.14, is_number=True),
        Column(t("Unit price"), 0.2, is_number=True),
        Column(t("Amount"), 0.2, is_number=True),
    )
    table = Table(t("Price"), columns, (*_items(w), *_sums(w, price_of(w))), has_total=True)
    return Section("price", t("Price"), (table, *told(_payment(w))))


def next_steps(w: Writing) -> Section:
    """How to accept, and where to sign."""
    t = w.t
    text = t(
        "To accept, please sign below and send this page back by {day}. The work can begin on "
        "{start}.",
        day=w.day("valid_until"),
        start=w.day("starts_on"),
    )
    lines = Signatures(
        (
            Signature(w.text("client_organisation"), w.person("client")),
            Signature(w.text("organisation"), w.person("sender")),
        ),
        (t("Name"), t("Date"), t("Signature")),
    )
    blocks: tuple[Block, ...] = (Paragraph(text), lines)
    return Section("next_steps", t("Next steps"), blocks)


def _amount(row: Mapping[str, str]) -> Decimal:
    return (Decimal(row["quantity"]) * Decimal(row["unit_price"])).quantize(_CENT)


def _money(w: Writing, name: str, value: Decimal, formula: str = "") -> str:
    return w.ledger.say(name, value, Unit.MONEY, FORM, formula=formula)


def _items(w: Writing) -> list[tuple[str, ...]]:
    rows, column = w.rows("prices"), w.ledger.column
    quantities = [Decimal(row["quantity"]) for row in rows]
    prices = [Decimal(row["unit_price"]) for row in rows]
    amounts = [_amount(row) for row in rows]
    cells = (
        [row["item"] for row in rows],
        column(mark("Quantity"), quantities, Unit.COUNT, FORM),
        column(mark("Unit price"), prices, Unit.MONEY, FORM),
        column(mark("Amount"), amounts, Unit.MONEY, FORM, formula=mark("quantity × unit price")),
    )
    return list(zip(*cells, strict=True))


def _sums(w: Writing, price: Price) -> list[tuple[str, ...]]:
    """Subtotal, discount and tax where there are any, and the total."""
    t = w.t
    rows: list[tuple[str, ...]] = []
    if price.discount or price.tax:
        rows.append((t("Sum of the items"), _money(w, mark("Sum of the items"), price.items)))
    if price.discount:
        share = w.share(mark("Discount"), (w.number("discount") or 0) / _HUNDRED)
        said = _money(w, mark("Discount"), -price.discount, mark("share of the sum"))
        rows.append((t("Discount of {share}", share=share), said))
    if price.tax:
        share = w.share(mark("Tax"), (w.number("tax") or 0) / _HUNDRED)
        said = _money(w, mark("Tax"), price.tax, mark("share of the sum less the discount"))
        rows.append((t("Tax of {share}", share=share), said))
    rows.append((t("Total"), _money(w, mark("Total"), price.total, _total_formula(w))))
    return [(label, "", "", amount) for label, amount in rows]


def _total_formula(w: Writing) -> str:
    price = price_of(w)
    return (
        mark("items − discount + tax") if price.discount or price.tax else mark("sum of the items")
    )


def _length(w: Writing) -> str:
    weeks = sum((Decimal(row["weeks"]) for row in w.rows("phases")), Decimal(0))
    if not weeks:
        return ""
    said = w.count(mark("Weeks"), weeks, mark("sum of the phases"))
    return w.t(
        "The work takes {weeks} weeks and can begin on {day}.", weeks=said, day=w.day("starts_on")
    )


def _checks(w: Writing) -> str:
    """A long piece of work is checked on the way; a short one at its end."""
    weeks = sum((Decimal(row["weeks"]) for row in w.rows("phases")), Decimal(0))
    if weeks >= LONG_PROJECT_WEEKS:
        return w.t(
            "At the end of each phase we look at the result together, and you decide whether "
            "and how the next one begins."
        )
    return w.t("We look at the result together at the end, and mend what is missing.")


def _payment(w: Writing) -> str:
    t = w.t
    days = w.count(mark("Days to pay"), w.number("payment_days"))
    if w.number("tax"):
        return t("Invoices are due within {days} days. The total includes tax.", days=days)
    return t("Invoices are due within {days} days. Prices are without tax.", days=days)


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "letter": letter,
    "understanding": understanding,
    "approach": approach,
    "deliverables": deliverables,
    "experience": experience,
    "price": price,
    "next_steps": next_steps,
}
