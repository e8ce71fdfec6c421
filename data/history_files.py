"""A history from files alone: the unified ad report, an outcome file and lift tests."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from core.campaigns.optimizer import pivot
from core.campaigns.optimizer.history import History, LiftTest
from core.errors import Invalid
from core.i18n import NO_CURRENCY, mark
from data.pipeline.reading import TextFile, open_text
from data.sql import quoted

_MEASURES = ("clicks", "impressions", "spend", "conversions", "conversions_value")
_HISTORY = ("date_day", "campaign_id", "spend", "conversions_value")
_OUTCOME = ("date", "revenue")
_LIFT = ("campaign_id", "start", "end", "spend_change", "lift", "lift_p05", "lift_p95")


class ColumnsMissing(Invalid):
    """A file lacks columns that it must have."""

    code = "columns_missing"
    message = mark("{file} lacks the columns {columns}.")


class BadCells(Invalid):
    """Cells of a column cannot be read, or hold what the column must not."""

    code = "bad_cells"
    message = mark("{file}: {count} rows have no usable {column}, for example {example}.")


class SeveralCurrencies(Invalid):
    """Money of several currencies cannot be divided as one budget."""

    code = "several_currencies"
    message = mark("{file} has several currencies ({currencies}). Give one file for each.")


class DuplicateDays(Invalid):
    """Two rows tell different figures of the same thing on the same day."""

    code = "duplicate_days"
    message = mark(
        "{file}: {count} days are told twice with different figures, for example {example}."
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """An opened file as a DuckDB table of texts."""

    connection: duckdb.DuckDBPyConnection
    file: str
    columns: tuple[str, ...]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def require(self, columns: Sequence[str]) -> None:
        missing = [name for name in columns if name not in self.columns]
        if missing:
            raise ColumnsMissing(file=self.file, columns=", ".join(missing))

    def require_cells(self, column: str, condition: str) -> None:
        """Every row must hold the condition; the error shows one that does not."""
        bad = self.rows(
            f"SELECT count(*), any_value(coalesce({quoted(column)}, '')) FROM told "
            f"WHERE NOT coalesce({condition}, false)"
        )
        count, example = bad[0]
        if count:
            raise BadCells(file=self.file, count=count, column=column, example=f"“{example}”")


def read(history: Path, outcome: Path | None = None, lift_tests: Path | None = None) -> History:
    """Read the files into one history; every fault has a name and says the file."""
    with tempfile.TemporaryDirectory() as work:
        labels, rows, currency = _spend(_opened(history, Path(work)))
        return pivot.history(
            labels,
            rows,
            currency,
            _outcome(_opened(outcome, Path(work))) if outcome else None,
            _lift_tests(_opened(lift_tests, Path(work))) if lift_tests else (),
        )


def _opened(path: Path, work: Path) -> _Table:
    text: TextFile = open_text(path, path.name, work)
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE told AS SELECT DISTINCT * FROM "
        "read_csv(?, all_varchar=true, header=true, delim=?, quote='\"', escape='\"')",
        [str(text.path), text.delimiter],
    )
    columns = tuple(row[0] for row in connection.execute("DESCRIBE told").fetchall())
    return _Table(connection, path.name, columns)


def _spend(table: _Table) -> tuple[list[pivot.CampaignLabel], pivot.SpendRows, str]:
    table.require(_HISTORY)
    table.require_cells("date_day", "try_cast(date_day AS DATE) IS NOT NULL")
    table.require_cells("campaign_id", "campaign_id IS NOT NULL")
    table.require_cells("spend", _amount("spend"))
    table.require_cells(
        "conversions_value", f"conversions_value IS NULL OR {_amount('conversions_value')}"
    )
    _require_told_once(table, [name for name in table.columns if name not in _MEASURES], "date_day")
    labels = [
        pivot.CampaignLabel(campaign, name or campaign, kind or "")
        for campaign, name, kind in table.rows(
            f"SELECT campaign_id, {_any(table, 'campaign_name')}, {_any(table, 'campaign_type')} "
            "FROM told GROUP BY campaign_id ORDER BY campaign_id"
        )
    ]
    sums = table.connection.execute(
        "SELECT date_day::DATE AS day, dense_rank() OVER (ORDER BY campaign_id) - 1 AS campaign, "
        "sum(spend::DOUBLE) AS spend, coalesce(sum(conversions_value::DOUBLE), 0) AS attributed "
        "FROM told GROUP BY date_day, campaign_id"
    ).fetchnumpy()
    rows = pivot.SpendRows(
        np.asarray(sums["day"]).astype("datetime64[D]"),
        np.asarray(sums["campaign"]).astype(np.int64),
        np.asarray(sums["spend"], dtype=float),
        np.asarray(sums["attributed"], dtype=float),
    )
    return labels, rows, _currency(table)


def _amount(column: str) -> str:
    number = f"try_cast({column} AS DOUBLE)"
    return f"(isfinite({number}) AND {number} >= 0)"


def _number(column: str) -> str:
    return f"isfinite(try_cast({quoted(column)} AS DOUBLE))"


def _any(table: _Table, column: str) -> str:
    return f"max({column})" if column in table.columns else "NULL"


def _currency(table: _Table) -> str:
    if "currency" not in table.columns:
        return NO_CURRENCY
    found = [row[0] for row in table.rows("SELECT DISTINCT currency FROM told ORDER BY 1")]
    if len(found) > 1:
        raise SeveralCurrencies(file=table.file, currencies=", ".join(map(str, found)))
    return found[0] if found and found[0] else NO_CURRENCY


def _require_told_once(table: _Table, key: Sequence[str], day: str) -> None:
    columns = ", ".join(quoted(name) for name in key)
    twice = table.rows(
        f"SELECT count(*), any_value({day}) FROM "
        f"(SELECT {columns} FROM told GROUP BY {columns} HAVING count(*) > 1)"
    )
    if twice[0][0]:
        raise DuplicateDays(file=table.file, count=twice[0][0], example=twice[0][1])


def _outcome(table: _Table) -> pivot.OutcomeRows:
    table.require(_OUTCOME)
    table.require_cells("date", "try_cast(date AS DATE) IS NOT NULL")
    table.require_cells("revenue", _amount("revenue"))
    names = [name for name in table.columns if name not in (*_OUTCOME, "orders", "currency")]
    controls = [name for name in names if _is_numeric(table, name)]
    _require_told_once(table, ["date"], "date")
    columns = ", ".join(f"{quoted(name)}::DOUBLE" for name in ("revenue", *controls))
    rows = table.rows(f"SELECT date::DATE, {columns} FROM told ORDER BY date::DATE")
    figures = np.array([row[1:] for row in rows], dtype=float).reshape(len(rows), -1)
    days = np.array([row[0] for row in rows], dtype="datetime64[D]")
    return pivot.OutcomeRows(days, figures[:, 0], figures[:, 1:], tuple(controls))


def _is_numeric(table: _Table, column: str) -> bool:
    """Whether every cell of a column is a number."""
    return not table.rows(
        f"SELECT 1 FROM told WHERE NOT coalesce({_number(column)}, false) LIMIT 1"
    )


def _lift_tests(table: _Table) -> tuple[LiftTest, ...]:
    table.require(_LIFT)
    for column in ("start", "end"):
        table.require_cells(column, f"try_cast({quoted(column)} AS DATE) IS NOT NULL")
    for column in _LIFT[3:]:
        table.require_cells(column, _number(column))
    figures = ", ".join(f"{name}::DOUBLE" for name in _LIFT[3:])
    return tuple(
        LiftTest(*row)
        for row in table.rows(
            f'SELECT campaign_id, "start"::DATE, "end"::DATE, {figures} FROM told ORDER BY ALL'
        )
    )
