"""The business plan: what is planned, for whom, and whether the money suffices."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.documents import plan_finances
from core.documents.model import Block, Heading, Section, TextStyle
from core.documents.writing import Writing, listed, text_table, told, typed
from core.i18n import mark


def summary(w: Writing) -> Section:
    """The plan on half a page: who, for whom, and the figures that decide."""
    t = w.t
    opening = t(
        "{organisation} starts on {day} and serves {customers}.",
        organisation=w.text("organisation"),
        day=w.day("starts_on"),
        customers=_first(w.lines("customers")),
    )
    blocks = (
        *told(opening, *plan_finances.headline(w), style=TextStyle.LEAD),
        *typed(w, "offer"),
    )
    return Section("summary", t("Summary"), blocks)


def business(w: Writing) -> Section:
    """The problem and what is offered against it."""
    t = w.t
    blocks: tuple[Block, ...] = (
        Heading(t("The problem")),
        *typed(w, "problem"),
        Heading(t("What we offer")),
        *typed(w, "offer"),
        Heading(t("Whom we serve")),
        *told(
            t.plural(
                "We address one group of customers:",
                "We address {n} groups of customers, the most important first:",
                _counted(w, mark("Groups of customers"), len(w.lines("customers"))),
            )
        ),
        *listed(w, "customers"),
    )
    return Section("business", t("The business"), blocks)


def programme(w: Writing) -> Section:
    """A training centre's courses, with the hours they add up to."""
    t, rows = w.t, w.rows("programme")
    if not rows:
        return Section("programme", t("Programme"), ())
    hours = [Decimal(row["hours"]) for row in rows]
    opening = t.plural(
        "The programme begins with one course of {hours} hours.",
        "The programme begins with {n} courses of {hours} hours in all.",
        _counted(w, mark("Courses of the programme"), len(rows)),
        hours=w.count(mark("Hours of the programme"), sum(hours), mark("sum of the courses")),
    )
    table = text_table(
        w,
        "programme",
        t("Courses of the programme"),
        (
            ("course", t("Course"), 0.36),
            ("audience", t("For whom"), 0.44),
            ("hours", t("Hours"), 0.2),
        ),
    )
    return Section(
        "programme", t("Programme"), (*told(opening), *table, *typed(w, "accreditation"))
    )


def market(w: Writing) -> Section:
    """How large the market is and who else serves it."""
    t = w.t
    size, revenue = w.number("market_size"), plan_finances.third_year_revenue(w)
    sentences: list[str] = []
    if size:
        sentences.append(_market_share(w, size, revenue))
    table = text_table(
        w,
        "competitors",
        t("Competitors"),
        (
            ("name", t("Competitor"), 0.24),
            ("strength", t("What they do well"), 0.36),
            ("answer", t("What we do differently"), 0.4),
        ),
    )
    rivals: tuple[Block, ...] = (Heading(t("Competition")), *table) if table else ()
    return Section("market", t("Market"), (*told(*sentences), *rivals))


def marketing(w: Writing) -> Section:
    """How customers learn of the offer."""
    t = w.t
    count = len(w.lines("channels"))
    opening = t.plural(
        "Customers reach us in one way:",
        "Customers reach us in {n} ways:",
        _counted(w, mark("Ways to reach customers"), count),
    )
    blocks = (*told(opening), *listed(w, "channels")) if count else ()
    return Section("marketing", t("Marketing and sales"), blocks)


def team(w: Writing) -> Section:
    """Who does the work."""
    t = w.t
    table = text_table(
        w,
        "team",
        t("Team"),
        (
            ("name", t("Name"), 0.28),
            ("role", t("Role"), 0.28),
            ("experience", t("Experience"), 0.44),
        ),
    )
    return Section("team", t("Team"), table)


def milestones(w: Writing) -> Section:
    """What is to be reached by when."""
    t = w.t
    table = text_table(
        w,
        "milestones",
        t("Milestones"),
        (("day", t("Day"), 0.28), ("milestone", t("What is reached"), 0.72)),
    )
    return Section("milestones", t("Milestones"), table)


def risks(w: Writing) -> Section:
    """What may go wrong and what is done about it, the plan's own risk first."""
    t = w.t
    table = text_table(
        w,
        "risks",
        t("Risks"),
        (("risk", t("Risk"), 0.45), ("answer", t("What we do about it"), 0.55)),
    )
    return Section("risks", t("Risks"), (*told(*plan_finances.sensitivity(w)), *table))


def _first(lines: tuple[str, ...]) -> str:
    """The first line as it stands inside a sentence."""
    return lines[0].rstrip(".")


def _counted(w: Writing, name: str, count: int) -> int:
    """A count that the text says, remembered."""
    w.count(name, count)
    return count


def _market_share(w: Writing, size: Decimal, revenue: Decimal) -> str:
    t, share = w.t, revenue / size
    said = w.share(mark("Share of the market"), share, mark("revenue of the third year ÷ market"))
    amount = w.money(mark("Value of the market a year"), size)
    if share <= plan_finances.MODEST_SHARE:
        return t(
            "The market is worth {amount} a year. The plan's third year takes {share} of it, "
            "which leaves room to grow.",
            amount=amount,
            share=said,
        )
    return t(
        "The market is worth {amount} a year. The plan's third year takes {share} of it: "
        "an ambitious part, which the marketing has to justify.",
        amount=amount,
        share=said,
    )


SECTIONS: Mapping[str, Callable[[Writing], Section]] = {
    "summary": summary,
    "business": business,
    "programme": programme,
    "market": market,
    "marketing": marketing,
    "team": team,
    "milestones": milestones,
    "finances": plan_finances.finances,
    "funding": plan_finances.funding,
    "risks": risks,
}
