"""Faults of the disk, its folders and the records database get a name and a sentence."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from core import db
from core.db import reading, unit_of_work
from core.errors import AppError, NotFound
from core.i18n import language
from core.surroundings import DiskFull, NotPermitted, RecordsBusy, named


def touch(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.execute(text("SELECT 1"))


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), DiskFull),
        (OSError(errno.EFBIG, "too large"), DiskFull),
        (RuntimeError("IO Error: Could not write: No space left on device"), DiskFull),
        (PermissionError(errno.EACCES, "no", "/home/a/lake"), NotPermitted),
        (OSError(errno.EROFS, "read-only", "/home/a/lake"), NotPermitted),
        (NotFound(), NotFound),
    ],
)
def test_a_fault_is_named_by_what_it_is(fault: Exception, name: type[AppError]) -> None:
    assert type(named(fault)) is name


def test_what_a_fault_came_from_names_it() -> None:
    outer = RuntimeError("the model store failed")
    outer.__cause__ = OSError(errno.ENOSPC, "full")
    assert type(named(outer)) is DiskFull


def test_a_fault_that_says_nothing_of_them_stays_unnamed() -> None:
    assert named(ZeroDivisionError("on the way")) is None
    assert named(FileNotFoundError(errno.ENOENT, "gone")) is None


def test_a_file_is_told_without_its_folder() -> None:
    told = named(PermissionError(errno.EACCES, "no", "/home/a/lake"))
    assert told is not None
    assert "write lake." in told.sentence(language("en"))


def test_a_full_sqlite_database_is_a_full_disk(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        much = text("CREATE TABLE much AS SELECT hex(randomblob(1000000)) AS text")
        with pytest.raises(OperationalError) as full:
            session.execute(much)
        session.rollback()
    assert type(named(full.value)) is DiskFull


def test_records_that_another_keeps_locked_are_busy(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_LOCK_SECONDS", 0)
    with unit_of_work(sqlite_engine) as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(OperationalError) as busy:
            touch(sqlite_engine)
    assert type(named(busy.value)) is RecordsBusy


def test_long_work_waits_its_turn_longer_than_a_page(sqlite_engine: Engine) -> None:
    def waits(engine: Engine) -> int:
        with reading(engine) as session:
            return int(session.execute(text("PRAGMA busy_timeout")).scalar_one())

    assert (waits(db.patient(sqlite_engine)), waits(sqlite_engine)) == (300_000, 5_000)


def test_a_database_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    sqlite3.connect(file).execute("CREATE TABLE t (a)").connection.close()
    only_read = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as refused:
        only_read.execute("INSERT INTO t VALUES (1)")
    only_read.close()
    assert type(named(refused.value)) is NotPermitted
