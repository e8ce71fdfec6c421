"""Imports a folder of courses: read → check → compare → write to the records → publish."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from core.db import unit_of_work
from core.errors import Conflict
from core.i18n import DEFAULT, language, mark
from data.lake import Lake
from data.pipeline.oulad import held, writing
from data.pipeline.oulad.checking import check, stage
from data.pipeline.oulad.comparing import compare
from data.pipeline.oulad.report import FileReport, reports
from data.pipeline.reading import MAX_BYTES
from data.pipeline.sync import sync

Progress = Callable[[float, str], None]

READING = mark("Reading the files")
CHECKING = mark("Checking the rows")
WRITING = mark("Writing courses, learners and their work")
COUNTING = mark("Counting the rows")


class ImportedAtOnce(Conflict):
    """Another import of the same courses wrote at the same moment."""

    code = "imported_at_once"
    message = mark("The same courses are being imported at this moment. Try again when it is over.")


def import_oulad(
    engine: Engine,
    lake: Lake,
    folder: Path,
    *,
    quarantine_dir: Path,
    pseudonym_key: bytes,
    progress: Progress,
    now: datetime,
    reader: str = DEFAULT,
    max_bytes: int = MAX_BYTES,
) -> list[FileReport]:
    """Import a folder as a whole or not at all, and publish a generation that holds it.

    ``reader`` is the language of the reasons beside refused rows. Raises a ``FileFault``
    that names the faulty file; then nothing was imported. A second time changes nothing.
    """
    with tempfile.TemporaryDirectory(dir=_made(lake.work)) as work:
        connection = duckdb.connect(
            config={"memory_limit": "1000MB", "threads": 2, "temp_directory": f"{work}/spill"}
        )
        progress(0.0, READING)
        stage(connection, folder, Path(work), max_bytes)
        progress(0.2, CHECKING)
        check(connection)
        # Told before the records are locked: a job's progress is a record too.
        progress(0.3, WRITING)
        _write(connection, engine, now)
        progress(0.6, COUNTING)
        told = reports(connection, folder, quarantine_dir, now=now, language=language(reader))
        connection.close()
    sync(
        lake,
        engine,
        pseudonym_key=pseudonym_key,
        progress=lambda share, step: progress(0.65 + 0.35 * share, step),
        now=now,
    )
    return told


def _write(connection: duckdb.DuckDBPyConnection, engine: Engine, now: datetime) -> None:
    """Compare and write in one unit of work, so that what was compared is what is held."""
    try:
        with unit_of_work(engine) as session:
            held.load(connection, session)
            compare(connection)
            writing.write(connection, session, now)
    except IntegrityError as fault:
        raise ImportedAtOnce from fault


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
