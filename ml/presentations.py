"""Which presentations a folder of courses holds, for evaluations that test on one."""

from datetime import date

import duckdb

from ml.training_errors import PresentationUnknown


def of_folder(connection: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """The presentations by name, such as 2013J, with their start; in order of time."""
    rows = connection.execute(
        "SELECT DISTINCT code_presentation, start_date FROM courses ORDER BY start_date"
    ).fetchall()
    return dict(rows)


def start_of(connection: duckdb.DuckDBPyConnection, presentation: str) -> date:
    """When a presentation starts; raises :class:`PresentationUnknown`."""
    known = of_folder(connection)
    if presentation not in known:
        raise PresentationUnknown(presentation=presentation, known=", ".join(known))
    return known[presentation]
