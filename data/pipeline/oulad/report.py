"""What became of the folder's files, in the words and counts of every import."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from core.i18n import Language, mark
from data.pipeline.oulad.files import FILES, REASONS, SET_ASIDE, TITLES, File
from data.pipeline.quarantine import REASON, ROW, harmless
from data.sql import literal

NOT_USED = mark("Lists and counts of clicks are not imported, so nothing of them was read.")

_HELD = {
    "courses": "SELECT {'courses': count(*)} FROM courses",
    "assessments": "SELECT {'assessments': count(*)} FROM assessments",
    "studentInfo": "SELECT {'enrolments': count(*)} FROM enrolments",
    "studentRegistration": """SELECT {'enrolments': count(*),
        'without_registration_date': count(*) FILTER (enrolled_on IS NULL)} FROM enrolments""",
    "studentAssessment": """SELECT {'submissions': count(*), 'banked': count(*) FILTER (is_banked),
        'without_score': count(*) FILTER (score IS NULL)} FROM submissions""",
}


@dataclass(frozen=True, slots=True)
class FileReport:
    """Counts of one file: kept + duplicate + quarantined = rows_read.

    ``totals`` count what is held of the file's rows after the import.
    """

    file: str
    title: str  # marked
    rows_read: int
    kept: int
    duplicate: int
    replaced: int
    quarantined: int
    reasons: dict[str, int]
    totals: dict[str, int]
    note: str = ""
    quarantine_path: Path | None = None

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "file": self.file,
            "rows_read": self.rows_read,
            "kept": self.kept,
            "duplicate": self.duplicate,
            "replaced": self.replaced,
            "quarantined": self.quarantined,
            "reasons": self.reasons,
            "totals": self.totals,
            "reason_titles": {code: TITLES[code] for code in self.reasons},
            "source": "oulad",
            "title": self.title,
            "fate": "set aside" if self.note else "added",
            "note": self.note,
            "quarantine_path": str(self.quarantine_path) if self.quarantine_path else None,
        }


def reports(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    quarantine_dir: Path,
    *,
    now: datetime,
    language: Language,
) -> list[FileReport]:
    """A report of every file, set-aside ones last; writes the refused rows."""
    told = [_report(connection, file, quarantine_dir, now, language) for file in FILES]
    return told + [
        FileReport(name, "", 0, 0, 0, 0, 0, {}, {}, note=NOT_USED)
        for name in SET_ASIDE
        if (folder / name).is_file()
    ]


def _report(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    quarantine_dir: Path,
    now: datetime,
    language: Language,
) -> FileReport:
    name = literal(file.name)
    rows_read = _one(
        connection,
        f"""SELECT (SELECT count(*) FROM {file.table})
            + (SELECT count(*) FROM broken WHERE file = {name})""",
    )
    fates = dict(
        connection.execute(
            f"SELECT fate, count(*) FROM fates WHERE file = {name} GROUP BY 1"
        ).fetchall()
    )
    reasons = dict(
        connection.execute(
            f"""SELECT rule, count(*) FROM fates WHERE file = {name} AND fate = 'quarantined'
                GROUP BY 1 ORDER BY 2 DESC, 1"""
        ).fetchall()
    )
    duplicate, quarantined = fates.get("duplicate", 0), fates.get("quarantined", 0)
    return FileReport(
        file=f"{file.name}.csv",
        title=file.title,
        rows_read=rows_read,
        kept=rows_read - duplicate - quarantined,
        duplicate=duplicate,
        replaced=_one(connection, f"SELECT count(*) FROM gone WHERE file = {name}"),
        quarantined=quarantined,
        reasons=reasons,
        totals=_one(connection, _HELD[file.name]),
        quarantine_path=_refused(connection, file, quarantine_dir, now, language)
        if quarantined
        else None,
    )


def _refused(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    folder: Path,
    now: datetime,
    language: Language,
) -> Path:
    """Write a file's refused rows with their number and reason; a broken one stands whole."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:12]}.csv"
    connection.execute("CREATE OR REPLACE TABLE sentences (rule VARCHAR, sentence VARCHAR)")
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?)",
        [(code, language(sentence)) for code, sentence in REASONS.items()],
    )
    columns = [*file.columns, *file.optional]
    cells = [f"given.{name}" for name in columns]
    cells[0] = f"coalesce(broken.text, {cells[0]})"
    shown = ", ".join(
        f"{harmless(cell)} AS {name}" for cell, name in zip(cells, columns, strict=True)
    )
    draft = path.with_suffix(".draft")
    connection.execute(
        f"""COPY (
            SELECT refused.row AS {ROW}, sentence AS {REASON}, {shown}
            FROM (SELECT row, rule FROM fates
                  WHERE file = {literal(file.name)} AND fate = 'quarantined') AS refused
            INNER JOIN sentences USING (rule)
            LEFT JOIN {file.table} AS given USING (row)
            LEFT JOIN (SELECT row, text FROM broken WHERE file = {literal(file.name)}) AS broken
                USING (row)
            ORDER BY refused.row
        ) TO {literal(str(draft))} (FORMAT csv, HEADER)"""
    )
    draft.replace(path)
    return path


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else 0
