"""Figures as plain JSON, so that a document can be made again when the warehouse has moved on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from core.campaigns.periods import Span
from core.documents.composing import Reading
from core.documents.figures import (
    CampaignFigures,
    DayFigures,
    Measures,
    ReportFigures,
    Scope,
    Source,
)

_COUNTS = ("impressions", "clicks", "clicks_with_conversions")


def as_record(read: Reading) -> dict[str, Any]:
    """Everything a document was told, exactly: decimals and days as text."""
    plain: dict[str, Any] = _plain({"scope": asdict(read.scope), "figures": _dict(read.figures)})
    return plain


def from_record(record: Mapping[str, Any]) -> Reading:
    """What :func:`as_record` kept."""
    scope, figures = record["scope"], record["figures"]
    period = Span(_day(scope["period"]["start"]), _day(scope["period"]["end"]))
    return Reading(
        Scope(period, tuple(scope["campaign_ids"]), scope["currency"]), _figures(figures)
    )


def _dict(figures: ReportFigures) -> dict[str, Any]:
    # A list, for PostgreSQL does not keep the order of an object's names.
    sources = [[name, asdict(source)] for name, source in figures.sources.items()]
    rest = {name: getattr(figures, name) for name in _FIELDS}
    parts = {
        "totals": asdict(figures.totals),
        "previous": asdict(figures.previous) if figures.previous else None,
        "daily": [asdict(one) for one in figures.daily],
        "campaigns": [asdict(one) for one in figures.campaigns],
    }
    return {**rest, **parts, "sources": sources}


_FIELDS = ("generation", "data_from", "data_until", "other_currencies")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _figures(record: Mapping[str, Any]) -> ReportFigures:
    return ReportFigures(
        generation=record["generation"],
        data_from=_day(record["data_from"]),
        data_until=_day(record["data_until"]),
        totals=_measures(record["totals"]),
        previous=_measures(record["previous"]) if record["previous"] else None,
        daily=tuple(
            DayFigures(_day(one["day"]), _decimal(one["spend"]), _decimal(one["revenue"]))
            for one in record["daily"]
        ),
        campaigns=tuple(map(_campaign, record["campaigns"])),
        other_currencies=tuple(record["other_currencies"]),
        sources={name: _source(one) for name, one in record["sources"]},
    )


def _campaign(one: Mapping[str, Any]) -> CampaignFigures:
    return CampaignFigures(
        one["campaign_id"],
        one["name"],
        one["platform"],
        _measures(one["measures"]),
        one["is_sample"],
    )


def _measures(record: Mapping[str, Any]) -> Measures:
    told: dict[str, Any] = {
        name: value if name in _COUNTS else _decimal(value) for name, value in record.items()
    }
    return Measures(**told)


def _source(one: Mapping[str, Any]) -> Source:
    parameters = tuple(one["parameters"])
    return Source(one["query"], parameters, one["rows"], one["rows_sha256"])


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: Any) -> Any:
    return None if value is None else date.fromisoformat(value)
