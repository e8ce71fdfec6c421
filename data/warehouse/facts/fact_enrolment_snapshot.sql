-- What was known of an enrolment on a day of its course: work handed in and missed so far, how
-- it compares with the others', the learner's history, and how the enrolment ended at last.
-- Only who was enrolled on that day is there. Nothing dated later enters, but for the outcome;
-- days that a course has not reached yet are for the reader to leave out. Ranks are 0 for the
-- last and 1 for the first of a course's work, and 0 for work that was due and not handed in.
-- grain: enrollment_id, day
-- references: user_id -> dim_user, course_id -> dim_course, date_id -> dim_date
-- reads: records_courses, records_enrollments, records_assessments, records_submissions
WITH snapshot_days (day) AS (VALUES (0), (14), (30), (60), (90)),
enrolled AS (
    SELECT
        e.*,
        c.series_code,
        c.start_date,
        c.start_date + c.duration_weeks * 7 AS course_end,
        date_diff('day', c.start_date, (e.enrolled_at AT TIME ZONE 'UTC')::DATE) AS enrolled_day,
        date_diff('day', c.start_date, (e.ended_at AT TIME ZONE 'UTC')::DATE) AS ended_day,
        CASE
            WHEN e.status = 'completed' THEN 0
            WHEN e.status NOT IN ('enrolled', 'active') THEN 1
        END AS ended_badly,
        c.is_sample AS is_of_sample
    FROM records_enrollments AS e
    INNER JOIN records_courses AS c USING (course_id)
),
population AS (
    SELECT *, start_date + day AS known_on
    FROM enrolled CROSS JOIN snapshot_days
    WHERE enrolled_day <= day AND (ended_day IS NULL OR ended_day > day)
),
first_handed_in AS (
    SELECT
        s.enrollment_id,
        s.assessment_id,
        min(date_diff('day', e.start_date, (s.submitted_at AT TIME ZONE 'UTC')::DATE)) AS handed_day,
        arg_min(s.score, (s.submitted_at, s.submission_id)) FILTER (s.score IS NOT NULL) AS score,
        bool_or(s.is_banked) AS is_banked
    FROM records_submissions AS s
    INNER JOIN enrolled AS e USING (enrollment_id)
    WHERE date_diff('day', e.start_date, (s.submitted_at AT TIME ZONE 'UTC')::DATE)
        <= (SELECT max(day) FROM snapshot_days)
    GROUP BY ALL
),
-- A banked score was earned in an earlier course: it is no sign of work in this one.
handed_in AS (
    SELECT
        day,
        enrollment_id,
        assessment_id,
        handed_day,
        is_banked,
        due_day <= day AS is_due,
        due_day - handed_day AS lead_days,
        CASE WHEN NOT is_banked THEN score END AS score,
        percent_rank() OVER (
            PARTITION BY day, assessment_id, is_banked ORDER BY score NULLS FIRST
        ) AS score_rank,
        percent_rank() OVER (
            PARTITION BY day, assessment_id, is_banked ORDER BY handed_day DESC
        ) AS lead_rank
    FROM first_handed_in
    INNER JOIN snapshot_days ON handed_day <= day
    INNER JOIN records_assessments USING (assessment_id)
),
due AS (
    SELECT
        day,
        course_id,
        assessment_id,
        row_number() OVER (PARTITION BY day, course_id ORDER BY due_day, assessment_id) AS nth,
        coalesce(
            weight::DOUBLE / nullif(sum(weight) OVER (PARTITION BY day, course_id), 0),
            1.0 / count(*) OVER (PARTITION BY day, course_id)
        ) AS share
    FROM records_assessments
    INNER JOIN snapshot_days ON due_day <= day
),
due_so_far AS (
    SELECT
        course_id,
        day,
        count(*) FILTER (due_day <= day) AS due_count,
        coalesce(
            sum(weight) FILTER (due_day <= day) / nullif(sum(weight), 0),
            count(*) FILTER (due_day <= day) / count(*)
        )::DOUBLE AS due_weight
    FROM records_assessments CROSS JOIN snapshot_days
    WHERE due_day IS NOT NULL
    GROUP BY course_id, day
),
present AS (SELECT course_id, day, count(*) AS learners FROM population GROUP BY ALL),
turnout AS (
    SELECT assessment_id, day, count(*) / any_value(learners) AS turnout
    FROM handed_in
    INNER JOIN population USING (enrollment_id, day)
    INNER JOIN present USING (course_id, day)
    GROUP BY assessment_id, day
),
due_work AS (
    SELECT
        p.enrollment_id,
        day,
        count(*) FILTER (h.assessment_id IS NULL) AS missing_count,
        coalesce(sum(share) FILTER (h.assessment_id IS NULL), 0) AS missing_weight,
        coalesce(sum(share * turnout) FILTER (h.assessment_id IS NULL), 0) AS missing_turnout,
        count(*) - coalesce(max(nth) FILTER (h.assessment_id IS NOT NULL), 0) AS trailing_misses,
        sum(share * coalesce(score_rank, 0)) FILTER (is_banked IS NOT TRUE) AS due_score_rank,
        sum(share * coalesce(lead_rank, 0)) FILTER (is_banked IS NOT TRUE) AS due_lead_rank,
        arg_max(coalesce(score_rank, 0), nth) AS last_due_score_rank,
        count(*) FILTER (lead_days < 0) AS late_count
    FROM population AS p
    INNER JOIN due USING (course_id, day)
    LEFT JOIN handed_in AS h USING (enrollment_id, assessment_id, day)
    LEFT JOIN turnout USING (assessment_id, day)
    GROUP BY ALL
),
work AS (
    SELECT
        enrollment_id,
        day,
        count(*) AS handed_in_count,
        count(*) FILTER (is_banked) AS banked_count,
        count(*) FILTER (is_due IS NOT TRUE AND NOT is_banked) AS ahead_count,
        avg(score) AS score_mean,
        min(score) AS score_min,
        max(score) AS score_max,
        arg_max(score, (handed_day, assessment_id)) AS score_last,
        avg(score_rank) FILTER (NOT is_banked) AS score_rank,
        avg(lead_rank) FILTER (NOT is_banked) AS lead_rank
    FROM handed_in
    GROUP BY enrollment_id, day
),
history AS (
    SELECT
        p.enrollment_id,
        p.day,
        count(*) FILTER (before.status = 'completed') AS past_completed,
        count(*) FILTER (before.status = 'failed') AS past_failed,
        count(*) FILTER (before.status = 'withdrawn') AS past_withdrawn
    FROM population AS p
    INNER JOIN enrolled AS before
        ON before.user_id = p.user_id AND before.course_end <= p.known_on
    WHERE before.status NOT IN ('enrolled', 'active')
    GROUP BY ALL
),
concluded AS (
    SELECT
        course_id,
        series_code,
        course_end,
        is_of_sample,
        sum(ended_badly) AS bad,
        count(*) AS learners
    FROM enrolled
    GROUP BY ALL
    HAVING count(ended_badly) = count(*)
),
-- Shrunken towards the mean of all courses, as 200 further learners of that mean would.
series AS (
    SELECT
        course_id,
        day,
        sum(bad) / sum(learners) AS mean_rate,
        (coalesce(sum(bad) FILTER (same), 0) + 200 * mean_rate)
            / (coalesce(sum(learners) FILTER (same), 0) + 200) AS series_rate
    FROM (
        SELECT now.course_id, day, bad, learners, earlier.series_code = now.series_code AS same
        FROM (SELECT DISTINCT course_id, series_code, is_of_sample, day, known_on FROM population)
            AS now
        INNER JOIN concluded AS earlier
            ON earlier.course_end <= now.known_on AND earlier.is_of_sample = now.is_of_sample
    )
    GROUP BY course_id, day
)
SELECT
    p.enrollment_id,
    p.user_id,
    p.course_id,
    p.day::INTEGER AS day,
    (year(known_on) * 10000 + month(known_on) * 100 + day(known_on))::INTEGER AS date_id,
    p.ended_badly,
    p.previous_attempts,
    p.studied_credits,
    p.enrolled_day::INTEGER AS enrolled_day,
    coalesce(past_completed, 0)::INTEGER AS past_completed,
    coalesce(past_failed, 0)::INTEGER AS past_failed,
    coalesce(past_withdrawn, 0)::INTEGER AS past_withdrawn,
    coalesce(due_count, 0)::INTEGER AS due_count,
    coalesce(due_weight, 0) AS due_weight,
    coalesce(handed_in_count, 0)::INTEGER AS handed_in_count,
    coalesce(banked_count, 0)::INTEGER AS banked_count,
    coalesce(ahead_count, 0)::INTEGER AS ahead_count,
    coalesce(late_count, 0)::INTEGER AS late_count,
    coalesce(missing_count, 0)::INTEGER AS missing_count,
    coalesce(missing_weight, 0) AS missing_weight,
    coalesce(missing_turnout, 0) AS missing_turnout,
    coalesce(trailing_misses, 0)::INTEGER AS trailing_misses,
    CASE WHEN due_count > 0 THEN
        coalesce(handed_in_count, 0)
        - avg(coalesce(handed_in_count, 0)) OVER (PARTITION BY p.course_id, p.day)
    END AS handed_in_difference,
    due_score_rank,
    due_lead_rank,
    last_due_score_rank,
    CASE WHEN idle THEN 0 ELSE score_mean END::DOUBLE AS score_mean,
    CASE WHEN idle THEN 0 ELSE score_min END::DOUBLE AS score_min,
    CASE WHEN idle THEN 0 ELSE score_max END::DOUBLE AS score_max,
    CASE WHEN idle THEN 0 ELSE score_last END::DOUBLE AS score_last,
    CASE WHEN idle THEN 0 ELSE score_rank END AS score_rank,
    CASE WHEN idle THEN 0 ELSE lead_rank END AS lead_rank,
    series_rate,
    coalesce(series_rate - mean_rate, 0) AS series_rate_difference,
    p.is_sample
FROM population AS p
LEFT JOIN due_so_far USING (course_id, day)
LEFT JOIN due_work USING (enrollment_id, day)
LEFT JOIN work USING (enrollment_id, day)
LEFT JOIN history USING (enrollment_id, day)
LEFT JOIN series USING (course_id, day),
LATERAL (SELECT due_count > 0 AND handed_in_count IS NULL AS idle) AS state
ORDER BY p.course_id, p.day, p.enrollment_id
