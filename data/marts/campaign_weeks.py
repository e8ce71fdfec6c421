"""Campaigns' spend and revenue by week, counted back from the last day of a view."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core.campaigns.changes import WeeklySeries
from core.campaigns.periods import Span
from core.campaigns.schemas import View
from data.marts.campaign_ranking import ranked
from data.marts.campaign_rows import DAY, Readable, among
from data.marts.days import date_id

_WEEKS = f"""WITH days AS (
        SELECT f.campaign_id, campaign_name, {DAY} AS day, spend, conversions_value AS revenue,
               CASE WHEN conversions_value IS NOT NULL THEN spend END AS earning
        FROM fact_campaign_performance AS f JOIN dim_campaign USING (campaign_id)
        WHERE f.currency = ? AND date_id BETWEEN ? AND ? AND @),
    top AS (SELECT campaign_id, min(day) AS first_day FROM days GROUP BY 1)
    SELECT campaign_id, any_value(campaign_name), any_value(first_day),
           date_diff('day', day, ?::DATE) // 7 AS weeks_ago,
           sum(spend)::DOUBLE, sum(revenue)::DOUBLE, sum(earning)::DOUBLE
    FROM days JOIN top USING (campaign_id) GROUP BY 1, 4"""


def weekly(warehouse: Readable, view: View, weeks: int, limit: int) -> list[WeeklySeries]:
    """Spend and revenue by week of the campaigns with most spend; see the port."""
    window = Span(view.span.end - timedelta(days=7 * weeks - 1), view.span.end)
    top, _ = ranked(warehouse, view, window, limit)
    holds, params = among("f.campaign_id", top)
    rows = warehouse.rows(
        _WEEKS.replace("@", holds),
        [view.currency, date_id(window.start), date_id(window.end), *params, window.end],
    )
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return [_weekly_series(of_one, window) for _, of_one in sorted(found.items())]


def _weekly_series(rows: Sequence[tuple[Any, ...]], window: Span) -> WeeklySeries:
    """One campaign's weeks; the week in which it started counts only when it is whole."""
    campaign_id, name, first_day = rows[0][:3]
    count = ((window.end - first_day).days + 1) // 7
    spend, revenue, earning = ([0.0] * count for _ in range(3))
    for *_, weeks_ago, spent, earned, spent_earning in rows:
        if weeks_ago < count:
            spend[count - 1 - weeks_ago] = spent
            revenue[count - 1 - weeks_ago] = earned or 0.0
            earning[count - 1 - weeks_ago] = spent_earning or 0.0
    if all(row[5] is None for row in rows):
        return WeeklySeries(campaign_id, name, tuple(spend), None)
    return WeeklySeries(campaign_id, name, tuple(spend), tuple(revenue), tuple(earning))
