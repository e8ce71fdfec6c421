"""What the forecast sees of an enrolment on a day, in one query for training and for serving.

To what ``fact_enrolment_snapshot`` tells come the learner's own pace and the shape of the
work that is still ahead. The answer is in days after the *anchor*: the last day on which
required work is due, or the course's last day where nothing has a date. What was collected by
machine on one day for nearly everybody does not count as a learner's last work: that day is the
machine's.
"""

_OF_SNAPSHOT = (
    "due_weight",
    "score_mean",
    "score_last",
    "score_rank",
    "lead_rank",
    "due_score_rank",
    "due_lead_rank",
    "missing_count",
    "missing_weight",
    "trailing_misses",
    "handed_in_difference",
    "late_count",
    "ahead_count",
    "previous_attempts",
    "studied_credits",
    "enrolled_day",
    "past_completed",
    "past_failed",
    "past_withdrawn",
)
_OF_COURSE = (
    "required_count",
    "days_to_anchor",
    "last_gap_days",
    "last_share",
    "last_is_quiz",
    "last_two_share",
    "unweighted_share",
)
_OF_PACE = (
    "lead_mean_days",
    "lead_least_days",
    "lead_most_days",
    "lead_last_days",
    "done_share",
    "idle_days",
)
FEATURES = (*_OF_SNAPSHOT, *_OF_COURSE, *_OF_PACE)

_SHAPES = """
    work AS (
        SELECT course_id, assessment_id, due_day, kind, weight,
            row_number() OVER (PARTITION BY course_id ORDER BY due_day DESC, assessment_id) AS back
        FROM records_assessments SEMI JOIN asked USING (course_id)
        WHERE kind <> 'exam' AND due_day IS NOT NULL
    ),
    shapes AS (
        SELECT course_id, max(due_day) AS last_due, count(*) AS pieces,
            max(due_day) - max(due_day) FILTER (back = 2) AS last_gap_days,
            (sum(weight) FILTER (back = 1) / nullif(sum(weight), 0))::DOUBLE AS last_share,
            max((kind = 'quiz')::INTEGER) FILTER (back = 1) AS last_is_quiz,
            (sum(weight) FILTER (back <= 2) / nullif(sum(weight), 0))::DOUBLE AS last_two_share,
            avg((weight = 0)::INTEGER) AS unweighted_share
        FROM work GROUP BY course_id
    ),
    required_lessons AS (
        SELECT course_id, lesson_id
        FROM records_lessons SEMI JOIN asked USING (course_id) WHERE is_required
    ),
    lesson_counts AS (
        SELECT course_id, count(*) AS lessons FROM required_lessons GROUP BY course_id
    ),
    anchors AS (
        SELECT course_id, code, start_date,
            coalesce(last_due, duration_weeks * 7) AS anchor_day,
            coalesce(pieces, 0) + coalesce(lessons, 0) AS required_count,
            last_gap_days, last_share, last_is_quiz, last_two_share, unweighted_share
        FROM records_courses SEMI JOIN asked USING (course_id)
        LEFT JOIN shapes USING (course_id) LEFT JOIN lesson_counts USING (course_id)
    )"""

_DONE = """
    done AS (
        SELECT enrollment_id, course_id, assessment_id, due_day,
            date_diff('day', any_value(start_date),
                (min(submitted_at) AT TIME ZONE 'UTC')::DATE) AS done_day
        FROM records_submissions
        INNER JOIN (SELECT DISTINCT enrollment_id, course_id FROM asked) USING (enrollment_id)
        INNER JOIN work USING (course_id, assessment_id)
        INNER JOIN anchors USING (course_id)
        WHERE NOT is_banked
        GROUP BY enrollment_id, course_id, assessment_id, due_day
        UNION ALL
        SELECT enrollment_id, course_id, NULL, NULL,
            date_diff('day', start_date, (completed_at AT TIME ZONE 'UTC')::DATE)
        FROM records_completions
        INNER JOIN (SELECT DISTINCT enrollment_id, course_id FROM asked) USING (enrollment_id)
        INNER JOIN required_lessons USING (course_id, lesson_id)
        INNER JOIN anchors USING (course_id)
    ),
    pace AS (
        SELECT enrollment_id, day, avg(due_day - done_day) AS lead_mean_days,
            min(due_day - done_day) AS lead_least_days, max(due_day - done_day) AS lead_most_days,
            arg_max(due_day - done_day, due_day) AS lead_last_days,
            count(*) AS done_count, day - max(done_day) AS idle_days
        FROM asked INNER JOIN done USING (enrollment_id)
        WHERE done_day <= day
        GROUP BY enrollment_id, day
    )"""

# Nine in ten of at least twenty on one day: a machine booked them, no learner chose the day.
_FINISHES = """
    collected AS (
        SELECT assessment_id FROM (
            SELECT assessment_id, submitted_at::DATE AS day, count(*) AS learners
            FROM records_submissions SEMI JOIN work USING (assessment_id)
            WHERE NOT is_banked GROUP BY ALL
        ) GROUP BY assessment_id
        HAVING sum(learners) >= 20 AND max(learners) >= 0.9 * sum(learners)
    ),
    finishes AS (
        SELECT enrollment_id, max(done_day) AS finish_day
        FROM done ANTI JOIN collected USING (assessment_id)
        GROUP BY enrollment_id
    )"""


def rows_sql(snapshots: str) -> str:
    """The rows of the enrolments and days that ``snapshots`` (a query) tells of.

    Columns: enrollment_id, day, code, start_date, anchor_day, finish_day (of what was done so
    far), and the features.
    """
    columns = ", ".join(f"{name}::FLOAT AS {name}" for name in FEATURES)
    return f"""WITH asked AS ({snapshots}), {_SHAPES}, {_DONE},
        {_FINISHES},
        told AS (
            SELECT *, anchor_day - day AS days_to_anchor,
                coalesce(done_count, 0) / nullif(required_count, 0) AS done_share
            FROM asked INNER JOIN anchors USING (course_id)
            LEFT JOIN finishes USING (enrollment_id)
            LEFT JOIN pace USING (enrollment_id, day)
        )
        SELECT enrollment_id, day, code, start_date, anchor_day, finish_day, {columns}
        FROM told"""
