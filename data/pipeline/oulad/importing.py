"""Imports a folder of courses: read → check → compare → write to the records → publish."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.db import reading, unit_of_work
from core.errors import Conflict
from core.i18n import DEFAULT, language, mark
from data.lake import Lake
from data.pipeline.oulad import held, turns, writing
from data.pipeline.oulad.checking import check
from data.pipeline.oulad.comparing import compare
from data.pipeline.oulad.report import reports
from data.pipeline.oulad.staging import stage
from data.pipeline.reading import MAX_BYTES
from data.pipeline.report import FileReport
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


class CodeTaken(Conflict):
    """A course that did not come from such a folder has the code of one that does."""

    code = "code_taken"
    message = mark(
        "Another course has the code {code} already, and it did not come from such files. "
        "Give it another code first."
    )


def import_oulad(
    engine: Engine,
    lake: Lake,
    folder: Path,
    *,
    work: Path,
    quarantine_dir: Path,
    pseudonym_key: bytes,
    progress: Progress,
    now: datetime,
    reader: str = DEFAULT,
    max_bytes: int = MAX_BYTES,
) -> list[FileReport]:
    """Import a folder, and publish a generation that holds it.

    A faulty folder changes nothing. One that is ended from outside is done by importing again;
    until then no generation holds any of it.
    ``work`` is an empty folder for copies; ``reader`` is the language of the reasons beside
    refused rows. Raises a ``FileFault`` that names the faulty file, or :class:`CodeTaken`;
    then nothing was imported. A second time changes nothing.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "1000MB",
        "threads": 2,
        "temp_directory": str(work / "spill"),
    }
    with duckdb.connect(config=config) as connection:
        progress(0.0, READING)
        stage(connection, folder, work, max_bytes)
        progress(0.2, CHECKING)
        check(connection)
        # Told before the records are locked: a job's progress is a record too.
        progress(0.3, WRITING)
        _write(connection, engine, lake, now)
        progress(0.6, COUNTING)
        told = reports(connection, folder, quarantine_dir, now=now, language=language(reader))
    sync(
        lake,
        engine,
        pseudonym_key=pseudonym_key,
        progress=lambda share, step: progress(0.65 + 0.35 * share, step),
        now=now,
    )
    return told


def _write(
    connection: duckdb.DuckDBPyConnection, engine: Engine, lake: Lake, now: datetime
) -> None:
    """Compare and write with no other import between, so that what was compared is held."""
    try:
        with turns.alone(engine, lake):
            if turns.is_shared(engine):  # nobody else waits while we read and compare
                with reading(engine) as session:
                    _compare(connection, session)
            with unit_of_work(engine) as session:
                if not turns.is_shared(engine):
                    _compare(connection, session)
                writing.write(connection, session, now)
    except IntegrityError as fault:
        raise ImportedAtOnce from fault


def _compare(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    _refuse_taken(connection, session)
    held.load(connection, session)
    compare(connection)


def _refuse_taken(connection: duckdb.DuckDBPyConnection, session: Session) -> None:
    codes = [code for (code,) in connection.execute("SELECT code FROM courses").fetchall()]
    taken = held.codes_of_others(session, codes)
    if taken:
        raise CodeTaken(code=taken[0])
