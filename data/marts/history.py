"""What response curves are learned from: days of campaigns, the whole business, lift tests."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.campaigns.learned import HORIZONS, WAY, Material
from core.campaigns.optimizer import pivot
from core.campaigns.optimizer.history import History, LiftTest
from core.campaigns.optimizer.pivot import CampaignLabel, NoRowsOfCampaigns, OutcomeRows, SpendRows
from core.i18n import NO_CURRENCY
from data.manifest import Manifest
from data.marts.days import date_id, day_of

HISTORY_DAYS = 730
MOST_CAMPAIGNS = 500  # by what they spend now
_LEARNED_FROM = ("fact_campaign_performance", "fact_business_outcome", "fact_lift_test")
_LEAST_OUTCOMES = 8  # days or weeks; fewer tell nothing
_DAY = "make_date(date_id // 10000, date_id // 100 % 100, date_id % 100)"


class Readable(Protocol):
    """The part of the warehouse this mart reads."""

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one query."""

    def columns(self, sql: str, params: Sequence[Any] = ()) -> dict[str, Any]:
        """Columns of one query as arrays, masked where they have NULLs."""


def fingerprint(manifest: Manifest) -> str:
    """The same for all generations from which the same is learned.

    A lake's files are named by their content.
    """
    files = [part.file for table in _LEARNED_FROM for part in manifest.parts(table)]
    return hashlib.sha256(f"{WAY} {sorted(files)}".encode()).hexdigest()[:16]


class HistoryMart:
    """Implements :class:`core.campaigns.response_ports.CampaignHistory` on the warehouse."""

    def __init__(self, warehouse: Readable) -> None:
        self._warehouse = warehouse

    def currencies(self) -> list[str]:
        """The currencies that campaigns spend in; see the port."""
        rows = self._warehouse.rows(
            """SELECT currency FROM agg_campaign_year GROUP BY 1
               HAVING sum(spend) > 0 ORDER BY max(last_date_id) DESC, sum(days) DESC, 1"""
        )
        return [currency for (currency,) in rows]

    def material(self, currency: str) -> Material:
        """The last two years in one currency; see the port.

        A day or week that was not over when its data came is left out.
        """
        ((last_id, imported),) = self._warehouse.rows(
            "SELECT max(last_date_id), max(created_at) FROM agg_campaign_year WHERE currency = ?",
            [currency],
        )
        if last_id is None:
            raise NoRowsOfCampaigns(field="history")
        over = imported.date() - timedelta(days=1)
        last = min(day_of(last_id), over)
        labels, smaller = self._labels(currency, last)
        ids = [int(one.campaign_id) for one in labels]
        rows, conversions = self._spend(currency, ids, last, over)
        outcome = self._outcome(currency, rows)
        history = pivot.history(labels, rows, currency, outcome)
        tests = self._lift_tests(currency)
        used = tuple(test for test in tests if _fits(history, test))
        return Material(
            replace(history, lift_tests=used),
            conversions,
            tuple(test for test in tests if test not in used),
            smaller,
        )

    def _labels(self, currency: str, last: date) -> tuple[list[CampaignLabel], int]:
        """The campaigns that spend now, those with most spend first, and how many are left out."""
        rows = self._warehouse.rows(
            f"""WITH now AS (
                    SELECT campaign_id, sum(spend) AS spent FROM fact_campaign_performance
                    WHERE currency = ? AND date_id BETWEEN ? AND ?
                    GROUP BY 1 HAVING sum(spend) > 0)
                SELECT campaign_id, CASE WHEN count(*) OVER (PARTITION BY campaign_name) > 1
                           THEN campaign_name || ' (' || platform || ', ' || external_id || ')'
                           ELSE campaign_name END,
                       coalesce(campaign_type, ''), count(*) OVER ()
                FROM now JOIN dim_campaign USING (campaign_id)
                ORDER BY spent DESC, campaign_id LIMIT {MOST_CAMPAIGNS}""",
            [currency, date_id(last - timedelta(days=max(HORIZONS) - 1)), date_id(last)],
        )
        labels = [CampaignLabel(str(key), name, kind) for key, name, kind, _ in rows]
        return labels, rows[0][3] - len(rows) if rows else 0

    def _spend(
        self, currency: str, ids: Sequence[int], last: date, over: date
    ) -> tuple[SpendRows, float | None]:
        """Rows up to the last day, of days and weeks that were over on a day; conversions."""
        places = ", ".join("?" * len(ids)) or "NULL"
        told = self._warehouse.columns(
            f"""SELECT {_DAY} AS day, campaign_id, spend::DOUBLE AS spend,
                       coalesce(conversions_value, 0)::DOUBLE AS attributed,
                       conversions::DOUBLE AS conversions
                FROM agg_campaign_day
                WHERE currency = ? AND date_id BETWEEN ? AND ? AND campaign_id IN ({places})""",
            [currency, date_id(last - timedelta(days=HISTORY_DAYS - 1)), date_id(last), *ids],
        )
        days = np.ma.getdata(told["day"]).astype("datetime64[D]")
        whole = days + (pivot.period_days(days) - 1) <= np.datetime64(over, "D")
        by_id = np.argsort(np.array(ids, dtype=np.int64))
        place = np.searchsorted(np.array(ids, dtype=np.int64)[by_id], told["campaign_id"])
        rows = SpendRows(
            days[whole],
            by_id[place][whole] if len(ids) else place,
            _numbers(told["spend"])[whole],
            _numbers(told["attributed"])[whole],
        )
        conversions = np.ma.sum(told["conversions"])
        return rows, None if np.ma.is_masked(conversions) else float(conversions)

    def _outcome(self, currency: str, spent: SpendRows) -> OutcomeRows | None:
        """Total revenue over the campaigns' days, by day or by week as its latest rows are."""
        if not len(spent.day):
            return None
        first, last = spent.day.min().astype(object), spent.day.max().astype(object)
        rows = self._warehouse.rows(
            f"""SELECT {_DAY}, revenue::DOUBLE, controls FROM fact_business_outcome
                WHERE currency = ? AND date_id BETWEEN ? AND ?
                QUALIFY period_days = last_value(period_days) OVER (
                    ORDER BY date_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
                ORDER BY date_id""",
            [self._told_in(currency, "fact_business_outcome"), date_id(first), date_id(last)],
        )
        if len(rows) < _LEAST_OUTCOMES:
            return None
        controls, names = pivot.controls_by_name([row[2] or {} for row in rows])
        days = np.array([row[0] for row in rows], dtype="datetime64[D]")
        return OutcomeRows(days, np.array([row[1] for row in rows]), controls, names)

    def _lift_tests(self, currency: str) -> list[LiftTest]:
        rows = self._warehouse.rows(
            """SELECT campaign_id::VARCHAR, "start", "end", spend_change::DOUBLE, lift::DOUBLE,
                      lift_p05::DOUBLE, lift_p95::DOUBLE
               FROM fact_lift_test WHERE currency = ? ORDER BY date_id, lift_test_id""",
            [self._told_in(currency, "fact_lift_test")],
        )
        return [LiftTest(*row) for row in rows]

    def _told_in(self, currency: str, table: str) -> str:
        """The currency of a table's rows that belong to campaigns in a currency.

        Rows that name none are in the campaigns' own where those have but one.
        """
        own = self._warehouse.rows(f"SELECT 1 FROM {table} WHERE currency = ? LIMIT 1", [currency])
        return currency if own or self.currencies() != [currency] else NO_CURRENCY


def _fits(history: History, test: LiftTest) -> bool:
    """Whether its figures agree and the history has spend of its campaign in its days."""
    is_ordered = test.lift_p05 <= test.lift <= test.lift_p95 and test.start <= test.end
    if not is_ordered or test.spend_change < -1 or test.spend_change == 0:
        return False
    if test.campaign_id not in history.campaign_ids:
        return False
    column = list(history.campaign_ids).index(test.campaign_id)
    inside = pivot.within(history.starts, test.start, test.end)
    return bool(history.spend[inside, column].sum() > 0)


def _numbers(column: Any) -> NDArray[np.float64]:
    return np.asarray(np.ma.getdata(column), dtype=float)
