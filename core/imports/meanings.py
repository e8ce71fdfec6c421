"""What the columns of a file that nobody knows can mean, and which must be there."""

from collections.abc import Mapping
from typing import Any

from core.errors import Invalid
from core.i18n import mark

TITLES = {
    "campaigns": mark("Campaigns by day"),
    "creatives": mark("Advertisements by day"),
    "audiences": mark("Audiences by day"),
    "outcomes": mark("Revenue of the whole business"),
}
_CAMPAIGN = {
    "campaign_name": mark("Campaign"),
    "campaign": mark("Campaign's id"),
    "account_id": mark("Account"),
    "currency": mark("Currency"),
}
_FIGURES = {
    "spend": mark("Spend"),
    "impressions": mark("Impressions"),
    "clicks": mark("Clicks"),
    "conversions": mark("Conversions"),
    "conversions_value": mark("Revenue"),
}
COLUMNS: dict[str, dict[str, str]] = {
    "campaigns": {"date": mark("Date"), **_CAMPAIGN, **_FIGURES},
    "creatives": {
        "date": mark("Date"),
        "creative_name": mark("Creative"),
        "creative": mark("Creative's id"),
        **_CAMPAIGN,
        **_FIGURES,
    },
    "audiences": {
        "date": mark("Date"),
        "audience_name": mark("Audience"),
        "audience": mark("Audience's id"),
        **_CAMPAIGN,
        **_FIGURES,
    },
    "outcomes": {
        "date": mark("Date"),
        "revenue": mark("Revenue"),
        "orders": mark("Orders"),
        "currency": mark("Currency"),
    },
}
"""What may be said of each kind of file: our columns, marked for translation."""

NUMBERS = frozenset({*_FIGURES, "revenue", "orders"})
_ONE_OF: dict[str, tuple[tuple[str, ...], ...]] = {
    "campaigns": (("date",), ("campaign_name", "campaign"), ("spend",)),
    "creatives": (
        ("date",),
        ("campaign_name", "campaign"),
        ("creative_name", "creative"),
        ("impressions", "clicks", "spend"),
    ),
    "audiences": (
        ("date",),
        ("campaign_name", "campaign"),
        ("audience_name", "audience"),
        ("impressions", "clicks", "spend"),
    ),
    "outcomes": (("date",), ("revenue",)),
}


class MappingIncomplete(Invalid):
    """A column without which rows of this kind mean nothing was not matched."""

    code = "mapping_incomplete"
    message = mark("Say which column is this: {missing}.")


class ColumnUsedTwice(Invalid):
    """One column of the file was given two meanings."""

    code = "column_used_twice"
    message = mark("The column {column} has two meanings. Give it one.")


def check(mapping: Mapping[str, Any]) -> None:
    """Raise a named error where a mapping cannot be imported by.

    A mapping has ``kind``, a ``platform`` (or "" where the file is not of one), a ``scale``
    of spend (1, or 0.000001 for millionths) and ``columns``: ours to the file's plain names.
    """
    kind, columns = mapping["kind"], mapping["columns"]
    for names in _ONE_OF[kind]:
        if not any(columns.get(name) for name in names):
            raise MappingIncomplete(missing=COLUMNS[kind][names[0]])
    used = [name for name in columns.values() if name]
    for name in used:
        if used.count(name) > 1:
            raise ColumnUsedTwice(column=name)
