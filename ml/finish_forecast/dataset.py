"""Enrolments that were completed, as known on a day, and when their last work was done."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from data.warehouse.snapshots import snapshot_sql
from ml.artifact import Matrix
from ml.finish_forecast.rows import FEATURES, rows_sql
from ml.training_errors import TooLittleHistory

LEAST = 50  # learners who completed, on each side of the split


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of concluded courses, one an enrolment: ``x`` (n, features), NaN where unknown;
    ``y`` the days from the anchor to the last required work done, negative before it."""

    x: Matrix = field(repr=False)
    y: NDArray[np.float64] = field(repr=False)
    start: NDArray[np.datetime64] = field(repr=False)
    course: NDArray[Any] = field(repr=False)
    series: NDArray[Any] = field(repr=False)
    enrollment_id: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.y)

    def where(self, chosen: NDArray[np.bool_]) -> "Dataset":
        """The rows for which ``chosen`` holds."""
        return Dataset(*(getattr(self, name)[chosen] for name in self.__slots__))

    @property
    def digest(self) -> str:
        """SHA-256 of the rows, in hex."""
        parts = (self.x, self.y, self.enrollment_id)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()


def read(connection: duckdb.DuckDBPyConnection, day: int) -> Dataset:
    """Completed enrolments of concluded courses that had required work left on the day.

    Sample courses are learned from only where there are no others.
    """
    snapshots = f"""
        SELECT s.* FROM ({snapshot_sql({day})}) AS s
        SEMI JOIN (SELECT enrollment_id FROM records_enrollments WHERE status = 'completed')
            USING (enrollment_id)
        ANTI JOIN (
            SELECT course_id FROM records_enrollments WHERE status IN ('active', 'enrolled')
        ) USING (course_id)"""
    found = connection.execute(
        f"""WITH rows AS ({rows_sql(snapshots)})
            SELECT r.*, series_code, c.is_sample
            FROM rows AS r INNER JOIN records_courses AS c USING (code)
            WHERE finish_day > day
                AND c.is_sample = (
                    SELECT bool_and(is_sample) FROM rows INNER JOIN records_courses USING (code)
                )
            ORDER BY r.start_date, code, enrollment_id"""
    ).fetchnumpy()
    x = np.column_stack([_floats(found[name]) for name in FEATURES])
    return Dataset(
        x=np.ascontiguousarray(x, dtype=np.float32),
        y=_floats(found["finish_day"]) - _floats(found["anchor_day"]),
        start=np.asarray(found["start_date"], dtype="datetime64[D]"),
        course=np.asarray(found["code"], dtype=object),
        series=np.asarray(found["series_code"], dtype=object),
        enrollment_id=np.asarray(found["enrollment_id"], dtype=np.int64),
    )


def split(data: Dataset, day: int, test_start: date | None = None) -> tuple[Dataset, Dataset]:
    """Earlier courses to learn from, and those that start on ``test_start`` to test on.

    By default the latest start. Raises :class:`TooLittleHistory`.
    """
    if not len(data):
        raise TooLittleHistory(day=day)
    tested = np.datetime64(test_start) if test_start else data.start.max()
    train, test = data.where(data.start < tested), data.where(data.start == tested)
    courses = len(set(train.course.tolist()))
    if min(len(train), len(test)) < LEAST or courses < 2:  # one is left out in turn
        raise TooLittleHistory(day=day)
    return train, test


def _floats(column: Any) -> NDArray[np.float64]:
    """A column as floats, NaN where the database has NULL."""
    return np.asarray(np.ma.filled(np.ma.asarray(column).astype(np.float64), np.nan))
