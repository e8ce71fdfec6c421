"""Snapshots of enrolments as arrays, and their split in the order of time."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from data.warehouse.snapshots import snapshot_sql
from ml.artifact import Matrix
from ml.completion_risk.features import FEATURES
from ml.training_errors import TooLittleHistory

TRAINED_DAYS = (14, 30, 60, 90)
"""Every training sees these snapshots: what a day means is learned across them."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of concluded courses, one an enrolment and day.

    ``x`` is (n, features), NaN where unknown; ``y`` is 1 where the enrolment failed or was
    withdrawn; ``prior`` is the module's rate of that so far, NaN for the first courses.
    """

    x: Matrix = field(repr=False)
    y: NDArray[np.int8] = field(repr=False)
    day: NDArray[np.int32] = field(repr=False)
    start: NDArray[np.datetime64] = field(repr=False)
    course: NDArray[Any] = field(repr=False)
    enrollment_id: NDArray[np.int64] = field(repr=False)
    prior: NDArray[np.float64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.y)

    def where(self, chosen: NDArray[np.bool_]) -> "Dataset":
        """The rows for which ``chosen`` holds."""
        return Dataset(*(getattr(self, name)[chosen] for name in self.__slots__))

    def on(self, day: int) -> "Dataset":
        """The rows of one snapshot day."""
        return self.where(self.day == day)

    @property
    def digest(self) -> str:
        """SHA-256 of the rows, in hex."""
        parts = (self.x, self.y, self.day, self.enrollment_id)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()


@dataclass(frozen=True, slots=True)
class Split:
    """Training rows of all days from earlier courses; test rows of one day from later ones."""

    train: Dataset
    test: Dataset


def read(connection: duckdb.DuckDBPyConnection, day: int) -> Dataset:
    """Snapshots of every concluded course, on ``day`` and the days every training sees.

    Sample courses are learned from only where there are no others.
    """
    columns = ", ".join(f"s.{name}::FLOAT AS {name}" for name in FEATURES)
    found = connection.execute(
        f"""WITH snapshots AS ({snapshot_sql({*TRAINED_DAYS, day})}),
            open AS (
                SELECT DISTINCT course_id FROM records_enrollments
                WHERE status IN ('enrolled', 'active')
            ),
            concluded AS (
                SELECT s.*, start_date, code
                FROM snapshots AS s INNER JOIN records_courses USING (course_id)
                ANTI JOIN open USING (course_id)
            )
            SELECT {columns}, ended_badly, s.day AS on_day, start_date, code, enrollment_id,
                series_rate
            FROM concluded AS s
            WHERE is_sample = (SELECT bool_and(is_sample) FROM concluded)
            ORDER BY start_date, code, s.day, enrollment_id"""
    ).fetchnumpy()
    x = np.column_stack([_filled(found[name], np.float32) for name in FEATURES])
    return Dataset(
        x=np.ascontiguousarray(x, dtype=np.float32),
        y=np.asarray(found["ended_badly"], dtype=np.int8),
        day=np.asarray(found["on_day"], dtype=np.int32),
        start=np.asarray(found["start_date"], dtype="datetime64[D]"),
        course=np.asarray(found["code"], dtype=object),
        enrollment_id=np.asarray(found["enrollment_id"], dtype=np.int64),
        prior=_filled(found["series_rate"], np.float64),
    )


def split(data: Dataset, day: int, test_start: date | None = None) -> Split:
    """Earlier courses to learn from, those that start on ``test_start`` to test on.

    By default the latest start; the split is by presentation, never by learner. Raises
    :class:`TooLittleHistory`.
    """
    starts = np.unique(data.start)
    if not len(starts):
        raise TooLittleHistory(day=day)
    tested = np.datetime64(test_start) if test_start else starts[-1]
    train = data.where(data.start < tested)
    test = data.where((data.start == tested) & (data.day == day))
    for part in (train, train.on(day), test):
        if len(np.unique(part.y)) < 2:
            raise TooLittleHistory(day=day)
    return Split(train, test)


def hold_out(train: Dataset) -> Split | None:
    """The latest courses of the training rows, for choosing; None where all start at once."""
    latest = train.start == train.start.max()
    earlier, later = train.where(~latest), train.where(latest)
    if len(np.unique(earlier.y)) < 2 or len(np.unique(later.y)) < 2:
        return None
    return Split(earlier, later)


def _filled(column: Any, kind: Any) -> NDArray[Any]:
    """A column as floats, NaN where the database has NULL."""
    return np.asarray(np.ma.filled(np.ma.asarray(column).astype(kind), np.nan))
