"""Finishes cleaned rows that need more than themselves: their campaign, their period, their key."""

from collections.abc import Callable

import duckdb

from data.pipeline.cleaning import NOT_GIVEN
from data.pipeline.faults import TooCoarse
from data.pipeline.keys import BETWEEN
from data.pipeline.kinds import AUDIENCE_DAYS, CREATIVE_DAYS, LIFT_TESTS, OUTCOMES, Kind
from data.pipeline.recognition import Layout
from data.sql import literal

KNOWN = "known_campaigns"
_NAMES = ("account_name", "external_id", "campaign_name", "campaign_type")
_CAMPAIGN = ("platform", "account_id", *_NAMES)
_JOINED = f" || chr({ord(BETWEEN)}) || "
_COARSEST_DAYS = 28  # between two rows: a month


def know(connection: duckdb.DuckDBPyConnection, campaigns: str) -> None:
    """Let the rows of this query be the campaigns that files may refer to."""
    columns = ", ".join(f"any_value({name}) AS {name}" for name in _CAMPAIGN)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {KNOWN} AS
            SELECT campaign_id, {columns} FROM ({campaigns}) GROUP BY campaign_id"""
    )


def finish(
    connection: duckdb.DuckDBPyConnection, cleaned: str, layout: Layout, file: str
) -> str | None:
    """Make a table of the finished rows and give its name; None where a kind needs none.

    ``cleaned`` is a view with the row numbers. Raises a named fault about the whole file.
    """
    kind = layout.source.kind
    if kind not in _QUERIES:
        return None
    if kind is not OUTCOMES:
        _resolve(connection, cleaned)
    query = _QUERIES[kind](connection, cleaned, layout, file)
    connection.execute(f"CREATE OR REPLACE TABLE finished_{cleaned} AS {query}")
    return f"finished_{cleaned}"


def _number_of(*parts: str) -> str:
    """SQL of a number made from texts, as :func:`data.pipeline.keys.campaign_id` makes it."""
    joined = _JOINED.join(f"coalesce({part}::VARCHAR, '')" for part in parts)
    return f"('0x' || md5({joined})[:15])::BIGINT"


def _key_of(*parts: str) -> str:
    joined = _JOINED.join(f"coalesce({part}::VARCHAR, '')" for part in parts)
    return f"md5({joined})::UUID"


def _resolve(connection: duckdb.DuckDBPyConnection, cleaned: str) -> None:
    """Make the table ``resolved``: for every way a campaign is referred to, which one it is.

    An id is trusted before a name. What nobody knows is a new campaign where its platform is
    named; elsewhere it stays without an id.
    """
    connection.execute(
        f"""CREATE OR REPLACE TABLE resolved AS
        WITH named AS (
            SELECT external_id AS said, platform AS on_platform, account_id AS in_account,
                max(account_name) AS its_account, max(campaign_name) AS its_name,
                max(campaign_type) AS its_type
            FROM {cleaned} WHERE external_id IS NOT NULL GROUP BY ALL
        ), met AS (
            SELECT named.*, k.*, k.external_id = said OR k.campaign_id::VARCHAR = said AS by_id
            FROM named LEFT JOIN {KNOWN} AS k
                ON (k.external_id = said OR k.campaign_id::VARCHAR = said
                    OR lower(k.campaign_name) = lower(said))
                AND (on_platform IS NULL OR k.platform = on_platform)
                AND (in_account IS NULL OR k.account_id = in_account)
        ), best AS (
            SELECT *, bool_or(by_id) OVER (PARTITION BY said, on_platform, in_account) AS has_id
            FROM met
        )
        SELECT said, on_platform, in_account, count(campaign_id) AS candidates,
            coalesce(any_value(campaign_id), CASE WHEN on_platform IS NOT NULL THEN
                {_number_of("on_platform", f"coalesce(in_account, '{NOT_GIVEN}')", "said")} END)
                AS campaign_id,
            coalesce(any_value(platform), on_platform) AS platform,
            coalesce(any_value(account_id), in_account, '{NOT_GIVEN}') AS account_id,
            coalesce(any_value(external_id), said) AS external_id,
            -- What the file itself says: what others say of the campaign may change.
            any_value(its_account) AS account_name,
            any_value(its_name) AS campaign_name,
            any_value(its_type) AS campaign_type
        FROM best WHERE by_id IS NOT DISTINCT FROM has_id
        GROUP BY said, on_platform, in_account"""
    )


def _with_campaign(cleaned: str, layout: Layout, columns: str, further_rule: str = "NULL") -> str:
    """SQL of rows with the campaign they refer to, refused where that is none or several."""
    column = layout.column("campaign") or layout.column("campaign_name") or ""
    return f"""SELECT c.row, {columns}, r.campaign_id,
            {", ".join(f"r.{name}" for name in _CAMPAIGN)},
            CASE WHEN c.rule IS NOT NULL THEN c.rule
                WHEN r.campaign_id IS NULL THEN {literal(f"unknown_campaign:{column}")}
                WHEN r.candidates > 1 THEN {literal(f"unclear_campaign:{column}")}
                ELSE {further_rule} END AS rule
        FROM {cleaned} AS c LEFT JOIN resolved AS r
            ON r.said = c.external_id AND r.on_platform IS NOT DISTINCT FROM c.platform
            AND r.in_account IS NOT DISTINCT FROM c.account_id"""


def _details(noun: str) -> "_Query":
    """The query of creatives' days, or of audiences'."""

    def query(_: duckdb.DuckDBPyConnection, cleaned: str, layout: Layout, __: str) -> str:
        said = f"coalesce(c.{noun}, c.{noun}_name)"
        column = layout.column(noun) or layout.column(f"{noun}_name") or ""
        kind = ", c.creative_kind" if noun == "creative" else ""
        columns = f"""c.origin, c.source_relation, c.date, c.date_text, c.{noun}_name{kind},
            {said} AS {noun}_external_id, c.currency, c.own_currency, c.identity, c.dimensions,
            c.impressions, c.clicks, c.spend, c.conversions, c.conversions_value"""
        missing = f"CASE WHEN {said} IS NULL THEN {literal(f'missing_{noun}:{column}')} END"
        return f"""SELECT * EXCLUDE (own_currency, identity),
                {_number_of("campaign_id", f"{noun}_external_id")} AS {noun}_id,
                {
            _key_of(
                "origin", "campaign_id", f"{noun}_external_id", "date", "own_currency", "identity"
            )
        } AS key
            FROM ({_with_campaign(cleaned, layout, columns, missing)})"""

    return query


def _lift_tests(_: duckdb.DuckDBPyConnection, cleaned: str, layout: Layout, __: str) -> str:
    columns = """c.origin, c.date, c.date_text, c.date AS start_date, c.end_date,
        c.spend_change, c.currency, c.own_currency, c.dimensions, c.lift, c.lift_p05, c.lift_p95"""
    return f"""SELECT * EXCLUDE (own_currency),
            {_key_of("'lift'", "campaign_id", "start_date", "end_date", "own_currency")} AS key
        FROM ({_with_campaign(cleaned, layout, columns)})"""


def _outcomes(
    connection: duckdb.DuckDBPyConnection, cleaned: str, layout: Layout, file: str
) -> str:
    """Days or weeks of the business, with the further columns that hold nothing but numbers."""
    days = _period_days(connection, cleaned, file)
    controls = [
        (name, f"control_{at}")
        for at, name in enumerate(layout.further)
        if _is_numeric(connection, cleaned, f"control_{at}")
    ]
    names = ", ".join(literal(name) for name, _ in controls)
    values = ", ".join(column for _, column in controls)
    orders = "orders" if layout.column("orders") else "NULL::DECIMAL(18, 6)"
    return f"""SELECT row, rule, {_key_of("'outcome'", "date", "own_currency")} AS key, origin,
            date, date_text, {days} AS period_days, currency, dimensions, revenue,
            {orders} AS orders,
            map_from_entries(list_filter(
                list_zip([{names}]::VARCHAR[], [{values}]::DOUBLE[]), lambda x: x[2] IS NOT NULL
            ))::MAP(VARCHAR, DOUBLE) AS controls
        FROM {cleaned}"""


def _period_days(connection: duckdb.DuckDBPyConnection, cleaned: str, file: str) -> int:
    """7 where all days are whole weeks apart, else 1; raises :class:`TooCoarse`."""
    found = connection.execute(
        f"""SELECT min(gap), bool_and(gap % 7 = 0) FROM (
                SELECT date - lag(date) OVER (ORDER BY date) AS gap
                FROM (SELECT DISTINCT date FROM {cleaned} WHERE date IS NOT NULL))
            WHERE gap IS NOT NULL"""
    ).fetchone()
    least, is_weekly = found or (None, None)
    if least is not None and least >= _COARSEST_DAYS:
        raise TooCoarse(file=file, days=least)
    return 7 if is_weekly else 1


def _is_numeric(connection: duckdb.DuckDBPyConnection, cleaned: str, column: str) -> bool:
    """Whether a column has numbers, and nothing else."""
    found = connection.execute(
        f"SELECT count({column}), count({column}_text) FROM {cleaned}"
    ).fetchone()
    numbers, texts = found or (0, 0)
    return bool(numbers and numbers == texts)


_Query = Callable[[duckdb.DuckDBPyConnection, str, Layout, str], str]
_QUERIES: dict[Kind, _Query] = {
    CREATIVE_DAYS: _details("creative"),
    AUDIENCE_DAYS: _details("audience"),
    LIFT_TESTS: _lift_tests,
    OUTCOMES: _outcomes,
}
