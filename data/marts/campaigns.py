"""Campaign figures from the star schema: only the columns a question needs, summed in DuckDB."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from core.campaigns.changes import WeeklySeries
from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.schemas import (
    CampaignChoice,
    CampaignProfile,
    Choices,
    CurrencyChoice,
    Day,
    Dimension,
    Slice,
    View,
)
from data.marts.campaign_profile import Readable, profile
from data.marts.days import date_id, day_of

# In the order of Totals' fields.
_SUMS = """
    sum(f.impressions)::BIGINT, sum(f.clicks)::BIGINT, sum(f.spend)::DOUBLE,
    sum(f.conversions)::DOUBLE, sum(f.conversions_value)::DOUBLE,
    coalesce(sum(f.spend) FILTER (f.conversions IS NOT NULL), 0)::DOUBLE,
    coalesce(sum(f.clicks) FILTER (f.conversions IS NOT NULL), 0)::BIGINT,
    coalesce(sum(f.spend) FILTER (f.conversions_value IS NOT NULL), 0)::DOUBLE"""

_DAY = "make_date(date_id // 10000, date_id // 100 % 100, date_id % 100)"

_WEEKDAY = f"isodow({_DAY})"

_KEYS = {
    Dimension.PLATFORM: ("c.platform", "c.platform"),
    Dimension.TYPE: ("c.campaign_type", "c.campaign_type"),
    Dimension.CAMPAIGN: ("c.campaign_id", "any_value(c.campaign_name)"),
    Dimension.WEEKDAY: (_WEEKDAY, f"({_WEEKDAY})::VARCHAR"),
}


class CampaignMart:
    """Implements :class:`core.campaigns.ports.CampaignFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def choices(self) -> Choices | None:
        """What there is to filter by; ``None`` while no row was imported."""
        spans = self._warehouse.rows(
            """SELECT currency, min(date_id), max(date_id), max(created_at)
               FROM fact_campaign_performance
               GROUP BY 1 ORDER BY max(date_id) DESC, count(*) DESC, 1"""
        )
        if not spans:
            return None
        campaigns = self._warehouse.rows(
            """SELECT campaign_id, any_value(c.platform), any_value(c.campaign_type),
                      any_value(c.campaign_name), any_value(c.external_id), max(spent)
               FROM (SELECT campaign_id, currency, sum(spend)::DOUBLE AS spent
                     FROM fact_campaign_performance GROUP BY 1, 2)
               JOIN dim_campaign c USING (campaign_id)
               GROUP BY 1 ORDER BY max(spent) DESC, 1"""
        )
        return Choices(
            currencies=tuple(
                CurrencyChoice(code, Span(day_of(first), day_of(last)))
                for code, first, last, _ in spans
            ),
            platforms=_by_spend((row[1], row[5]) for row in campaigns),
            types=_by_spend((row[2], row[5]) for row in campaigns),
            campaigns=_with_unique_labels(campaigns),
            imported_at=max(row[3] for row in spans),
        )

    def campaign(self, campaign_id: int) -> CampaignProfile | None:
        """What one campaign is; ``None`` where no campaign has this id."""
        return profile(self._warehouse, campaign_id)

    def first_day(self, view: View) -> date | None:
        """The first day ever that has a row of the view's currency and filters."""
        source, params = _from(view, Span(date.min, view.span.end))
        ((first,),) = self._warehouse.rows(f"SELECT min(f.date_id) {source}", params)
        return day_of(first) if first else None

    def daily(self, view: View) -> list[Day]:
        """Sums by day over the view's span and the one before it, in order of days."""
        source, params = _from(view, Span(view.span.before.start, view.span.end))
        rows = self._warehouse.rows(
            f"SELECT f.date_id, {_SUMS} {source} GROUP BY 1 ORDER BY 1", params
        )
        return [Day(day_of(row[0]), Totals(*row[1:])) for row in rows]

    def slices(self, view: View, by: Dimension, limit: int) -> tuple[list[Slice], int]:
        """The ``limit`` slices with most spend, and how many slices there are; see the port."""
        key, label = _KEYS[by]
        source, params = _from(view, Span(view.span.before.start, view.span.end), joined=True)
        rows = self._warehouse.rows(
            f"""SELECT f.date_id >= {date_id(view.span.start)} AS is_now, {key}, {label}, {_SUMS}
                {source} GROUP BY 1, 2
                ORDER BY {"2" if by is Dimension.WEEKDAY else "6 DESC, 2"}""",
            params,
        )
        now = [row for row in rows if row[0]]
        old = self._older(view, key)
        before = {row[1]: Totals(*row[3:]) for row in rows if not row[0] and row[1] in old}
        shown = now[:limit]
        trends = self._trends(view, key, [row[1] for row in shown])
        empty = (0.0,) * len(view.span.bins)
        return [
            Slice(row[1], row[2], Totals(*row[3:]), before.get(row[1]), trends.get(row[1], empty))
            for row in shown
        ], len(now)

    def _older(self, view: View, key: str) -> set[Any]:
        """The slices that have rows on or before the first day of the period before."""
        source, params = _from(view, Span(date.min, view.span.before.start), joined=True)
        return {row[0] for row in self._warehouse.rows(f"SELECT DISTINCT {key} {source}", params)}

    def _trends(self, view: View, key: str, keys: Sequence[Any]) -> dict[Any, tuple[float, ...]]:
        """Spend per day in each bin of the view's span, by slice; 0 where there are no rows."""
        source, params = _from(view, view.span, joined=True)
        condition, chosen = _among(key, keys)
        bins = view.span.bins
        rows = self._warehouse.rows(
            f"""SELECT key, least(date_diff('day', {_DAY}, ?::DATE) // ?, ?), sum(spend)::DOUBLE
                FROM (SELECT {key} AS key, f.date_id, sum(f.spend) AS spend
                      {source} AND {condition} GROUP BY 1, 2)
                GROUP BY 1, 2""",
            [view.span.end, bins[-1].days, len(bins) - 1, *params, *chosen],
        )
        trends: dict[Any, list[float]] = {}
        for value, bins_ago, spend in rows:
            position = len(bins) - 1 - bins_ago
            trend = trends.setdefault(value, [0.0] * len(bins))
            trend[position] = spend / bins[position].days
        return {value: tuple(trend) for value, trend in trends.items()}

    def shows_sample(self, view: View) -> bool:
        """Whether any campaign with rows in the view's span belongs to the sample world."""
        source, params = _from(view, view.span, joined=True)
        found = self._warehouse.rows(f"SELECT 1 {source} AND c.is_sample LIMIT 1", params)
        return bool(found)

    def weekly(self, view: View, weeks: int, limit: int) -> list[WeeklySeries]:
        """Spend and revenue by week of the campaigns with most spend; see the port."""
        window = Span(view.span.end - timedelta(days=7 * weeks - 1), view.span.end)
        source, params = _from(view, window, joined=True)
        rows = self._warehouse.rows(
            f"""WITH days AS (
                    SELECT f.campaign_id, c.campaign_name, f.date_id, sum(f.spend) AS spend,
                           sum(f.conversions_value) AS revenue,
                           sum(f.spend) FILTER (f.conversions_value IS NOT NULL) AS earning
                    {source} GROUP BY ALL),
                top AS (
                    SELECT campaign_id, min({_DAY}) AS first_day FROM days
                    GROUP BY 1 ORDER BY sum(spend) DESC, 1 LIMIT ?)
                SELECT campaign_id, any_value(campaign_name), any_value(first_day),
                       date_diff('day', {_DAY}, ?::DATE) // 7 AS weeks_ago,
                       sum(spend)::DOUBLE, sum(revenue)::DOUBLE, sum(earning)::DOUBLE
                FROM days JOIN top USING (campaign_id) GROUP BY 1, 4""",
            [*params, limit, window.end],
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


def _from(view: View, span: Span, joined: bool = False) -> tuple[str, list[Any]]:
    """FROM and WHERE of a view's rows in ``span``, and the values they bind."""
    parts = ["f.currency = ? AND f.date_id BETWEEN ? AND ?"]
    params: list[Any] = [view.currency, date_id(span.start), date_id(span.end)]
    for column, chosen in (
        ("c.platform", view.platforms),
        ("c.campaign_type", view.types),
        ("f.campaign_id", view.campaign_ids),
    ):
        if chosen:
            condition, values = _among(column, chosen)
            parts.append(condition)
            params += values
    join = "JOIN dim_campaign c USING (campaign_id)"
    if not (joined or view.platforms or view.types):
        join = ""  # the join costs as much as the sum itself
    return f"FROM fact_campaign_performance f {join} WHERE {' AND '.join(parts)}", params


def _among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition that holds where the column has one of the values, of which one may be NULL."""
    given = [value for value in values if value is not None]
    options = [f"{column} IN ({', '.join('?' * len(given))})"] if given else []
    if len(given) < len(values):
        options.append(f"{column} IS NULL")
    return f"({' OR '.join(options) or 'false'})", given


def _by_spend(pairs: Iterable[tuple[Any, float]]) -> tuple[Any, ...]:
    """The distinct first members, by the sum of the second, largest first."""
    sums: dict[Any, float] = {}
    for value, spend in pairs:
        sums[value] = sums.get(value, 0.0) + spend
    return tuple(sorted(sums, key=lambda value: (-sums[value], value or "")))


def _with_unique_labels(rows: Sequence[tuple[Any, ...]]) -> tuple[CampaignChoice, ...]:
    """Campaigns by name; where a name occurs twice, platform and key tell them apart."""
    twice = {name for name, count in Counter(row[3] for row in rows).items() if count > 1}
    return tuple(
        CampaignChoice(row[0], f"{row[3]} ({row[1]}, {row[4]})" if row[3] in twice else row[3])
        for row in rows
    )
