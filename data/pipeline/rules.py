"""The named rules that a row must keep; the first one it breaks is the reason it is refused."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from core.i18n import Language, mark
from data.pipeline.recognition import Layout

MOST_CLICKS = 1_000_000_000
MOST_IMPRESSIONS = 100_000_000_000
MOST_MONEY = 100_000_000_000
LONGEST_NAME = 255
LONGEST_DIMENSION = 2000

# code → sentence; {column} is the file's own column.
REASONS = {
    "row_broken": mark("The row does not have as many values as the header has columns."),
    "line_break": mark("A text of the row contains a line break; a quotation mark may be astray."),
    "missing_campaign": mark("The row names no campaign: {column} is blank."),
    "missing_platform": mark("The row names no platform: {column} is blank."),
    "missing_date": mark("The row has no date: {column} is blank."),
    "unreadable_date": mark("{column} is not a date. Write it as YYYY-MM-DD."),
    "implausible_date": mark("{column} lies before 1995 or after 2099."),
    "missing_number": mark("{column} is blank and must be a number."),
    "not_finite": mark("{column} is not a finite number."),
    "not_a_number": mark("{column} is not a number. Write it with digits and a decimal point."),
    "not_whole": mark("{column} is a count and must be a whole number."),
    "negative": mark("{column} is negative."),
    "implausible": mark("{column} is implausibly large."),
    "too_long": mark("{column} is longer than any real name."),
    "unknown_currency": mark("{column} is not a currency code of three letters."),
    "conflicting_rows": mark(
        "The file has several rows with the same dimensions and different figures; "
        "which of them is right cannot be told."
    ),
    "other_source": mark(
        "This campaign and day are already held from another report; "
        "one campaign-day is never added up from two."
    ),
    "set_aside": mark("The file restates what another report tells, so it is never added up."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row breaks: ``code`` of REASONS, the file's column, and where it is broken."""

    code: str
    column: str
    broken: ir.BooleanValue

    @property
    def name(self) -> str:
        """How a refused row refers to its rule."""
        return f"{self.code}:{self.column}"


def sentence(rule: str, t: Language) -> str:
    """The plain sentence of a rule's name, in the reader's language."""
    code, _, column = rule.partition(":")
    return t(REASONS[code], column=column)


def first_broken(rules: list[Rule]) -> ir.StringValue:
    """The name of the first rule that a row breaks, or null."""
    return ibis.cases(
        *((rule.broken.fill_null(False), ibis.literal(rule.name)) for rule in rules),
        else_=ibis.null("string"),
    )


def performance_rules(rows: ir.Table, layout: Layout) -> list[Rule]:
    """The rules for a row of performance whose texts and numbers were cleaned."""
    file_column = {ours: layout.column(ours) or ours for ours in layout.source.texts}
    return [
        *campaign_rules(rows, layout),
        Rule("missing_date", file_column["date"], rows.date_text.isnull()),
        Rule("unreadable_date", file_column["date"], rows.date.isnull()),
        Rule("implausible_date", file_column["date"], ~rows.date.year().between(1995, 2099)),
        Rule("unknown_currency", layout.column("currency") or "", rows.currency.length() != 3),
        *(rule for ours in layout.source.numbers for rule in _number_rules(rows, layout, ours)),
        *(
            Rule("too_long", column, rows.dimensions.length() > LONGEST_DIMENSION)
            for column in (*layout.dimensions, *layout.descriptions)[:1]
        ),
    ]


def campaign_rules(rows: ir.Table, layout: Layout) -> list[Rule]:
    """The rules for the columns that say which campaign a row is about."""
    column = {ours: layout.column(ours) or ours for ours in layout.source.texts}
    named = [ours for ours in ("account_name", "campaign_name", "campaign") if layout.column(ours)]
    line_break = rows.campaign_name.contains("\n") | rows.account_id.contains("\n")
    if "dimensions" in rows.columns:
        line_break = line_break | rows.dimensions.contains("\n")
    return [
        Rule("line_break", "", line_break),
        Rule("missing_campaign", column.get("campaign", ""), rows.external_id.isnull()),
        Rule("missing_platform", column.get("platform", ""), rows.platform.isnull()),
        *(
            Rule("too_long", column[ours], _text(rows, ours).length() > LONGEST_NAME)
            for ours in named
        ),
    ]


def _text(rows: ir.Table, ours: str) -> ir.StringColumn:
    return rows["external_id" if ours == "campaign" else ours]


def _number_rules(rows: ir.Table, layout: Layout, ours: str) -> list[Rule]:
    column = layout.column(ours)
    if column is None:
        return []
    text, number = rows[f"{ours}_text"], rows[ours]
    unread = number.isnull() & text.notnull()
    rough = text.try_cast("float64")
    rules = [
        Rule("not_finite", column, unread & (rough.isnan() | rough.isinf())),
        Rule("implausible", column, unread & rough.notnull() & ~text.contains("_")),
        Rule("not_a_number", column, unread),
    ]
    if ours in ("clicks", "impressions", "spend"):
        rules.insert(0, Rule("missing_number", column, text.isnull()))
        rules.append(Rule("negative", column, number < 0))
    if ours in ("clicks", "impressions"):
        rules.append(Rule("not_whole", column, number != number.floor()))
    most = {"clicks": MOST_CLICKS, "impressions": MOST_IMPRESSIONS}.get(ours, MOST_MONEY)
    rules.append(Rule("implausible", column, number >= most))
    return rules
