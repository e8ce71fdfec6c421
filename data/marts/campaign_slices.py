"""A view cut by a dimension: its slices now, in the days compared with, and over time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.schemas import Dimension, Slice, View
from data.marts.campaign_rows import DAY, SUMS, Readable, among, condition, source

_WEEKDAY = f"isodow({DAY})"
_KEYS = {
    Dimension.PLATFORM: ("platform", "platform"),
    Dimension.TYPE: ("campaign_type", "campaign_type"),
    Dimension.CAMPAIGN: ("campaign_id", "any_value(campaign_name)"),
    Dimension.AUDIENCE: ("part_id", "any_value(part_name || ' · ' || campaign_name)"),
    Dimension.CREATIVE: ("part_id", "any_value(part_name || ' · ' || campaign_name)"),
    Dimension.WEEKDAY: (_WEEKDAY, f"({_WEEKDAY})::VARCHAR"),
}


def slices(warehouse: Readable, view: View, by: Dimension, limit: int) -> tuple[list[Slice], int]:
    """The ``limit`` slices with most spend, and how many there are; see the port."""
    rows = _sums(warehouse, view, by)
    now = [row for row in rows if row[0]]
    old = _older(warehouse, view, by)
    before = {row[1]: Totals(*row[3:]) for row in rows if not row[0] and row[1] in old}
    shown = now[:limit]
    trends = _trends(warehouse, view, by, [row[1] for row in shown])
    empty = (0.0,) * len(view.span.bins)
    return [
        Slice(row[1], row[2], Totals(*row[3:]), before.get(row[1]), trends.get(row[1], empty))
        for row in shown
    ], len(now)


def _sums(warehouse: Readable, view: View, by: Dimension) -> list[tuple[Any, ...]]:
    """Whether now, key, label and sums, in the order in which slices are shown."""
    key, label = _KEYS[by]
    queries, params = [], []
    for is_now, span in (("true", view.span), ("false", view.earlier)):
        holds, values = condition(view, span)
        queries.append(
            f"""SELECT {is_now} AS is_now, {key} AS key, {label} AS label, {SUMS}
                FROM {source(view, by)} WHERE {holds} GROUP BY {key}"""
        )
        params += values
    order = "2" if by is Dimension.WEEKDAY else "6 DESC, 2"
    return warehouse.rows(f"{' UNION ALL '.join(queries)} ORDER BY {order}", params)


def _older(warehouse: Readable, view: View, by: Dimension) -> set[Any]:
    """The slices that have rows on or before the first of the days compared with."""
    holds, params = condition(view, Span(date.min, view.earlier.start))
    sql = f"SELECT DISTINCT {_KEYS[by][0]} FROM {source(view, by)} WHERE {holds}"
    return {row[0] for row in warehouse.rows(sql, params)}


def _trends(
    warehouse: Readable, view: View, by: Dimension, keys: Sequence[Any]
) -> dict[Any, tuple[float, ...]]:
    """Spend per day in each bin of the view's span, by slice; 0 where there are no rows."""
    if by is Dimension.WEEKDAY:
        return {}
    key = _KEYS[by][0]
    holds, params = condition(view, view.span)
    chosen, values = among(key, keys)
    bins = view.span.bins
    rows = warehouse.rows(
        f"""SELECT key, least(date_diff('day', {DAY}, ?::DATE) // ?, ?), sum(spend)::DOUBLE
            FROM (SELECT {key} AS key, date_id, sum(spend) AS spend
                  FROM {source(view, by)} WHERE {holds} AND {chosen} GROUP BY 1, 2)
            GROUP BY 1, 2""",
        [view.span.end, bins[-1].days, len(bins) - 1, *params, *values],
    )
    trends: dict[Any, list[float]] = {}
    for value, bins_ago, spend in rows:
        position = len(bins) - 1 - bins_ago
        trends.setdefault(value, [0.0] * len(bins))[position] = spend / bins[position].days
    return {value: tuple(trend) for value, trend in trends.items()}
