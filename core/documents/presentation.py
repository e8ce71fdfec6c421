"""The presentation: one thought a slide, with what the speaker says to it."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.documents.charting import money_format
from core.documents.ledger import Unit
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    Column,
    Paragraph,
    Section,
    Series,
    Table,
    TextStyle,
)
from core.documents.wording import Change, change_of
from core.documents.writing import FORM, Writing, listed, text_table, told
from core.i18n import mark

GROWTH = {
    Change.UP: mark("Revenue grows from {first} to {last}."),
    Change.DOWN: mark("Revenue falls from {first} to {last}."),
    Change.LEVEL: mark("Revenue stays level between {first} and {last}."),
    Change.FIRST: mark("Revenue reaches {last}, from {first}."),
}


def problem(w: Writing) -> Section:
    """What is wrong today."""
    return _points(
        w, "problem", w.t("The problem"), w.t("Say whose problem it is and what it costs them.")
    )


def solution(w: Writing) -> Section:
    """What is proposed."""
    return _points(
        w, "solution", w.t("What we propose"), w.t("Show it; one example says more than the list.")
    )


def evidence(w: Writing) -> Section:
    """The figures that speak for it, as typed with their source."""
    table = text_table(
        w,
        "evidence",
        w.t("What speaks for it"),
        (
            ("figure", w.t("Figure"), 0.28),
            ("meaning", w.t("What it says"), 0.44),
            ("source", w.t("Source"), 0.28),
        ),
    )
    notes = w.t("Name the source of each figure before somebody asks.")
    return Section("evidence", w.t("What speaks for it"), table, notes=notes)


def outlook(w: Writing) -> Section:
    """Revenue by year as a chart, with the sentence that it shows."""
    t, rows = w.t, w.rows("revenue")
    if len(rows) < 2:  # one column shows no course
        return Section("outlook", t("Outlook"), ())
    values = [Decimal(row["amount"]) for row in rows]
    w.ledger.column(mark("Revenue by year"), values, Unit.MONEY, FORM)
    first, last = (
        w.money(mark("Revenue by year"), values[end], aspect=rows[end]["year"]) for end in (0, -1)
    )
    sentence = t(GROWTH[change_of(values[-1], values[0])], first=first, last=last)
    chart = Chart(
        title=t("Revenue by year"),
        alt=t("Columns of revenue by year. {sentence}", sentence=sentence),
        kind=ChartKind.COLUMN,
        categories=tuple(row["year"] for row in rows),
        series=(Series(t("Revenue"), tuple(values)),),
        number_format=money_format(w.ledger.currency, t),
    )
    notes = t("Say what has to happen for this to come true.")
    return Section(
        "outlook", t("Outlook"), (Paragraph(sentence, TextStyle.LEAD), chart), notes=notes
    )


def plan(w: Writing) -> Section:
    """What happens by when."""
    table = text_table(
        w,
        "plan",
        w.t("Plan"),
        (("day", w.t("Day"), 0.3), ("milestone", w.t("What is reached"), 0.7)),
    )
    return Section("plan", w.t("Plan"), table, notes=w.t("Name who is responsible for each day."))


def ask(w: Writing) -> Section:
    """What is asked for, and what it is used for."""
    t, amount = w.t, w.number("ask")
    blocks: list[Block] = []
    if amount:
        said = w.money(mark("Amount asked for"), amount)
        blocks += told(t("We ask for {amount}.", amount=said), style=TextStyle.LEAD)
        blocks += _uses(w, amount)
    blocks += told(w.text("decision"))
    return Section(
        "ask", t("What we ask for"), tuple(blocks), notes=t("Stop here and wait for the answer.")
    )


def next_campaign_steps(w: Writing) -> Section:
    """What follows from a campaign review, in the author's words."""
    blocks = listed(w, "next_steps")
    return Section(
        "next_steps", w.t("Next steps"), blocks, notes=w.t("Name who does what by when.")
    )


def _points(w: Writing, name: str, title: str, notes: str) -> Section:
    lines = w.lines(name)
    return Section(name, title, (Bullets(lines),) if lines else (), notes=notes)


def _uses(w: Writing, amount: Decimal) -> tuple[Block, ...]:
    """Each use of the money with its share; what is left without a use is said."""
    t, rows = w.t, w.rows("uses")
    if not rows:
        return ()
    amounts = [Decimal(row["amount"]) for row in rows]
    said = w.ledger.column(mark("Use of the money"), amounts, Unit.MONEY, FORM, digits=0)
    shares = w.ledger.column(
        mark("Use of the money"),
        [one / amount for one in amounts],
        Unit.SHARE,
        FORM,
        formula=mark("use ÷ amount asked for"),
        digits=0,
    )
    cells = [(row["use"], *told_row) for row, *told_row in zip(rows, said, shares, strict=True)]
    columns = (
        Column(t("What for"), 0.56),
        Column(t("Amount"), 0.24, is_number=True),
        Column(t("Share"), 0.2, is_number=True),
    )
    return (Table(t("Use of the money"), columns, tuple(cells)), *told(_rest(w, amount, amounts)))


def _rest(w: Writing, amount: Decimal, uses: list[Decimal]) -> str:
    rest = amount - sum(uses)
    if not rest:
        return ""
    said = w.money(
        mark("Difference between the uses and the amount"), abs(rest), mark("amount − uses")
    )
    if rest > 0:
        return w.t("{rest} stay as a reserve.", rest=said)
    return w.t("The uses exceed the amount by {rest}, which comes from own funds.", rest=said)


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "problem": problem,
    "solution": solution,
    "evidence": evidence,
    "outlook": outlook,
    "plan": plan,
    "ask": ask,
    "next_steps": next_campaign_steps,
}
