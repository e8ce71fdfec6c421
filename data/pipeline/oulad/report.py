"""What became of the folder's files, in the words and counts of every import."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from core.i18n import Language, mark
from data.pipeline.oulad.files import FILES, SET_ASIDE, File
from data.pipeline.oulad.reasons import TITLES
from data.pipeline.oulad.refused import write_refused
from data.pipeline.report import FileReport
from data.pipeline.source import Fate
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
    return told + [_set_aside(name) for name in SET_ASIDE if (folder / name).is_file()]


def _set_aside(name: str) -> FileReport:
    """The report of a file that nothing was read of."""
    return FileReport(
        file=name,
        source="oulad",
        title="",
        fate=Fate.SET_ASIDE.value,
        rows_read=0,
        kept=0,
        duplicate=0,
        replaced=0,
        quarantined=0,
        reasons={},
        reason_titles={},
        totals={},
        note=NOT_USED,
    )


def _report(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    quarantine_dir: Path,
    now: datetime,
    language: Language,
) -> FileReport:
    fates, name = _fates(connection, file), literal(file.name)
    rows_read = _one(
        connection,
        f"""SELECT (SELECT count(*) FROM {file.table})
            + (SELECT count(*) FROM broken WHERE file = {name})""",
    )
    reasons = {rule: count for (fate, rule), count in fates.items() if fate == "quarantined"}
    quarantined = sum(reasons.values())
    duplicate = sum(fates.values()) - quarantined
    path = None
    if quarantined:
        path = write_refused(connection, file, quarantine_dir, now=now, language=language)
    return FileReport(
        file=f"{file.name}.csv",
        source="oulad",
        title=file.title,
        fate=Fate.ADDED.value,
        rows_read=rows_read,
        kept=rows_read - duplicate - quarantined,
        duplicate=duplicate,
        replaced=_one(connection, f"SELECT count(*) FROM gone WHERE file = {name}"),
        quarantined=quarantined,
        reasons=reasons,
        reason_titles={code: TITLES[code] for code in reasons},
        totals=_one(connection, _HELD[file.name]),
        quarantine_path=path,
    )


def _fates(connection: duckdb.DuckDBPyConnection, file: File) -> dict[tuple[str, str], int]:
    """How many rows of a file are not kept, by fate and rule; the most frequent first."""
    found = connection.execute(
        f"""SELECT fate, rule, count(*) FROM fates WHERE file = {literal(file.name)}
            GROUP BY ALL ORDER BY 3 DESC, 2"""
    ).fetchall()
    return {(fate, rule): count for fate, rule, count in found}


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else 0
