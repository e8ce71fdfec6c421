"""Names the faults of what the product runs on: its disk, its folders, its records database.

They arrive under many types, from the system, the drivers of both databases, DuckDB and the
model store, which wraps the others; each is recognised by its code, or by what it says where
it has none.
"""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import PurePath

from core.errors import AppError
from core.i18n import mark

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL_SAYS = (
    "No space left on device",
    "Disk quota exceeded",
    "database or disk is full",
    "max_temp_directory_size",  # DuckDB's, which follows from the room there is
)
_RECORDS = "app.db"
_POSTGRES_FULL, _POSTGRES_BUSY = "53100", {"40P01", "55P03"}


class DiskFull(AppError):
    """No room was left where something was to be written."""

    code = "disk_full"
    status = 507
    message = mark(
        "The server's disk is full, so this was not finished. Free some space on it and do it "
        "again; what was done already is not done twice."
    )


class NotPermitted(AppError):
    """The system lets the product's account not read or not write a file."""

    code = "not_permitted"
    message = mark(
        "The server may not read or write {file}. Give the account that runs the product the "
        "right to, and do it again."
    )


class RecordsBusy(AppError):
    """Somebody else wrote to the records for longer than was waited."""

    code = "records_busy"
    status = 503
    message = mark(
        "The records are being written by something longer, such as an import. Try again in a "
        "minute."
    )


def named(fault: BaseException) -> AppError | None:
    """The fault under its name, where it or what it came from is one of these; else None."""
    if isinstance(fault, AppError):
        return fault
    return next((found for one in _chain(fault) if (found := _one(one))), None)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__


def _one(fault: BaseException) -> AppError | None:
    if isinstance(fault, OSError) and fault.errno in _REFUSED:
        return NotPermitted(file=PurePath(str(fault.filename or "?")).name)
    if isinstance(fault, OSError) and fault.errno in _FULL:
        return DiskFull()
    if isinstance(fault, sqlite3.Error):
        return _of_sqlite(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(fault, "sqlstate", None)  # psycopg's
    if state in _POSTGRES_BUSY:
        return RecordsBusy()
    is_full = state == _POSTGRES_FULL or any(words in str(fault) for words in _FULL_SAYS)
    return DiskFull() if is_full else None


def _of_sqlite(code: int) -> AppError | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_BUSY:
            return RecordsBusy()
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return NotPermitted(file=_RECORDS)
        case _:
            return None
