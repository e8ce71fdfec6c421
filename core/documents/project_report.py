"""The project report: where a piece of work stands against its days and its budget."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.documents.ledger import Unit
from core.documents.model import Column, Section, Table, TextStyle
from core.documents.writing import FORM, Writing, listed, text_table, told, typed
from core.i18n import mark

NEAR_LIMIT = Decimal("0.9")  # of the budget, from which on it is said that little is left


def status(w: Writing) -> Section:
    """Where the work stands: what is done, and whether the budget suffices."""
    t, rows = w.t, w.rows("work")
    done = [row for row in rows if Decimal(row["done"]) >= 100]
    w.count(mark("Pieces of work finished"), len(done))
    w.count(mark("Pieces of work"), len(rows))
    finished = t(
        "{done} of {all} pieces of work are finished.",
        done=t.number(len(done)),
        all=t.number(len(rows)),
    )
    blocks = (*told(finished, _budget(w), style=TextStyle.LEAD), *typed(w, "assessment"))
    return Section("status", t("Where we stand"), blocks)


def work(w: Writing) -> Section:
    """Each piece of work, how far it came, what was planned for it and what it took."""
    t, rows, column = w.t, w.rows("work"), w.ledger.column
    planned, spent = (_amounts(w, name) for name in ("planned", "spent"))
    cells = (
        [row["piece"] for row in rows],
        column(
            mark("Done"), [Decimal(row["done"]) / 100 for row in rows], Unit.SHARE, FORM, digits=0
        ),
        column(mark("Planned"), planned, Unit.MONEY, FORM),
        column(mark("Spent"), spent, Unit.MONEY, FORM),
    )
    total = (
        t("Total"),
        "",
        w.ledger.say(
            mark("Planned"), sum(planned), Unit.MONEY, FORM, formula=mark("sum of the pieces")
        ),
        w.ledger.say(
            mark("Spent"), sum(spent), Unit.MONEY, FORM, formula=mark("sum of the pieces")
        ),
    )
    columns = (
        Column(t("Piece of work"), 0.44),
        Column(t("Done"), 0.14, is_number=True),
        Column(t("Planned"), 0.21, is_number=True),
        Column(t("Spent"), 0.21, is_number=True),
    )
    table = Table(t("Pieces of work"), columns, (*zip(*cells, strict=True), total), has_total=True)
    return Section("work", t("The work"), (table, *told(_dearest(w))))


def issues(w: Writing) -> Section:
    """What stands in the way."""
    columns = (
        ("issue", w.t("What stands in the way"), 0.5),
        ("answer", w.t("What we do about it"), 0.5),
    )
    return Section(
        "issues", w.t("Difficulties"), text_table(w, "issues", w.t("Difficulties"), columns)
    )


def next_period(w: Writing) -> Section:
    """What comes next."""
    return Section("next_period", w.t("What comes next"), listed(w, "next_steps"))


def _amounts(w: Writing, name: str) -> list[Decimal]:
    return [Decimal(row[name]) for row in w.rows("work")]


def _budget(w: Writing) -> str:
    """Whether what was spent stays within what was planned."""
    t, planned, spent = w.t, sum(_amounts(w, "planned")), sum(_amounts(w, "spent"))
    if not planned:
        return ""
    share = Decimal(spent) / Decimal(planned)
    said = w.share(mark("Part of the budget spent"), share, mark("spent ÷ planned"))
    if share > 1:
        over = w.money(
            mark("Spent beyond the budget"), Decimal(spent - planned), mark("spent − planned")
        )
        return t("The budget is exceeded by {over}; {share} of it is spent.", over=over, share=said)
    left = w.money(mark("Left of the budget"), Decimal(planned - spent), mark("planned − spent"))
    if share >= NEAR_LIMIT:
        return t(
            "Little of the budget is left: {left}; {share} of it is spent.", left=left, share=said
        )
    return t("{share} of the budget is spent, {left} are left.", left=left, share=said)


def _dearest(w: Writing) -> str:
    """The piece that went furthest over what was planned for it; nothing when none did."""
    over = [
        (Decimal(row["spent"]) - Decimal(row["planned"]), row["piece"]) for row in w.rows("work")
    ]
    amount, piece = max(over, default=(Decimal(0), ""))
    if amount <= 0:
        return ""
    said = w.money(mark("Over its plan"), amount, mark("spent − planned"), aspect=piece)
    return w.t("“{piece}” went furthest over its plan, by {amount}.", piece=piece, amount=said)


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "status": status,
    "work": work,
    "issues": issues,
    "next_period": next_period,
}
