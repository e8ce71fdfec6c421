"""All campaigns of a view by spend, from blocks of days that were summed at publication.

First the ranking, over one column; then all sums of those that are shown only. What it costs
grows with the campaigns, not with their days.
"""

from collections.abc import Sequence
from typing import Any

from core.campaigns.kpis import Totals
from core.campaigns.periods import Grain, Span
from core.campaigns.schemas import Slice, View
from data.marts import blocks
from data.marts.campaign_rows import MEASURES, OF_FACT, SUMS, Readable, among
from data.marts.days import date_id

_BLOCK_OF = {Grain.WEEK: 7, Grain.FOUR_WEEKS: 28}


def slices(warehouse: Readable, view: View, limit: int) -> tuple[list[Slice], int]:
    """The ``limit`` campaigns with most spend, and how many there are; see the port."""
    shown, count = ranked(warehouse, view, view.span, limit)
    if not shown:
        return [], 0
    names, sums = _names(warehouse, shown), _sums(warehouse, view, shown)
    old, trends = _older(warehouse, view, shown), _trends(warehouse, view, shown)
    return [
        Slice(
            one,
            names[one],
            sums[one, True],
            sums.get((one, False)) if one in old else None,
            trends[one],
        )
        for one in shown
    ], count


def ranked(warehouse: Readable, view: View, span: Span, limit: int) -> tuple[list[int], int]:
    """The ids of the campaigns that spent most in ``span``, and how many have rows in it."""
    rows, params = _covered(view.currency, span, "spend", "spend")
    holds, chosen = _which(view)
    found = warehouse.rows(
        f"""SELECT campaign_id, count(*) OVER () FROM {rows} {holds}
            GROUP BY 1 ORDER BY sum(spend)::DOUBLE DESC, 1 LIMIT ?""",
        [*params, *chosen, limit],
    )
    return [row[0] for row in found], found[0][1] if found else 0


def _names(warehouse: Readable, shown: Sequence[int]) -> dict[int, str]:
    holds, params = among("campaign_id", shown)
    sql = f"SELECT campaign_id, campaign_name FROM dim_campaign WHERE {holds}"
    return dict(warehouse.rows(sql, params))


def _sums(warehouse: Readable, view: View, shown: Sequence[int]) -> dict[tuple[int, bool], Totals]:
    """Each campaign's sums, in the span and, under False, in the days compared with."""
    queries, params = [], []
    for is_now, span in (("true", view.span), ("false", view.earlier)):
        rows, values = _covered(view.currency, span, MEASURES, OF_FACT)
        holds, chosen = among("campaign_id", shown)
        queries.append(f"SELECT campaign_id, {is_now}, {SUMS} FROM {rows} WHERE {holds} GROUP BY 1")
        params += [*values, *chosen]
    found = warehouse.rows(" UNION ALL ".join(queries), params)
    return {(row[0], row[1]): Totals(*row[2:]) for row in found}


def _older(warehouse: Readable, view: View, shown: Sequence[int]) -> set[int]:
    """The campaigns that have rows on or before the first of the days compared with."""
    holds, params = among("campaign_id", shown)
    found = warehouse.rows(
        f"""SELECT DISTINCT campaign_id FROM agg_campaign_year
            WHERE currency = ? AND first_date_id <= ? AND {holds}""",
        [view.currency, date_id(view.earlier.start), *params],
    )
    return {row[0] for row in found}


def _trends(warehouse: Readable, view: View, shown: Sequence[int]) -> dict[int, tuple[float, ...]]:
    """Spend per day on each day or, of a long span, in each calendar week or four."""
    holds, params = among("campaign_id", shown)
    size = _BLOCK_OF.get(view.span.grain)
    if size is None:
        bins = {date_id(one.start): at for at, one in enumerate(view.span.bins)}
        found = warehouse.rows(
            f"""SELECT campaign_id, date_id, spend::DOUBLE FROM fact_campaign_performance
                WHERE currency = ? AND date_id BETWEEN ? AND ? AND {holds}""",
            [view.currency, min(bins), max(bins), *params],
        )
    else:
        bins = {block: at for at, block in enumerate(blocks.whole(view.span, size))}
        found = warehouse.rows(
            f"""SELECT campaign_id, block_id, sum(spend)::DOUBLE FROM agg_campaign_block
                WHERE currency = ? AND block_id BETWEEN ? AND ? AND {holds} GROUP BY 1, 2""",
            [view.currency, min(bins), max(bins), *params],
        )
    trends = {one: [0.0] * len(bins) for one in shown}
    for one, key, spend in found:
        trends[one][bins[key]] = spend / (size or 1)
    return {one: tuple(trend) for one, trend in trends.items()}


def _covered(currency: str, span: Span, of_block: str, of_fact: str) -> tuple[str, list[Any]]:
    """The rows that make up a span, and the values they bind."""
    cover = blocks.cover(span)
    block = f"SELECT campaign_id, {of_block} FROM agg_campaign_block WHERE block_id"
    fact = f"SELECT campaign_id, {of_fact} FROM fact_campaign_performance WHERE date_id"
    queries = [block] * len(cover.blocks) + [fact] * len(cover.days)
    rows = " UNION ALL ".join(f"{query} BETWEEN ? AND ? AND currency = ?" for query in queries)
    runs = [*cover.blocks, *((date_id(one.start), date_id(one.end)) for one in cover.days)]
    return f"({rows})", [value for first, last in runs for value in (first, last, currency)]


def _which(view: View) -> tuple[str, list[Any]]:
    """The join and condition of a view's filters; empty without any."""
    parts, params = [], []
    for column, chosen in (
        ("platform", view.platforms),
        ("campaign_type", view.types),
        ("campaign_id", view.campaign_ids),
    ):
        if chosen:
            holds, values = among(column, chosen)
            parts.append(holds)
            params += values
    if not parts:
        return "", []
    return f"JOIN dim_campaign USING (campaign_id) WHERE {' AND '.join(parts)}", params
