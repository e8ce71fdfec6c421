"""Courses, enrolments and handed in work, written by hand as the lake's raw tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import duckdb

from data.warehouse.raw import RAW
from data.warehouse.snapshots import DAYS, snapshot_sql

START = date(2024, 2, 1)


@dataclass
class School:
    """Raw tables that start empty; every method adds one row, days count from a course's start."""

    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    starts: dict[int, date] = field(default_factory=dict)
    courses: dict[int, int] = field(default_factory=dict)
    samples: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.connection.execute("SET TimeZone = 'UTC'")
        for table, columns in RAW.items():
            described = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            self.connection.execute(f"CREATE TABLE {table} ({described})")

    def course(
        self,
        course: int,
        start: date = START,
        series: str = "A",
        weeks: int = 20,
        *,
        sample: bool = False,
    ) -> None:
        self.starts[course] = start
        self.samples |= {course} if sample else set()
        self.add(
            "records_courses",
            course_id=course,
            code=f"{series}-{course}",
            series_code=series,
            start_date=start,
            duration_weeks=weeks,
            is_sample=sample,
        )

    def enrol(
        self,
        enrolment: int,
        course: int = 1,
        *,
        on: int | None = -10,
        ended: int | None = None,
        status: str = "active",
        user: str | None = None,
        credits: int | None = 60,
    ) -> None:
        self.courses[enrolment] = course
        self.add(
            "records_enrollments",
            enrollment_id=enrolment,
            user_id=user or f"user-{enrolment}",
            course_id=course,
            status=status,
            enrolled_at=None if on is None else self.at(course, on),
            ended_at=None if ended is None else self.at(course, ended),
            previous_attempts=0,
            studied_credits=credits,
            is_sample=course in self.samples,
        )

    def work(
        self,
        assessment: int,
        due: int | None,
        course: int = 1,
        weight: float = 10,
        kind: str = "assignment",
    ) -> None:
        self.add(
            "records_assessments",
            assessment_id=assessment,
            course_id=course,
            kind=kind,
            weight=weight,
            due_day=due,
        )

    def hand_in(
        self,
        enrolment: int,
        assessment: int,
        day: int,
        score: float | None = 50,
        *,
        banked: bool = False,
        hour: int = 12,
    ) -> None:
        self.add(
            "records_submissions",
            submission_id=enrolment * 10_000 + assessment * 100 + abs(day),
            enrollment_id=enrolment,
            assessment_id=assessment,
            submitted_at=self.at(self.courses[enrolment], day, hour),
            score=score,
            is_banked=banked,
        )

    def at(self, course: int, day: int, hour: int = 12) -> datetime:
        return datetime.combine(self.starts[course] + timedelta(day), time(hour), UTC)

    def add(self, table: str, **values: Any) -> None:
        places = ", ".join("?" * len(values))
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", list(values.values())
        )

    def snapshots(self, days: Iterable[int] = DAYS) -> dict[tuple[int, int], dict[str, Any]]:
        """The fact's rows by enrolment and day."""
        cursor = self.connection.execute(snapshot_sql(days))
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return {(row["enrollment_id"], row["day"]): row for row in rows}
