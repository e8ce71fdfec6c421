"""Campaigns day by day for those who watch over them: blocks of days, runs, tracking."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np

from core.campaigns.anomalies import DailyBlock
from core.campaigns.expected import Floats
from core.campaigns.kpis import Totals
from core.campaigns.tracking import Tracking
from core.campaigns.watch_ports import MonthFigures, Run, RunFigures
from data.marts.campaign_rows import SUMS
from data.marts.days import date_id, day_of
from data.marts.tracking import tracking

_DAY = "make_date(f.date_id // 10000, f.date_id // 100 % 100, f.date_id % 100)"
_SUMS = """
    sum(f.impressions)::BIGINT, sum(f.clicks)::BIGINT, sum(f.spend)::DOUBLE,
    sum(f.conversions)::DOUBLE, sum(f.conversions_value)::DOUBLE,
    coalesce(sum(f.spend) FILTER (f.conversions IS NOT NULL), 0)::DOUBLE,
    coalesce(sum(f.clicks) FILTER (f.conversions IS NOT NULL), 0)::BIGINT,
    coalesce(sum(f.spend) FILTER (f.conversions_value IS NOT NULL), 0)::DOUBLE"""
_FIGURES = ("spend", "conversions", "revenue", "spend_converting", "spend_earning")


class Readable(Protocol):
    """The part of the warehouse this mart reads."""

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one query."""

    def columns(self, sql: str, params: Sequence[Any] = ()) -> dict[str, Any]:
        """Columns of one query as arrays, masked where they have NULLs."""


class WatchMart:
    """Implements :class:`core.campaigns.watch_ports.WatchFigures` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def currencies(self) -> Sequence[str]:
        """The currencies that occur; see the port."""
        rows = self._warehouse.rows(
            """SELECT currency FROM fact_campaign_performance
               GROUP BY 1 ORDER BY max(date_id) DESC, count(*) DESC, 1"""
        )
        return [currency for (currency,) in rows]

    def block(
        self, currency: str, days: int, limit: int, campaign_id: int | None = None
    ) -> DailyBlock | None:
        """The last days of many campaigns or of one; see the port."""
        last = self._last_whole_day(currency)
        if last is None:
            return None
        window = [currency, date_id(last - timedelta(days=days - 1)), date_id(last)]
        one, chosen = ("", []) if campaign_id is None else ("AND campaign_id = ?", [campaign_id])
        heads = self._warehouse.rows(
            f"""WITH own AS (
                    SELECT campaign_id, min(date_id) AS first, max(date_id) AS last,
                           sum(spend) AS spent
                    FROM fact_campaign_performance
                    WHERE currency = ? AND date_id BETWEEN ? AND ?
                    GROUP BY 1)
                SELECT campaign_id, campaign_name, is_sample, first,
                       max(last) OVER (PARTITION BY platform, account_id) AS reach
                FROM own JOIN dim_campaign USING (campaign_id)
                WHERE spent > 0 {one}
                ORDER BY spent DESC, campaign_id LIMIT ?""",
            [*window, *chosen, limit],
        )
        if not heads:
            return None
        facts = self._warehouse.columns(
            f"""SELECT f.campaign_id, date_diff('day', {_DAY}, ?::DATE) AS ago,
                       f.spend::DOUBLE AS spend, f.conversions::DOUBLE AS conversions,
                       f.conversions_value::DOUBLE AS revenue
                FROM fact_campaign_performance f
                SEMI JOIN (SELECT unnest(?::BIGINT[]) AS campaign_id) USING (campaign_id)
                WHERE f.currency = ? AND f.date_id BETWEEN ? AND ?""",
            [last, [head[0] for head in heads], *window],
        )
        return _block(heads, facts, last, days)

    def _last_whole_day(self, currency: str) -> date | None:
        """The last day that was over when its data came."""
        ((last, imported),) = self._warehouse.rows(
            """SELECT max(date_id), max(created_at) FROM fact_campaign_performance
               WHERE currency = ?""",
            [currency],
        )
        if last is None:
            return None
        reached: date = min(day_of(last), imported.date() - timedelta(days=1))
        return reached

    def month(self, currency: str) -> MonthFigures | None:
        """What a currency's campaigns brought in the last whole day's month; see the port."""
        last = self._last_whole_day(currency)
        if last is None:
            return None
        ((days, is_sample, *sums),) = self._warehouse.rows(
            f"""SELECT count(*), coalesce(bool_or(is_sample), false), {SUMS} FROM agg_day
                WHERE currency = ? AND date_id BETWEEN ? AND ?""",
            [currency, date_id(last.replace(day=1)), date_id(last)],
        )
        return MonthFigures(last, Totals(*sums) if days else None, is_sample)

    def runs(self, runs: Sequence[Run]) -> Mapping[int, RunFigures]:
        """Figures of runs by record; see the port."""
        if not runs:
            return {}
        wanted, values = _wanted(runs)
        reached = self._warehouse.rows(
            f"""{wanted}, reach AS (
                    SELECT platform, account_id, max(date_id) AS reach
                    FROM fact_campaign_performance JOIN dim_campaign USING (campaign_id)
                    GROUP BY 1, 2)
                SELECT w.record_id, c.campaign_id, any_value(r.reach),
                       min(f.date_id) FILTER (f.currency = w.currency),
                       bool_or(f.currency <> w.currency)
                FROM wanted w JOIN dim_campaign c USING (record_id)
                JOIN fact_campaign_performance f USING (campaign_id)
                JOIN reach r ON r.platform = c.platform
                            AND r.account_id IS NOT DISTINCT FROM c.account_id
                WHERE f.date_id >= w.first
                GROUP BY 1, 2""",
            values,
        )
        totals, daily = self._totals(wanted, values), self._daily(wanted, values)
        return {
            record: RunFigures(
                campaign_id,
                *_course(daily.get(record, []), first, day_of(reach)),
                totals.get(record),
                elsewhere,
            )
            for record, campaign_id, reach, first, elsewhere in reached
        }

    def _totals(self, wanted: str, values: list[Any]) -> dict[int, Totals]:
        rows = self._warehouse.rows(
            f"""{wanted} SELECT w.record_id, {_SUMS}
                FROM wanted w JOIN dim_campaign c USING (record_id)
                JOIN fact_campaign_performance f USING (campaign_id)
                WHERE f.currency = w.currency AND f.date_id BETWEEN w.first AND w.last
                GROUP BY 1""",
            values,
        )
        return {row[0]: Totals(*row[1:]) for row in rows}

    def _daily(self, wanted: str, values: list[Any]) -> dict[int, list[tuple[date, float]]]:
        rows = self._warehouse.rows(
            f"""{wanted} SELECT w.record_id, {_DAY}, f.spend::DOUBLE
                FROM wanted w JOIN dim_campaign c USING (record_id)
                JOIN fact_campaign_performance f USING (campaign_id)
                WHERE f.currency = w.currency AND f.date_id >= w.first""",
            values,
        )
        daily: dict[int, list[tuple[date, float]]] = {}
        for record, day, spend in rows:
            daily.setdefault(record, []).append((day, spend))
        return daily

    def tracking(self, currency: str, campaign_id: int | None = None) -> Sequence[Tracking]:
        """Each campaign's tracking; see the port."""
        last = self._last_whole_day(currency)
        return [] if last is None else tracking(self._warehouse, currency, last, campaign_id)


def _wanted(runs: Sequence[Run]) -> tuple[str, list[Any]]:
    """A common table of the runs, and the values it binds."""
    sql = """
        WITH wanted AS (
            SELECT unnest(?::BIGINT[]) AS record_id, unnest(?::INTEGER[]) AS first,
                   unnest(?::INTEGER[]) AS last, unnest(?::VARCHAR[]) AS currency)"""
    return sql, [
        [run.record_id for run in runs],
        [date_id(run.start) for run in runs],
        [date_id(run.end or date.max) for run in runs],
        [run.currency for run in runs],
    ]


def _course(
    days: Sequence[tuple[date, float]], first: int | None, reach: date
) -> tuple[date, Floats]:
    """Daily spend from the first day with a row, zeros where there is none."""
    if first is None:
        return reach, np.empty(0)
    start = day_of(first)
    spend = np.zeros((reach - start).days + 1)
    for day, amount in days:
        spend[(day - start).days] += amount
    return start, spend


def _block(
    heads: Sequence[tuple[Any, ...]], facts: Mapping[str, Any], last: date, days: int
) -> DailyBlock:
    """Rows as arrays of campaign by day; see :class:`DailyBlock` for what NaN means."""
    ids = np.array([head[0] for head in heads])
    order = np.argsort(ids)
    row = order[np.searchsorted(ids[order], facts["campaign_id"])]
    at = (row, days - 1 - facts["ago"].astype(int))
    shape = (len(ids), days)
    spend, conversions, revenue = (
        _with_nan(facts[name]) for name in ("spend", "conversions", "revenue")
    )
    arrays = {name: np.zeros(shape) for name in _FIGURES}
    arrays["spend"][at], arrays["conversions"][at], arrays["revenue"][at] = (
        spend,
        conversions,
        revenue,
    )
    arrays["spend_converting"][at] = np.where(np.isnan(conversions), 0.0, spend)
    arrays["spend_earning"][at] = np.where(np.isnan(revenue), 0.0, spend)
    unknown = _unknown(heads, last, days)
    for array in arrays.values():
        array[unknown] = np.nan
    for name, given in (("conversions", conversions), ("revenue", revenue)):
        reported = np.bincount(at[0], weights=np.isfinite(given), minlength=len(ids)) > 0
        arrays[name][~reported] = np.nan
    return DailyBlock(
        campaign_ids=tuple(head[0] for head in heads),
        names=tuple(head[1] for head in heads),
        sample=tuple(head[2] for head in heads),
        last_day=last,
        **arrays,
    )


def _with_nan(values: Any) -> Floats:
    filled: Floats = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    return filled


def _unknown(heads: Sequence[tuple[Any, ...]], last: date, days: int) -> Any:
    """Which days of which campaigns nobody knows: before their first, after their account's."""
    first = np.array([(last - day_of(head[3])).days for head in heads])[:, None]
    reach = np.array([(last - day_of(head[4])).days for head in heads])[:, None]
    ago = np.arange(days - 1, -1, -1)[None, :]
    return (ago > first) | (ago < reach)
