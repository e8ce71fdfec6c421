"""A lake with the campaign tables that a test wants, read by the real warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data.lake import Lake, Publication
from data.warehouse.reader import Warehouse

IMPORTED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Campaign:
    """A row of dim_campaign, as far as a test cares."""

    id: int
    name: str
    platform: str = "google_ads"
    type: str | None = "search"
    is_sample: bool = False
    record_id: int | None = None


@dataclass(frozen=True)
class Fact:
    """A row of fact_campaign_performance."""

    campaign_id: int
    day: date
    spend: float = 10.0
    revenue: float | None = 30.0
    conversions: float | None = 2.0
    clicks: int = 20
    impressions: int = 1000
    currency: str = "USD"


@dataclass(frozen=True)
class Part:
    """A creative or an audience with what it brought on a day."""

    kind: str
    id: int
    name: str
    fact: Fact


def publish(
    folder: Path,
    campaigns: Sequence[Campaign],
    facts: Sequence[Fact],
    parts: Sequence[Part] = (),
) -> Warehouse:
    """A warehouse whose newest generation holds these rows."""
    lake = Lake(folder)
    with lake.publishing(now=IMPORTED) as publication, duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE dim (campaign_id BIGINT, platform VARCHAR, account_id VARCHAR,
               account_name VARCHAR, external_id VARCHAR, campaign_name VARCHAR,
               campaign_type VARCHAR, status VARCHAR, budget DECIMAL(18, 4), currency VARCHAR,
               record_id BIGINT, is_sample BOOLEAN)"""
        )
        rows = [_campaign(one) for one in campaigns]
        places = ", ".join("?" * 12)
        connection.executemany(f"INSERT INTO dim VALUES ({places})", rows)
        connection.execute(
            """CREATE TABLE fact (campaign_id BIGINT, date_id INTEGER, currency VARCHAR,
               impressions BIGINT, clicks BIGINT, conversions DECIMAL(18, 4),
               spend DECIMAL(18, 4), conversions_value DECIMAL(18, 4), created_at TIMESTAMPTZ)"""
        )
        values = [_row(fact) for fact in facts]
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        put(publication, connection, "dim_campaign", "SELECT * FROM dim")
        put(publication, connection, "fact_campaign_performance", "SELECT * FROM fact")
        for kind in {part.kind for part in parts}:
            _put_parts(publication, connection, kind, [p for p in parts if p.kind == kind])
    return Warehouse(folder)


def _put_parts(
    publication: Publication, connection: duckdb.DuckDBPyConnection, kind: str, parts: list[Part]
) -> None:
    connection.execute(f"CREATE TABLE part ({kind}_id BIGINT, campaign_id BIGINT, name VARCHAR)")
    rows = {(part.id, part.fact.campaign_id, part.name) for part in parts}
    connection.executemany("INSERT INTO part VALUES (?, ?, ?)", sorted(rows))
    connection.execute(
        f"CREATE TABLE of_part AS SELECT NULL::BIGINT AS {kind}_id, * FROM fact WHERE false"
    )
    values = [(part.id, *_row(part.fact)) for part in parts]
    connection.executemany(f"INSERT INTO of_part VALUES ({', '.join('?' * 10)})", values)
    put(publication, connection, f"dim_{kind}", "SELECT * FROM part")
    put(publication, connection, f"fact_{kind}_performance", "SELECT * FROM of_part")
    connection.execute("DROP TABLE part; DROP TABLE of_part")


def _campaign(one: Campaign) -> tuple[object, ...]:
    keys = (one.id, one.platform, "a", "Account", f"x{one.id}", one.name, one.type)
    return (*keys, "active", None, "USD", one.record_id, one.is_sample)


def _row(fact: Fact) -> tuple[object, ...]:
    return (
        fact.campaign_id,
        int(fact.day.strftime("%Y%m%d")),
        fact.currency,
        fact.impressions,
        fact.clicks,
        fact.conversions,
        fact.spend,
        fact.revenue,
        IMPORTED,
    )


def put(
    publication: Publication, connection: duckdb.DuckDBPyConnection, table: str, sql: str
) -> None:
    """Publish the rows of a query as a table."""
    draft = publication.draft()
    connection.execute(f"COPY ({sql}) TO '{draft}'")
    publication.put(table, [publication.keep(draft, table, rows=1)])
