"""The named rules that a row must keep; the first one it breaks is the reason it is refused."""

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from core.i18n import Language, mark
from data.pipeline.recognition import Layout

MOST = {"clicks": 1_000_000_000, "impressions": 100_000_000_000}
MOST_MONEY = 100_000_000_000
NEVER_NEGATIVE = frozenset({"clicks", "impressions", "spend", "revenue", "orders"})
LONGEST_NAME = 255
LONGEST_DIMENSIONS = 2000
FIRST_DATE = date(1995, 1, 1)
LAST_DATE = date(2099, 12, 31)

# code → sentence; {column} is the file's own column.
REASONS = {
    "row_broken": mark(
        "The row does not have as many values as the header has columns, or is far too long."
    ),
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
        "This day is already held from another report, for the campaign, or for its account "
        "where a report names no campaigns; one day is never added up from two."
    ),
    "missing_creative": mark("The row names no advertisement: {column} is blank."),
    "missing_audience": mark("The row names no audience: {column} is blank."),
    "unknown_campaign": mark(
        "{column} is no campaign that is known. Import a report of the campaign itself first, "
        "or name the platform beside it."
    ),
    "unclear_campaign": mark(
        "{column} may be several campaigns. Name the platform and the account beside it."
    ),
    "other_period": mark(
        "This time is already held by day or by week, or overlaps another week; one day is never "
        "added up twice."
    ),
    "ends_before_start": mark("{column} lies before the start."),
    "disordered": mark("The interval does not hold the measured lift: see {column}."),
    "no_change": mark("{column} is zero, or takes away more than all of the spend."),
    "set_aside": mark("The file restates what another report tells, so it is never added up."),
}

# code → a few words for a table of counts.
TITLES = {
    "row_broken": mark("Malformed row"),
    "line_break": mark("Line break in a text"),
    "missing_campaign": mark("No campaign"),
    "missing_platform": mark("No platform"),
    "missing_date": mark("No date"),
    "unreadable_date": mark("Unreadable date"),
    "implausible_date": mark("Implausible date"),
    "missing_number": mark("Missing number"),
    "not_finite": mark("Not a finite number"),
    "not_a_number": mark("Not a number"),
    "not_whole": mark("Not a whole number"),
    "negative": mark("Negative number"),
    "implausible": mark("Implausibly large number"),
    "too_long": mark("Too long a text"),
    "unknown_currency": mark("Unknown currency"),
    "conflicting_rows": mark("Conflicting rows"),
    "other_source": mark("Held from another report"),
    "missing_creative": mark("No advertisement"),
    "missing_audience": mark("No audience"),
    "unknown_campaign": mark("Unknown campaign"),
    "unclear_campaign": mark("Unclear campaign"),
    "other_period": mark("Held by another period"),
    "ends_before_start": mark("Ends before its start"),
    "disordered": mark("Interval without the lift"),
    "no_change": mark("No change of spend"),
    "set_aside": mark("Restates another report"),
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


@dataclass(frozen=True, slots=True)
class Check:
    """Rules that belong together, and the cheap test that a row breaks none of them.

    A million rows are mostly sound; only what fails the test is asked rule by rule.
    """

    is_sound: ir.BooleanValue
    rules: list[Rule]


def sentence(rule: str, t: Language) -> str:
    """The plain sentence of a rule's name, in the reader's language."""
    code, _, column = rule.partition(":")
    return t(REASONS[code], column=column)


def first_broken(checks: list[Check]) -> ir.StringValue:
    """The name of the first rule that a row breaks, or null; sound rows are passed at once."""
    is_sound = checks[0].is_sound
    for check in checks[1:]:
        is_sound = is_sound & check.is_sound
    broken = ibis.cases(
        *(
            (rule.broken.fill_null(False), ibis.literal(rule.name))
            for check in checks
            for rule in check.rules
        ),
        else_=ibis.null("string"),
    )
    return ibis.ifelse(is_sound.fill_null(False), ibis.null("string"), broken)


def performance_checks(rows: ir.Table, layout: Layout) -> list[Check]:
    """The checks of a row of performance whose texts and numbers were cleaned."""
    return [
        *campaign_checks(rows, layout),
        date_check(rows, layout),
        *number_checks(rows, layout),
    ]


def number_checks(rows: ir.Table, layout: Layout) -> list[Check]:
    """The checks of every number that the file has a column for."""
    return [
        _number_check(rows, column, ours, ours in layout.source.needs)
        for ours in layout.source.numbers
        if (column := layout.column(ours))
    ]


def campaign_checks(rows: ir.Table, layout: Layout) -> list[Check]:
    """The checks of the columns that say which campaign a row is about."""
    column = {ours: layout.column(ours) or ours for ours in layout.source.texts}
    names = {name: rows[name] for name in ("account_id", "account_name", "campaign_name")}
    names["campaign"] = rows.external_id
    said = ibis.literal(" ").join([*names.values(), rows.dimensions])
    further = (*layout.dimensions, *layout.descriptions)
    is_found_elsewhere = layout.source.names_campaigns_elsewhere
    no_platform = rows.platform.isnull()
    return [
        Check(
            rows.external_id.notnull()
            & (rows.platform.notnull() | is_found_elsewhere)
            & (said.length() <= LONGEST_NAME)
            & ~said.contains("\n"),
            [
                Rule("line_break", "", said.contains("\n")),
                Rule("missing_campaign", column.get("campaign", ""), rows.external_id.isnull()),
                *(
                    []
                    if is_found_elsewhere
                    else [Rule("missing_platform", column.get("platform", ""), no_platform)]
                ),
                *(
                    Rule("too_long", column[ours], text.length() > LONGEST_NAME)
                    for ours, text in names.items()
                    if layout.column(ours)
                ),
                Rule(
                    "too_long",
                    ", ".join(further),
                    rows.dimensions.length() > LONGEST_DIMENSIONS,
                ),
            ],
        )
    ]


def date_check(rows: ir.Table, layout: Layout) -> Check:
    """The check of a row's day and of its currency, where it names one."""
    column = layout.column("date") or "date"
    is_plausible = rows.date.between(FIRST_DATE, LAST_DATE)
    is_currency = rows.currency.re_search("^[A-Z]{3}$")
    return Check(
        is_plausible & (rows.currency.isnull() | is_currency),
        [
            Rule("missing_date", column, rows.date_text.isnull()),
            Rule("unreadable_date", column, rows.date.isnull()),
            Rule("implausible_date", column, ~is_plausible),
            Rule("unknown_currency", layout.column("currency") or "", ~is_currency),
        ],
    )


def _number_check(rows: ir.Table, column: str, ours: str, is_needed: bool) -> Check:
    text, number = rows[f"{ours}_text"], rows[ours]
    most = MOST.get(ours, MOST_MONEY)
    unread = number.isnull() & text.notnull()
    rough = text.try_cast("float64")
    rules = [
        Rule("not_finite", column, unread & (rough.isnan() | rough.isinf())),
        Rule("implausible", column, unread & rough.notnull() & ~text.contains("_")),
        Rule("not_a_number", column, unread),
        Rule("implausible", column, number >= most),
    ]
    is_sound = number < most
    if ours in NEVER_NEGATIVE:
        rules.append(Rule("negative", column, number < 0))
        is_sound = (number >= 0) & (number < most)
    if ours in MOST:
        rules.append(Rule("not_whole", column, number != number.floor()))
        is_sound = is_sound & (number == number.cast("int64"))
    if is_needed:
        rules.append(Rule("missing_number", column, text.isnull()))
        return Check(is_sound, rules)
    return Check(text.isnull() | is_sound, rules)


def lift_check(rows: ir.Table, layout: Layout) -> Check:
    """The check that a lift test ends after it starts, changes something and is in its interval."""
    end, change = layout.column("end") or "", layout.column("spend_change") or ""
    in_order = (rows.lift_p05 <= rows.lift) & (rows.lift <= rows.lift_p95)
    is_change = (rows.spend_change != 0) & (rows.spend_change >= -1)
    return Check(
        (rows.end_date >= rows.date) & (rows.end_date <= LAST_DATE) & in_order & is_change,
        [
            Rule("missing_date", end, rows.end.isnull()),
            Rule("unreadable_date", end, rows.end_date.isnull()),
            Rule("ends_before_start", end, rows.end_date < rows.date),
            Rule("implausible_date", end, rows.end_date > LAST_DATE),
            Rule("no_change", change, ~is_change),
            Rule("disordered", layout.column("lift_p05") or "", ~in_order),
        ],
    )
