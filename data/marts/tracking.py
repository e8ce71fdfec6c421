"""Tracking health from the star schema, summed in DuckDB."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from core.campaigns.tracking import BEFORE_DAYS, WINDOW_DAYS, Tracking
from data.marts.days import date_id, day_of


class Readable(Protocol):
    """The part of the warehouse that is read here."""

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one query."""


_TRACKING = """
WITH every AS (
    SELECT f.campaign_id, f.date_id, f.spend, f.conversions, c.platform, c.account_id,
           c.campaign_name, c.is_sample
    FROM fact_campaign_performance f JOIN dim_campaign c USING (campaign_id)
    WHERE f.currency = $currency AND f.date_id BETWEEN $before AND $last),
accounts AS (  -- the days on which an account has rows, in the window and over all
    SELECT platform, account_id, max(date_id) AS reach,
           greatest(min(date_id), $window) AS first,
           count(DISTINCT date_id) FILTER (date_id >= $window) AS days
    FROM every GROUP BY ALL),
gaps AS (
    SELECT *, date_diff('day', make_date(first // 10000, first // 100 % 100, first % 100),
                        make_date(reach // 10000, reach // 100 % 100, reach % 100)) + 1 - days
              AS missing
    FROM accounts WHERE reach >= $window),
converted AS (
    SELECT campaign_id, max(date_id) FILTER (conversions > 0) AS last_conversion
    FROM every GROUP BY 1)
SELECT e.campaign_id, any_value(e.campaign_name), any_value(e.is_sample),
       (sum(e.spend) FILTER (e.date_id >= $window))::DOUBLE,
       (sum(e.conversions) FILTER (e.date_id >= $window))::DOUBLE,
       count(*) FILTER (e.date_id >= $window AND e.spend > 0),
       count(*) FILTER (e.date_id >= $window AND e.spend > 0 AND e.conversions = 0),
       count(*) FILTER (e.date_id >= $window AND e.spend = 0 AND e.conversions > 0),
       any_value(g.missing),
       greatest(any_value(g.days)
                - count(DISTINCT e.date_id) FILTER (e.date_id >= $window), 0),
       any_value(v.last_conversion),
       coalesce(sum(e.spend) FILTER (e.date_id > v.last_conversion), 0)::DOUBLE,
       CASE WHEN sum(e.spend) FILTER (e.date_id <= v.last_conversion) > 0 THEN
           coalesce(sum(e.spend) FILTER (e.date_id > v.last_conversion
                                         AND e.conversions IS NOT NULL), 0)::DOUBLE
           * (sum(e.conversions) FILTER (e.date_id <= v.last_conversion))::DOUBLE
           / (sum(e.spend) FILTER (e.date_id <= v.last_conversion))::DOUBLE END,
       any_value(g.reach)
FROM every e
JOIN gaps g ON g.platform = e.platform AND g.account_id IS NOT DISTINCT FROM e.account_id
JOIN converted v USING (campaign_id)
WHERE $campaign_id::BIGINT IS NULL OR e.campaign_id = $campaign_id
GROUP BY e.campaign_id
HAVING count(*) FILTER (e.date_id >= $window) > 0
ORDER BY 4 DESC, 1"""


def tracking(
    warehouse: Readable, currency: str, last: date, campaign_id: int | None = None
) -> list[Tracking]:
    """Each campaign's tracking in the window that ends with ``last``, most spend first."""
    window = last - timedelta(days=WINDOW_DAYS - 1)
    values = {
        "currency": currency,
        "last": date_id(last),
        "window": date_id(window),
        "before": date_id(window - timedelta(days=BEFORE_DAYS)),
        "campaign_id": campaign_id,
    }
    return [_tracking(list(row)) for row in warehouse.rows(_TRACKING, values)]


def _tracking(row: list[Any]) -> Tracking:
    row[10] = day_of(row[10]) if row[10] else None
    row[13] = day_of(row[13])
    return Tracking(*row)
