"""The only place that reads the time, so that a test or a drill can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

_offset = timedelta(0)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The current day in UTC."""
    return now().date()


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Let the clock of this process run ``by`` later (or earlier) inside the block."""
    global _offset
    before = _offset
    _offset = before + by
    try:
        yield
    finally:
        _offset = before
