"""Decides every row's fate: kept, duplicate or quarantined; and what a restatement replaces.

Files are settled in the order given. ``fates`` holds the rows that are not kept;
``gone`` the keys whose earlier row (in the lake, or in an earlier file) was replaced.
"""

import duckdb
from pyarrow import lib as pa

from data.pipeline.cleaning import NOT_GIVEN
from data.pipeline.kinds import CAMPAIGN_DAYS, OUTCOMES
from data.pipeline.source import Fate
from data.pipeline.staging import Staged

_BROKEN = pa.schema([("row", pa.int64()), ("text", pa.string())])


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that fates are written to."""
    connection.execute("CREATE TABLE fates (file INTEGER, row BIGINT, fate VARCHAR, rule VARCHAR)")
    connection.execute("CREATE TABLE gone (key UUID, before INTEGER)")


def settle(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> None:
    """Give every row of a file its fate.

    ``held`` is a view of what is held before this file: ``file`` (0 for the lake) and
    the columns of the rows' table.
    """
    connection.execute(
        f"""INSERT INTO fates SELECT {staged.number}, row, 'quarantined', rule
            FROM {staged.table} WHERE rule IS NOT NULL"""
    )
    if staged.broken:
        load_broken(connection, staged)
        connection.execute(
            f"""INSERT INTO fates
                SELECT {staged.number}, row, 'quarantined', 'row_broken:' FROM broken"""
        )
    if staged.layout.source.fate is Fate.SET_ASIDE:
        return
    _settle_repeated(connection, staged)
    kind = staged.layout.source.kind
    if kind is CAMPAIGN_DAYS:
        _refuse_other_sources(connection, staged, held)
    elif kind is OUTCOMES:
        _refuse_overlaps(connection, staged, held)
    elif kind.subject:
        _refuse_other_reports(connection, staged, held)
    _settle_held(connection, staged, held)


def load_broken(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Make the table ``broken`` of a file's malformed rows: number and text."""
    # One by one, twenty thousand rows would take half a minute.
    rows = [{"row": row, "text": text} for row, text in staged.broken]
    connection.register("broken_rows", pa.Table.from_pylist(rows, _BROKEN))
    connection.execute("CREATE OR REPLACE TABLE broken AS SELECT * FROM broken_rows")
    connection.unregister("broken_rows")


def open_rows(staged: Staged) -> str:
    """SQL of a file's rows that have no fate yet, or are kept in the end."""
    return f"""(SELECT * FROM {staged.table} ANTI JOIN
        (SELECT row FROM fates WHERE file = {staged.number}) AS f USING (row))"""


def _settle_repeated(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Within one file nothing tells which of two different rows of one key is newer."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE repeated AS
            SELECT key FROM {open_rows(staged)} GROUP BY key HAVING count(*) > 1"""
    )
    if not _any(connection, "repeated"):
        return
    figures = ", ".join(staged.layout.source.kind.figures)
    connection.execute(
        f"""INSERT INTO fates
            WITH same AS (
                SELECT row, key, row({figures}) AS figures
                FROM {open_rows(staged)} SEMI JOIN repeated USING (key)
            ), judged AS (
                SELECT key, min(row) AS first, count(DISTINCT figures) > 1 AS differ
                FROM same GROUP BY key
            )
            SELECT {staged.number}, row,
                CASE WHEN differ THEN 'quarantined' ELSE 'duplicate' END,
                CASE WHEN differ THEN 'conflicting_rows:' END
            FROM same INNER JOIN judged USING (key) WHERE differ OR row > first"""
    )


def _refuse_other_sources(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> None:
    """A campaign-day that another report told first is not added up a second time.

    Where a report names no campaigns, its rows may be any campaign's of the account:
    they and those of another report exclude each other by the account's day.
    """
    connection.execute(
        f"""CREATE OR REPLACE TABLE claimed AS
            SELECT campaign_id, date, any_value(origin) AS origin,
                any_value(platform) AS platform, any_value(account_id) AS account_id,
                any_value(external_id) AS external_id
            FROM {held} WHERE date BETWEEN
                (SELECT min(date) FROM {staged.table}) AND (SELECT max(date) FROM {staged.table})
            GROUP BY campaign_id, date"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE claimed_accounts AS
            SELECT platform, account_id, date, origin,
                bool_or(external_id = '{NOT_GIVEN}') AS is_unnamed
            FROM claimed GROUP BY platform, account_id, date, origin"""
    )
    _refuse_campaigns(connection, staged, "claimed")
    _refuse_accounts(connection, staged, "claimed_accounts")
    origins = connection.execute(
        f"SELECT count(DISTINCT origin) FROM {open_rows(staged)}"
    ).fetchone()
    if origins and origins[0] > 1:
        connection.execute(
            f"""CREATE OR REPLACE TABLE first_told AS
                SELECT campaign_id, date, arg_min(origin, row) AS origin
                FROM {open_rows(staged)} GROUP BY campaign_id, date"""
        )
        _refuse_campaigns(connection, staged, "first_told")
        connection.execute(
            f"""CREATE OR REPLACE TABLE first_accounts AS
                SELECT platform, account_id, date, arg_min(origin, row) AS origin,
                    bool_or(external_id = '{NOT_GIVEN}') AS is_unnamed
                FROM {open_rows(staged)} GROUP BY platform, account_id, date"""
        )
        _refuse_accounts(connection, staged, "first_accounts")


def _refuse_other_reports(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> None:
    """An advertisement's or audience's day that another report told is not added again."""
    subject = staged.layout.source.kind.subject
    connection.execute(
        f"""INSERT INTO fates
            SELECT DISTINCT {staged.number}, s.row, 'quarantined', 'other_source:'
            FROM {open_rows(staged)} AS s
            INNER JOIN (SELECT DISTINCT {subject}, date, origin FROM {held}) AS o
                USING ({subject}, date)
            WHERE s.origin <> o.origin"""
    )


def _refuse_overlaps(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> None:
    """Of a currency's outcomes, no time is held twice: by day and by week, or by two weeks."""
    connection.execute(
        f"""INSERT INTO fates
            SELECT DISTINCT {staged.number}, s.row, 'quarantined', 'other_period:'
            FROM {open_rows(staged)} AS s
            INNER JOIN (SELECT DISTINCT currency, date, period_days FROM {held}) AS h
                ON h.currency = s.currency
                AND h.date < s.date + s.period_days AND s.date < h.date + h.period_days
            WHERE h.date <> s.date OR h.period_days <> s.period_days"""
    )


def _refuse_campaigns(connection: duckdb.DuckDBPyConnection, staged: Staged, owners: str) -> None:
    if _any(connection, owners):
        connection.execute(
            f"""INSERT INTO fates
                SELECT {staged.number}, s.row, 'quarantined', 'other_source:'
                FROM {open_rows(staged)} AS s INNER JOIN {owners} AS o USING (campaign_id, date)
                WHERE s.origin <> o.origin"""
        )


def _refuse_accounts(connection: duckdb.DuckDBPyConnection, staged: Staged, owners: str) -> None:
    if _any(connection, owners):
        connection.execute(
            f"""INSERT INTO fates
                SELECT DISTINCT {staged.number}, s.row, 'quarantined', 'other_source:'
                FROM {open_rows(staged)} AS s
                INNER JOIN {owners} AS o USING (platform, account_id, date)
                WHERE s.origin <> o.origin AND (o.is_unnamed OR s.external_id = '{NOT_GIVEN}')"""
        )


def _settle_held(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> None:
    """An equal key is a duplicate where all else is equal, and otherwise a restatement."""
    told = staged.layout.source.kind.told
    equal = " AND ".join(f"h.{name} IS NOT DISTINCT FROM s.{name}" for name in told)
    connection.execute(
        f"""CREATE OR REPLACE TABLE met AS
            SELECT s.row, s.key, {equal} AS equal
            FROM {open_rows(staged)} AS s INNER JOIN {held} AS h USING (key)"""
    )
    connection.execute(
        f"INSERT INTO fates SELECT {staged.number}, row, 'duplicate', NULL FROM met WHERE equal"
    )
    connection.execute(f"INSERT INTO gone SELECT key, {staged.number} FROM met WHERE NOT equal")


def _any(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return bool(found and found[0])
