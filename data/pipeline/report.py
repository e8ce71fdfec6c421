"""What became of a file, as the person who imported it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from data.pipeline.kinds import OUTCOMES
from data.pipeline.rules import TITLES
from data.pipeline.source import Fate
from data.pipeline.staging import Staged


@dataclass(frozen=True, slots=True)
class Totals:
    """What the warehouse holds of a file's rows; ``None`` where the file does not tell it."""

    spend: Decimal | None = None
    clicks: int | None = None
    impressions: int | None = None
    conversions: Decimal | None = None
    revenue: Decimal | None = None
    orders: Decimal | None = None

    def as_dict(self) -> dict[str, float | int | None]:
        """The totals as plain numbers."""
        told = {
            "spend": _plain(self.spend),
            "clicks": self.clicks,
            "impressions": self.impressions,
            "conversions": _plain(self.conversions),
        }
        if self.revenue is None and self.orders is None:
            return told
        return {**told, "revenue": _plain(self.revenue), "orders": _plain(self.orders)}


@dataclass(frozen=True, slots=True)
class FileReport:
    """Counts of one file: kept + duplicate + quarantined = rows_read.

    ``replaced`` counts earlier rows that this file's kept rows restate. ``reasons``
    counts the quarantined rows by the rule they broke, whose marked titles are
    ``reason_titles``. ``source`` is the recognised kind of file, ``fate`` what is done with
    its rows, and ``totals`` what is held of them after the import.
    """

    file: str
    source: str
    title: str  # of the kind of file, marked for translation
    fate: str  # "added", "describes" or "set aside"
    rows_read: int
    kept: int
    duplicate: int
    replaced: int
    quarantined: int
    reasons: Mapping[str, int]
    reason_titles: Mapping[str, str]
    totals: Totals | dict[str, int]
    note: str = ""  # why it was set aside, or what it does not tell, marked for translation
    totals_left_out: int = 0  # rows that sum up others, as exports end with; not among rows_read
    quarantine_path: Path | None = None
    sheet: str | None = None  # which one of a workbook was read, where it has several

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "file": self.file,
            "rows_read": self.rows_read,
            "kept": self.kept,
            "duplicate": self.duplicate,
            "replaced": self.replaced,
            "quarantined": self.quarantined,
            "reasons": dict(self.reasons),
            "totals": self.totals.as_dict() if isinstance(self.totals, Totals) else self.totals,
            "reason_titles": dict(self.reason_titles),
            "source": self.source,
            "title": self.title,
            "fate": self.fate,
            "note": self.note,
            "totals_left_out": self.totals_left_out,
            "sheet": self.sheet,
            "quarantine_path": str(self.quarantine_path) if self.quarantine_path else None,
        }


def report(
    connection: duckdb.DuckDBPyConnection, staged: Staged, quarantine_path: Path | None, held: str
) -> FileReport:
    """Count a settled file's rows and add up what is held of them in ``held``."""
    source = staged.layout.source
    counts = dict(
        connection.execute(
            f"SELECT fate, count(*) FROM fates WHERE file = {staged.number} GROUP BY 1"
        ).fetchall()
    )
    duplicate, quarantined = counts.get("duplicate", 0), counts.get("quarantined", 0)
    reasons = _reasons(connection, staged)
    return FileReport(
        file=staged.text.name,
        source=source.name,
        title=source.title,
        fate=source.fate.value,
        rows_read=staged.rows_read,
        kept=staged.rows_read - duplicate - quarantined,
        duplicate=duplicate,
        replaced=_one(connection, f"SELECT count(*) FROM gone WHERE before = {staged.number}"),
        quarantined=quarantined,
        reasons=reasons,
        reason_titles={code: TITLES[code] for code in reasons},
        totals=_totals(connection, staged, held) if source.fate is Fate.ADDED else Totals(),
        note=source.reason or source.lacks,
        totals_left_out=staged.totals_left_out,
        quarantine_path=quarantine_path,
        sheet=staged.text.sheet,
    )


def _reasons(connection: duckdb.DuckDBPyConnection, staged: Staged) -> dict[str, int]:
    return dict(
        connection.execute(
            f"""SELECT split_part(rule, ':', 1) AS code, count(*) FROM fates
                WHERE file = {staged.number} AND fate = 'quarantined'
                GROUP BY 1 ORDER BY 2 DESC, 1"""
        ).fetchall()
    )


def _totals(connection: duckdb.DuckDBPyConnection, staged: Staged, held: str) -> Totals:
    """Sums over the held rows whose keys the file has and was not refused with."""
    kind = staged.layout.source.kind
    if kind.has_performance:
        sums = "sum(spend), sum(clicks)::BIGINT, sum(impressions)::BIGINT, sum(conversions)"
        sums += ", NULL, NULL"
    elif kind is OUTCOMES:
        sums = "NULL, NULL, NULL, NULL, sum(revenue), sum(orders)"
    else:
        return Totals()
    found = connection.execute(
        f"""SELECT {sums}
            FROM ({held}) SEMI JOIN (
                SELECT key FROM {staged.table} ANTI JOIN (
                    SELECT row FROM fates
                    WHERE file = {staged.number} AND fate = 'quarantined'
                ) AS refused USING (row)
            ) AS told USING (key)"""
    ).fetchone()
    if found is None:
        return Totals()
    spend, clicks, impressions, conversions, revenue, orders = found
    if kind.has_performance:  # nothing kept of a figure that the file tells is none of it
        spend, clicks, impressions = (
            0 if value is None and staged.layout.column(name) else value
            for name, value in (("spend", spend), ("clicks", clicks), ("impressions", impressions))
        )
    return Totals(
        _short(spend), clicks, impressions, _short(conversions), _short(revenue), _short(orders)
    )


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _short(value: Decimal | int | None) -> Decimal | None:
    """A figure without the zeros that storage adds: 946.34, not 946.340000."""
    if value is None:
        return None
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    decimals = decimals.rstrip("0")
    return Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
