"""Which rows are new or restated, and how they get into the records."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import duckdb
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from core.db import Base
from data.pipeline.oulad.turns import ROWS_AT_ONCE, give_way

Values = dict[str, Any]


def new_or_changed(
    connection: duckdb.DuckDBPyConnection, told: str, held: str, key: tuple[str, ...]
) -> Iterator[Values]:
    """Rows of ``told`` that are not held (``id`` None) or held with other values."""
    names = [column[0] for column in connection.execute(f"DESCRIBE {told}").fetchall()]
    theirs = [column[0] for column in connection.execute(f"DESCRIBE {held}").fetchall()]
    both = [name for name in theirs if name in names and name not in key]
    equal = " AND ".join(f"t.{name} IS NOT DISTINCT FROM h.{name}" for name in both)
    found = connection.execute(
        f"""SELECT t.*, h.id FROM {told} AS t LEFT JOIN {held} AS h USING ({", ".join(key)})
            WHERE h.id IS NULL OR NOT ({equal}) ORDER BY {", ".join(key)}"""
    )
    columns = [*names, "id"]
    while rows := found.fetchmany(50_000):
        for row in rows:
            yield dict(zip(columns, row, strict=True))


def keep(session: Session, model: type[Base], new: list[Values], changed: list[Values]) -> None:
    """Insert the new rows and update the changed ones by their ids, a part at a time."""
    for rows in parts(new):
        add(session, model, rows)
        give_way(session)
    for rows in parts(changed):
        session.execute(update(model), rows)
        give_way(session)


def parts(rows: list[Values]) -> Iterator[list[Values]]:
    """The rows in parts that are short enough to be written at once."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]


def add(session: Session, model: type[Base], rows: list[Values]) -> None:
    """Insert rows at once."""
    # Without it, rows are sent in batches by what is NULL in them, a few at a time.
    session.execute(insert(model), rows, execution_options={"render_nulls": True})


def moment(day: date | None) -> datetime | None:
    """The beginning of a day, in UTC."""
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)
