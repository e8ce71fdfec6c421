"""Makes typed, keyed rows of a file's text: expressions for whatever engine runs them."""

import ibis
import ibis.expr.types as ir

from core.i18n import NO_CURRENCY
from data.pipeline import keys
from data.pipeline.dates import DateFormat
from data.pipeline.mending import ROW_COLUMN
from data.pipeline.recognition import FORMULA, Layout
from data.pipeline.rules import campaign_checks, first_broken, performance_checks
from data.pipeline.source import Fate

NUMBER = "decimal(18, 6)"
NOT_GIVEN = "not given"
_MEASURES = ("impressions", "clicks", "spend", "conversions", "conversions_value")


def cleaned(raw: ir.Table, layout: Layout, dates: DateFormat) -> ir.Table:
    """Rows of the raw tables' columns, with ``rule`` naming what a row breaks.

    ``raw`` has the file's columns as text under their plain names.
    """
    if layout.is_of_refused_rows:
        raw = raw.mutate(**{name: raw[name].re_replace(FORMULA, r"\1") for name in layout.columns})
    if layout.source.fate is Fate.SET_ASIDE:
        return raw.select(**_row_number(raw), rule=ibis.literal("set_aside:"))
    rows = raw.select(**_row_number(raw), **_texts(raw, layout))
    rows = rows.mutate(external_id=rows.campaign.coalesce(rows.campaign_name))
    rows = rows.mutate(campaign_id=keys.campaign_id_column(rows))
    if layout.source.fate is Fate.DESCRIBES:
        return _descriptions(rows, layout)
    return _performance(rows, layout, dates)


def _row_number(rows: ir.Table) -> dict[str, ir.Value]:
    """The row's number, where the file was mended; else it follows from the order."""
    return {ROW_COLUMN: rows[ROW_COLUMN]} if ROW_COLUMN in rows.columns else {}


def _performance(rows: ir.Table, layout: Layout, dates: DateFormat) -> ir.Table:
    rows = rows.mutate(date=_date(rows.date_text, dates), **_numbers(rows, layout))
    rows = rows.mutate(rule=first_broken(performance_checks(rows, layout)))
    return rows.select(
        **_row_number(rows),
        key=keys.row_key(
            [
                keys.origin(layout, rows.source_relation),
                rows.platform,
                rows.account_id,
                rows.external_id,
                rows.date.cast("string"),
                rows.currency,
                rows.identity,
            ]
        ),
        origin=keys.origin(layout, rows.source_relation),
        **{name: rows[name] for name in ("source_relation", "date", "date_text", "campaign_id")},
        **{name: rows[name] for name in ("platform", "account_id", "account_name", "external_id")},
        **{name: rows[name] for name in ("campaign_name", "campaign_type")},
        currency=rows.currency.fill_null(NO_CURRENCY),
        dimensions=rows.dimensions,
        impressions=rows.impressions.try_cast("int64"),
        clicks=rows.clicks.try_cast("int64"),
        **{name: rows[name] for name in _MEASURES[2:]},
        rule=rows.rule,
    )


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
    texts["account_id"] = texts["account_id"].coalesce(texts["account_name"]).fill_null(NOT_GIVEN)
    texts["platform"] = texts["platform"].lower()
    texts["source_relation"] = texts["source_relation"].fill_null("")
    texts["currency"] = texts["currency"].upper()
    texts["date_text"] = texts.pop("date")
    if "campaign_type" not in source.constants:
        texts["campaign_type"] = _campaign_type(texts["campaign_type"], source.types)
    dimensions = {name: _trimmed(raw[name]) for name in layout.dimensions}
    further = dimensions | {name: _trimmed(raw[name]) for name in layout.descriptions}
    texts["identity"] = keys.pairs(dimensions)
    texts["dimensions"] = keys.pairs(further)
    for ours in source.numbers:
        column = layout.column(ours)
        if column:
            texts[f"{ours}_text"] = _trimmed(raw[column])
    return texts


def _text_columns(layout: Layout) -> list[str]:
    always = ["source_relation", "date", "platform", "account_id", "account_name"]
    always += ["campaign", "campaign_name", "campaign_type", "currency"]
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
    return ibis.ifelse(matches, rewritten, ibis.null("string")).try_cast("date")


def _numbers(rows: ir.Table, layout: Layout) -> dict[str, ir.Value]:
    """Our measures as exact numbers; null where the file has none or it cannot be read."""
    numbers: dict[str, ir.Value] = {}
    for ours in _MEASURES:
        if not layout.column(ours):
            numbers[ours] = ibis.null(NUMBER)
            continue
        text = rows[f"{ours}_text"]
        plain = ibis.ifelse(text.contains("_"), ibis.null("string"), text)  # 1_000 is no number
        scale = layout.source.scale.get(ours)
        numbers[ours] = (
            (plain.try_cast("decimal(24, 6)") * ibis.literal(scale, "decimal(7, 6)")).try_cast(
                NUMBER
            )
            if scale
            else plain.try_cast(NUMBER)
        )
    return numbers
