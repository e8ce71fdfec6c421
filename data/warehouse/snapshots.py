"""The snapshots of enrolments for other days than those that every generation holds."""

import re
from collections.abc import Iterable

from data.warehouse.tables import FOLDER, parse

DAYS = (0, 14, 30, 60, 90)
"""Days of a course on which every generation holds what was known."""

_DAYS_IN_SQL = re.compile(r"snapshot_days \(day\) AS \(VALUES [^\n]*\),\n")


def snapshot_sql(days: Iterable[int]) -> str:
    """The query of ``fact_enrolment_snapshot`` for the given days of a course."""
    values = ", ".join(f"({int(day)})" for day in sorted(set(days)))
    sql = parse(FOLDER / "facts/fact_enrolment_snapshot.sql").sql
    asked, found = _DAYS_IN_SQL.subn(f"snapshot_days (day) AS (VALUES {values}),\n", sql)
    if found != 1:  # the file was written otherwise: its own days would be taken for those asked
        raise ValueError("fact_enrolment_snapshot.sql does not tell its days on one line")
    return asked
