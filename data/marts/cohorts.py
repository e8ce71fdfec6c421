"""What one generation tells of courses' learners, in SQL over the columns needed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.courses.cohorts import AssessmentFigures, CohortCounts, LearnerFigures
from core.courses.models import AssessmentKind, EnrollmentStatus
from data.warehouse.reader import Snapshot

# An exam is not coursework: some have no date. ``share`` is what ``effective_weights`` in
# core/courses/grade.py gives; a test compares the two.
_WORK = """
    course AS (SELECT * FROM records_courses WHERE course_id = $course),
    work AS (
        SELECT *,
            CASE
                WHEN total = 0 THEN 1
                WHEN coursework_total > 0 OR coursework = 0 THEN weight
                WHEN is_coursework THEN total
                ELSE weight * coursework
            END::DOUBLE AS share
        FROM (
            SELECT *, kind <> 'exam' AS is_coursework, sum(weight) OVER () AS total,
                count(*) FILTER (kind <> 'exam') OVER () AS coursework,
                coalesce(sum(weight) FILTER (kind <> 'exam') OVER (), 0) AS coursework_total
            FROM records_assessments WHERE course_id = $course
        )
    ),
    people AS (
        SELECT enrollment_id, status,
            date_diff('day', start_date, (enrolled_at AT TIME ZONE 'UTC')::DATE) AS enrolled_day,
            date_diff('day', start_date, (ended_at AT TIME ZONE 'UTC')::DATE) AS ended_day
        FROM records_enrollments INNER JOIN course USING (course_id)
    ),
    handed AS (
        SELECT enrollment_id, assessment_id, min(submitted_at) AS submitted_at,
            max(score)::DOUBLE AS score, bool_or(is_banked) AS is_banked,
            date_diff('day', any_value(start_date),
                (min(submitted_at) AT TIME ZONE 'UTC')::DATE) AS handed_day
        FROM records_submissions
        INNER JOIN people USING (enrollment_id)
        CROSS JOIN (SELECT start_date FROM course)
        GROUP BY enrollment_id, assessment_id
    )"""

_LEARNERS = f"""
    WITH {_WORK},
    counting AS (
        SELECT 0 AS rule_version_id, lesson_id, lesson_id AS item, 1 AS needed
        FROM records_lessons WHERE course_id = $course AND is_required
        UNION ALL
        SELECT rule_version_id, lesson_id, item, needed
        FROM records_rule_lessons WHERE course_id = $course
    ),
    lessons AS (
        SELECT rule_version_id, count(DISTINCT item) AS lessons FROM counting
        GROUP BY rule_version_id
    ),
    ruled AS (
        SELECT enrollment_id, coalesce(rule_version_id, 0) AS rule_version_id
        FROM people LEFT JOIN records_kept_rules USING (enrollment_id)
    ),
    met AS (
        SELECT enrollment_id, item, count(*) >= needed AS is_met, max(completed_at) AS last_at
        FROM records_completions
        INNER JOIN ruled USING (enrollment_id)
        LEFT JOIN counting USING (rule_version_id, lesson_id)
        GROUP BY enrollment_id, item, needed
    ),
    completed AS (
        SELECT enrollment_id, count(*) FILTER (is_met) AS done, max(last_at) AS last_at
        FROM met
        GROUP BY enrollment_id
    ),
    worked AS (
        SELECT enrollment_id,
            count(*) FILTER (is_coursework) AS done,
            count(*) FILTER (is_coursework AND due_day <= $day) AS due_done,
            sum(share * score) / nullif(sum(share) FILTER (score IS NOT NULL), 0) AS grade,
            max(submitted_at) FILTER (NOT is_banked) AS last_at
        FROM handed INNER JOIN work USING (assessment_id)
        GROUP BY enrollment_id
    ),
    sizes AS (
        SELECT count(*) FILTER (is_coursework) AS pieces,
            count(*) FILTER (is_coursework AND due_day <= $day) AS due
        FROM work
    )
    SELECT enrollment_id, status, coalesce(lessons, 0), coalesce(c.done, 0),
        coalesce(lessons, 0) + pieces,
        coalesce(c.done, 0) + coalesce(w.done, 0), due, due - coalesce(due_done, 0), grade,
        (greatest(c.last_at, w.last_at) AT TIME ZONE 'UTC')::DATE
    FROM people
    INNER JOIN ruled USING (enrollment_id)
    LEFT JOIN lessons USING (rule_version_id)
    CROSS JOIN sizes
    LEFT JOIN completed AS c USING (enrollment_id)
    LEFT JOIN worked AS w USING (enrollment_id)
    ORDER BY enrollment_id"""

_ASSESSMENTS = f"""
    WITH {_WORK},
    there AS (
        SELECT assessment_id, count(*) AS expected,
            count(*) FILTER (h.enrollment_id IS NULL) AS missing
        FROM work
        INNER JOIN people ON coalesce(enrolled_day, 0) <= due_day
            AND (ended_day IS NULL OR ended_day > due_day OR status IN ('completed', 'failed'))
        LEFT JOIN handed AS h USING (enrollment_id, assessment_id)
        GROUP BY assessment_id
    )
    SELECT title, kind, due_day, start_date + due_day, coalesce(due_day <= $day, false),
        CASE WHEN any_value(due_day) <= $day AND count(handed_day) > 0 THEN any_value(expected) END,
        count(handed_day) FILTER (NOT is_banked),
        count(*) FILTER (NOT is_banked AND handed_day <= due_day),
        count(*) FILTER (NOT is_banked AND handed_day > due_day),
        median(handed_day - due_day) FILTER (NOT is_banked AND handed_day > due_day),
        CASE WHEN any_value(due_day) <= $day AND count(handed_day) > 0 THEN any_value(missing) END,
        count(*) FILTER (is_banked), avg(score) FILTER (NOT is_banked)
    FROM work
    CROSS JOIN (SELECT start_date FROM course)
    LEFT JOIN handed USING (assessment_id)
    LEFT JOIN there USING (assessment_id)
    GROUP BY ALL
    ORDER BY due_day NULLS LAST, title"""

_COUNTS = f"""
    WITH {_WORK},
    there AS (SELECT * FROM people WHERE coalesce(enrolled_day, 0) <= $day),
    due AS (
        SELECT assessment_id, due_day, title FROM work WHERE is_coursework AND due_day <= $day
    ),
    done AS (
        SELECT assessment_id, score, is_banked
        FROM handed SEMI JOIN due USING (assessment_id) SEMI JOIN there USING (enrollment_id)
        WHERE handed_day <= $day
    ),
    pieces AS (
        SELECT assessment_id, due_day, title, count(is_banked) AS handed_in
        FROM due LEFT JOIN done USING (assessment_id)
        GROUP BY assessment_id, due_day, title
    )
    SELECT count(*), count(*) FILTER (status = 'withdrawn' AND ended_day <= $day),
        (SELECT list(handed_in ORDER BY due_day, title) FROM pieces),
        (SELECT avg(score) FILTER (NOT is_banked) FROM done)
    FROM there"""


_LESSONS = """
    SELECT lesson_id, count(*),
        median(date_diff('day', start_date, (completed_at AT TIME ZONE 'UTC')::DATE))
    FROM records_completions
    INNER JOIN records_enrollments USING (enrollment_id)
    INNER JOIN records_courses USING (course_id)
    WHERE course_id = $course
    GROUP BY lesson_id"""


class CohortMart:
    """Cohorts as one generation holds them."""

    def __init__(self, warehouse: Snapshot) -> None:
        self._warehouse = warehouse

    def learners(self, course_id: int, today: date) -> Sequence[LearnerFigures]:
        """Every enrolment of a course."""
        return [
            LearnerFigures(row[0], EnrollmentStatus(row[1]), *row[2:])
            for row in self._rows(_LEARNERS, course_id, self._day(course_id, today))
        ]

    def assessments(self, course_id: int, today: date) -> Sequence[AssessmentFigures]:
        """Every piece of a course's work in the order of its dates."""
        return [
            AssessmentFigures(row[0], AssessmentKind(row[1]), *row[2:])
            for row in self._rows(_ASSESSMENTS, course_id, self._day(course_id, today))
        ]

    def lessons(self, course_id: int) -> Mapping[int, tuple[int, float]]:
        """By lesson that anybody completed: how many did, and the median day of the course."""
        return {row[0]: (row[1], row[2]) for row in self._rows(_LESSONS, course_id, 0)}

    def counts(self, course_id: int, day: int) -> CohortCounts:
        """The cohort as it stood on a day of its course."""
        ((enrolled, left, pieces, score),) = self._rows(_COUNTS, course_id, day)
        return CohortCounts(enrolled, left, enrolled - left, tuple(pieces or ()), score)

    def _day(self, course_id: int, today: date) -> int:
        """The day of the course; one that this generation does not hold has none behind it."""
        rows = self._warehouse.rows(
            "SELECT date_diff('day', start_date, $today::DATE) FROM records_courses "
            "WHERE course_id = $course",
            {"course": course_id, "today": today},
        )
        return int(rows[0][0]) if rows else -1

    def _rows(self, sql: str, course_id: int, day: int) -> list[tuple[Any, ...]]:
        used = {"course": course_id, "day": day}
        return self._warehouse.rows(sql, {k: v for k, v in used.items() if f"${k}" in sql})
