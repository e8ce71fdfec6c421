"""Makes typed, keyed rows of a file's text: expressions for whatever engine runs them."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from core.i18n import NO_CURRENCY
from core.imports.choices import Rate
from data.pipeline import keys
from data.pipeline.dates import MONTHS, DateFormat
from data.pipeline.kinds import (
    AUDIENCE_DAYS,
    CAMPAIGN_DAYS,
    CREATIVE_DAYS,
    LIFT_TESTS,
    OUTCOMES,
)
from data.pipeline.mending import ROW_COLUMN
from data.pipeline.numbers import Decimals, number, without_marks
from data.pipeline.recognition import FORMULA, Layout
from data.pipeline.rules import (
    campaign_checks,
    date_check,
    first_broken,
    lift_check,
    number_checks,
    performance_checks,
)
from data.pipeline.source import Fate

NUMBER = "decimal(18, 6)"
NOT_GIVEN = "not given"
_MEASURES = ("impressions", "clicks", "spend", "conversions", "conversions_value")
_CAMPAIGN = (
    "platform", "account_id", "account_name", "external_id", "campaign_name", "campaign_type",
)  # fmt: skip
_MONTH_WORDS = ibis.literal(
    "".join(f"|{begin}-{month:02}" for month, begins in MONTHS.items() for begin in begins)
)  # a chain of comparisons would be written out for each of its words
TOTAL = r"(?i)^(total|totale?s|gesamt|insgesamt|summe|grand total)\s*(:|$)"
_MONEY = frozenset({"spend", "conversions_value", "revenue", "lift", "lift_p05", "lift_p95"})


@dataclass(frozen=True, slots=True)
class Written:
    """How a file writes dates and numbers, and the rates its amounts are to be converted by."""

    dates: DateFormat = DateFormat.YEAR_FIRST
    decimals: Decimals = Decimals.STRICT
    rates: tuple[Rate, ...] = ()


def cleaned(raw: ir.Table, layout: Layout, written: Written) -> ir.Table:
    """Rows of the raw tables' columns, with ``rule`` naming what a row breaks.

    ``raw`` has the file's columns as text under their plain names. Rows that are totals break
    the rule "total". Of campaigns that are known from elsewhere, of business outcomes and lift
    tests the rows are finished later (:mod:`data.pipeline.finishing`).
    """
    if layout.is_of_refused_rows:
        raw = raw.mutate(**{name: raw[name].re_replace(FORMULA, r"\1") for name in layout.columns})
    if layout.source.fate is Fate.SET_ASIDE:
        return raw.select(**_row_number(raw), rule=ibis.literal("set_aside:"))
    rows = raw.select(**_row_number(raw), **_texts(raw, layout))
    rows = rows.mutate(external_id=rows.campaign.coalesce(rows.campaign_name))
    kind = layout.source.kind
    if kind in (OUTCOMES, LIFT_TESTS):
        return _measured(rows, layout, written)
    if layout.source.fate is Fate.DESCRIBES:
        return _descriptions(rows.mutate(campaign_id=keys.campaign_id_column(rows)), layout)
    return _performance(rows, layout, written)


def _row_number(rows: ir.Table) -> dict[str, ir.Value]:
    """The row's number, where the file was mended; else it follows from the order."""
    return {ROW_COLUMN: rows[ROW_COLUMN]} if ROW_COLUMN in rows.columns else {}


def _performance(rows: ir.Table, layout: Layout, written: Written) -> ir.Table:
    rows = rows.mutate(date=_date(rows.date_text, written.dates), **_numbers(rows, layout, written))
    rows = rows.mutate(rule=first_broken(performance_checks(rows, layout)))
    rows = _with_totals_named(rows, layout)
    rows = rows.mutate(**_converted(rows, written))
    told = {name: rows[name] for name in ("source_relation", "date", "date_text", *_CAMPAIGN)}
    figures = {
        "impressions": rows.impressions.try_cast("int64"),
        "clicks": rows.clicks.try_cast("int64"),
        **{name: rows[name] for name in _MEASURES[2:]},
    }
    origin = keys.origin(layout, rows.source_relation)
    if layout.source.kind is CAMPAIGN_DAYS:
        of_file = [rows.platform, rows.account_id, rows.external_id, rows.date.cast("string")]
        key = keys.row_key([origin, *of_file, rows.own_currency, rows.identity])
        identity = {"key": key, "campaign_id": keys.campaign_id_column(rows)}
    else:
        identity = {name: rows[name] for name in ("identity", "own_currency", *_detail(layout))}
    return rows.select(
        **_row_number(rows),
        **identity,
        **_said(rows, layout),
        origin=origin,
        **told,
        currency=rows.currency.fill_null(NO_CURRENCY),
        dimensions=rows.dimensions,
        **figures,
        rule=rows.rule,
    )


def _detail(layout: Layout) -> tuple[str, ...]:
    """The texts that say which creative or audience a row is about."""
    if layout.source.kind is CREATIVE_DAYS:
        return ("creative", "creative_name", "creative_kind")
    return ("audience", "audience_name")


def _said(rows: ir.Table, layout: Layout) -> dict[str, ir.Value]:
    """First and last day of the period that the row sums up, where the file tells them."""
    if not layout.column("period_end"):
        return {}
    return {"period_start_text": rows.period_start, "period_end_text": rows.period_end}


def _measured(rows: ir.Table, layout: Layout, written: Written) -> ir.Table:
    """Rows of outcomes and of lift tests: every number as it is, dates and texts cleaned."""
    rows = rows.mutate(date=_date(rows.date_text, written.dates), **_numbers(rows, layout, written))
    kind = layout.source.kind
    if kind is LIFT_TESTS:
        rows = rows.mutate(end_date=_date(rows.end, written.dates))
        checks = [*campaign_checks(rows, layout), date_check(rows, layout)]
        checks += [*number_checks(rows, layout), lift_check(rows, layout)]
    else:
        checks = [date_check(rows, layout), *number_checks(rows, layout)]
    rows = rows.mutate(rule=first_broken(checks))
    rows = rows.mutate(**_converted(rows, written))
    controls = {
        f"control_{at}{end}": rows[f"control_{at}{end}"]
        for at, _ in enumerate(layout.further)
        for end in ("", "_text")
    }
    return rows.select(
        **_row_number(rows),
        origin=keys.origin(layout, rows.source_relation),
        **{name: rows[name] for name in ("date", "date_text", "own_currency", *_CAMPAIGN)},
        **({"end_date": rows.end_date} if kind is LIFT_TESTS else {}),
        **{name: rows[name] for name in layout.source.numbers},
        **controls,
        currency=rows.currency.fill_null(NO_CURRENCY),
        dimensions=rows.dimensions,
        rule=rows.rule,
    )


def _with_totals_named(rows: ir.Table, layout: Layout) -> ir.Table:
    """Rows of totals break the rule "total"; a campaign may be called so on its own days.

    A row that names neither its day nor its campaign is a total too.
    """
    if not layout.source.written_by_hand:
        return rows
    is_named_so = (
        rows.date_text.re_search(TOTAL)
        | rows.campaign_name.re_search(TOTAL)
        | rows.first_text.re_search(TOTAL)
        | (rows.date_text.isnull() & rows.external_id.isnull())
    )
    is_total = ibis.ifelse(rows.date.isnull(), is_named_so, False)  # patterns only where needed
    if layout.source.blank_campaign_is_total:
        is_total = is_total.fill_null(False) | rows.external_id.isnull()
    return rows.mutate(rule=ibis.ifelse(is_total.fill_null(False), "total:", rows.rule))


def _converted(rows: ir.Table, written: Written) -> dict[str, ir.Value]:
    """Amounts in the currency asked for; where they came from stays with the row."""
    changed: dict[str, ir.Value] = {}
    for rate in written.rates:
        is_due = (rows.own_currency == rate.currency).fill_null(False)
        for name in _MONEY & set(rows.columns):
            amount = changed.get(name, rows[name])
            product = amount.cast("decimal(22, 10)") * ibis.literal(rate.rate, "decimal(16, 10)")
            changed[name] = ibis.ifelse(is_due, product.round(6).try_cast(NUMBER), amount)
        note = f"converted_from={rate.currency}{keys.BETWEEN}rate={rate.rate}"
        before = changed.get("dimensions", rows.dimensions)
        parted = ibis.ifelse(before == "", "", ibis.literal(keys.BETWEEN))
        changed["dimensions"] = ibis.ifelse(is_due, before + parted + note, before)
        currency = changed.get("currency", rows.currency)
        changed["currency"] = ibis.ifelse(is_due, ibis.literal(rate.target), currency)
    return changed


def _descriptions(rows: ir.Table, layout: Layout) -> ir.Table:
    told = ["platform", "account_id", "external_id", "campaign_name", "campaign_type", "status"]
    return rows.select(
        **_row_number(rows),
        key=keys.row_key([rows[name] for name in (*told, "updated_at")]),
        campaign_id=rows.campaign_id,
        **{name: rows[name] for name in told},
        updated_at=rows.updated_at.try_cast("timestamp"),
        rule=first_broken(campaign_checks(rows, layout)),
    )


def _texts(raw: ir.Table, layout: Layout) -> dict[str, ir.Value]:
    """Our text columns, trimmed, null where blank; numbers still as the file writes them."""
    source = layout.source
    texts = {ours: _text(raw, layout, ours) for ours in _text_columns(layout)}
    if not source.names_campaigns_elsewhere:
        known = texts["account_id"].coalesce(texts["account_name"])
        texts["account_id"] = known.fill_null(NOT_GIVEN)
    texts["platform"] = texts["platform"].lower()
    texts["source_relation"] = texts["source_relation"].fill_null("")
    texts["currency"] = texts["currency"].upper()
    texts["date_text"] = texts.pop("date")
    if source.written_by_hand:
        texts |= _as_people_write(raw, layout, texts)
    texts["own_currency"] = texts["currency"]
    if "campaign_type" not in source.constants:
        texts["campaign_type"] = _campaign_type(texts["campaign_type"], source.types)
    dimensions = {name: _trimmed(raw[name]) for name in layout.dimensions}
    further = dimensions | {name: _trimmed(raw[name]) for name in layout.descriptions}
    texts["identity"] = keys.pairs(dimensions)
    texts["dimensions"] = keys.pairs(further)
    return texts | _number_texts(raw, layout)


def _as_people_write(
    raw: ir.Table, layout: Layout, texts: dict[str, ir.Value]
) -> dict[str, ir.Value]:
    """Texts without the marks for "nothing", and what only such files have."""
    may_be_marked = ("account_id", "account_name", "campaign", "currency", "campaign_type")
    plain = without_marks({name: texts[name] for name in may_be_marked})
    if layout.currency:
        plain["currency"] = plain["currency"].coalesce(ibis.literal(layout.currency))
    if not layout.source.names_campaigns_elsewhere:
        plain["account_id"] = plain["account_id"].fill_null(NOT_GIVEN)
    plain["first_text"] = _trimmed(raw[layout.columns[0]])
    return plain


def _number_texts(raw: ir.Table, layout: Layout) -> dict[str, ir.Value]:
    columns = {f"{ours}_text": layout.column(ours) for ours in layout.source.numbers}
    columns |= {f"control_{at}_text": name for at, name in enumerate(layout.further)}
    texts = {ours: _trimmed(raw[theirs]) for ours, theirs in columns.items() if theirs}
    return without_marks(texts) if layout.source.written_by_hand else texts


def _text_columns(layout: Layout) -> list[str]:
    always = ["source_relation", "date", "platform", "account_id", "account_name"]
    always += ["campaign", "campaign_name", "campaign_type", "currency"]
    always += _detail(layout) if layout.source.kind in (CREATIVE_DAYS, AUDIENCE_DAYS) else ()
    return always + [ours for ours in layout.source.texts if ours not in always]


def _text(raw: ir.Table, layout: Layout, ours: str) -> ir.StringValue:
    column = layout.column(ours)
    if column:
        return _trimmed(raw[column])
    if ours in layout.source.constants:
        return ibis.literal(layout.source.constants[ours])
    return ibis.null("string")


def _trimmed(column: ir.Value) -> ir.StringValue:
    """The text without blanks around it, null where nothing is left.

    Trimming is dear and seldom needed: whatever begins with a blank sorts before "!".
    """
    is_padded = column < "!"
    for blank in (" ", "\t", "\r"):
        is_padded = is_padded | column.endswith(blank)
    return ibis.ifelse(is_padded, column.strip().nullif(""), column)


def _campaign_type(text: ir.StringValue, types: dict[str, str]) -> ir.StringValue:
    """One of the five types, or null where the source's word is none of them."""
    if not types:
        return ibis.null("string")
    return ibis.cases(
        *((text.lower() == theirs, ibis.literal(ours)) for theirs, ours in types.items()),
        else_=ibis.null("string"),
    )


def _date(text: ir.StringValue, dates: DateFormat) -> ir.DateValue:
    if dates is DateFormat.YEAR_FIRST:
        # By far the most common, and much cheaper than a pattern.
        plain = ibis.ifelse(text.length() == 10, text, ibis.null("string"))
        return plain.try_cast("date").coalesce(_rewritten(text, dates))
    return _rewritten(text, dates)


def _rewritten(text: ir.StringValue, dates: DateFormat) -> ir.DateValue:
    matches = text.re_search(dates.pattern)
    rewritten = text.re_replace(dates.pattern, dates.rewritten)
    if dates.has_words:
        rewritten = _with_number_of_month(rewritten)
    return ibis.ifelse(matches, rewritten, ibis.null("string")).try_cast("date")


def _with_number_of_month(text: ir.StringValue) -> ir.StringValue:
    """2026-janv-5 as 2026-1-5; null where the word is no month."""
    word = ibis.literal("|") + text.lower().re_extract(r"-(jui.|...)[^-]*-", 1)
    at = _MONTH_WORDS.find(word)
    number = ibis.ifelse(
        at < 0, ibis.null("string"), _MONTH_WORDS.substr(at + word.length(), 3) + "-"
    )
    return text.re_extract(r"^(\d{4})-", 1) + number + text.re_extract(r"-(\d{1,2})$", 1)


def _numbers(rows: ir.Table, layout: Layout, written: Written) -> dict[str, ir.Value]:
    """Our measures as exact numbers; null where the file has none or it cannot be read."""
    source = layout.source
    of_kind = _MEASURES if source.kind.has_performance else tuple(source.numbers)
    numbers: dict[str, ir.Value] = {}
    for ours in of_kind:
        if not layout.column(ours):
            numbers[ours] = ibis.null(NUMBER)
            continue
        text = rows[f"{ours}_text"]
        scale = source.scale.get(ours)
        kind = "decimal(24, 6)" if scale else NUMBER
        value = number(text, written.decimals, kind)
        if scale:
            value = (value * ibis.literal(scale, "decimal(7, 6)")).try_cast(NUMBER)
        if ours == "spend_change":
            value = value.cast("float64") / ibis.ifelse(text.endswith("%"), 100.0, 1.0)
        numbers[ours] = value
    for at, _ in enumerate(layout.further):
        value = number(rows[f"control_{at}_text"], written.decimals, NUMBER)
        numbers[f"control_{at}"] = value.cast("float64")
    return numbers
