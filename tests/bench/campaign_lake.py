"""A lake with generated ad rows, written straight as Parquet and built as an import builds it."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from core import clock
from data.lake import Lake, Publication
from data.warehouse import build

LAST = date(2026, 11, 22)

_ROWS = """
    SELECT uuid() AS key, 'bench' AS origin, 'bench' AS source_relation, day::DATE AS date,
           1000003 * i::BIGINT AS campaign_id,
           ['google_ads', 'microsoft_ads', 'facebook_ads', 'tiktok_ads'][1 + i % 4] AS platform,
           'a' AS account_id, 'Account' AS account_name, 'x' || i AS external_id,
           'Campaign ' || i AS campaign_name,
           ['search', 'display', 'social', 'email', 'video', NULL][1 + i % 6] AS campaign_type,
           'USD' AS currency, '' AS dimensions, (1000 * random())::BIGINT AS impressions,
           (60 * random())::BIGINT AS clicks, (80 * random())::DECIMAL(18, 6) AS spend,
           (5 * random())::DECIMAL(18, 6) AS conversions,
           (200 * random())::DECIMAL(18, 6) AS conversions_value, false AS is_sample,
           TIMESTAMPTZ '2026-11-23 06:00:00+00' AS imported_at
    FROM (SELECT unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY)) AS day),
         range({campaigns}) t(i)"""


def publish(folder: Path, campaigns: int, days: int) -> int:
    """A generation with one row a campaign and day; how many rows that is."""
    lake, first = Lake(folder), LAST - timedelta(days=days - 1)
    with lake.publishing(now=clock.now()) as publication, build.connect(publication) as connection:
        connection.execute("SELECT setseed(0.5)")
        parts = [
            _year(publication, connection, campaigns, max(first, date(year, 1, 1)))
            for year in range(first.year, LAST.year + 1)
        ]
        publication.put("ads_rows", parts)
        build.build(connection, publication)
    return campaigns * days


def publish_again(folder: Path, campaigns: int) -> None:
    """The next generation, in which the last year's rows are other ones."""
    with (
        Lake(folder).publishing(now=clock.now()) as publication,
        build.connect(publication) as connection,
    ):
        kept = [part for part in publication.parts("ads_rows") if part.slice != str(LAST.year)]
        new = _year(publication, connection, campaigns, date(LAST.year, 1, 1))
        publication.put("ads_rows", [*kept, new])
        build.build(connection, publication)


def _year(
    publication: Publication, connection: duckdb.DuckDBPyConnection, campaigns: int, first: date
) -> build.Part:
    """One year's rows from ``first`` on."""
    last = min(date(first.year, 12, 31), LAST)
    draft = publication.draft()
    sql = _ROWS.format(first=first, last=last, campaigns=campaigns)
    rows = build.write(connection, sql, draft)
    return publication.keep(draft, "ads_rows", rows, str(first.year))
