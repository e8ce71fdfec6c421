-- What one person did in one course on one day (UTC). A module counts on the day on which its
-- last lesson was completed that the person's rules require by itself, not in a group. Time
-- is what was counted between actions in lessons, and what a source told with a completion; it
-- is absent where none was measured.
-- grain: user_id, course_id, date_id
-- references: user_id -> dim_user, course_id -> dim_course, date_id -> dim_date
-- reads: records_enrollments, records_completions, records_lessons, records_submissions
-- reads: records_rule_lessons, records_kept_rules, records_study_time
WITH required_lessons AS (
    SELECT 0 AS rule_version_id, module_id, lesson_id
    FROM records_lessons
    WHERE is_required
    UNION ALL
    SELECT rule_version_id, module_id, lesson_id
    FROM records_rule_lessons
    INNER JOIN records_lessons USING (lesson_id)
    WHERE item > 0
),
required AS (
    SELECT rule_version_id, module_id, count(*) AS lessons
    FROM required_lessons
    GROUP BY rule_version_id, module_id
),
module_ends AS (
    SELECT enrollment_id, (max(completed_at) AT TIME ZONE 'UTC')::DATE AS day
    FROM records_completions
    LEFT JOIN records_kept_rules AS kept USING (enrollment_id)
    INNER JOIN required_lessons AS counting
        ON counting.lesson_id = records_completions.lesson_id
        AND counting.rule_version_id = coalesce(kept.rule_version_id, 0)
    INNER JOIN required
        ON required.rule_version_id = counting.rule_version_id
        AND required.module_id = counting.module_id
    GROUP BY enrollment_id, counting.module_id
    HAVING count(*) = any_value(required.lessons)
),
done AS (
    SELECT
        enrollment_id,
        (completed_at AT TIME ZONE 'UTC')::DATE AS day,
        60 * time_spent_minutes AS seconds,
        1 AS lesson,
        0 AS module,
        0 AS submission,
        NULL AS quiz_score
    FROM records_completions
    UNION ALL
    SELECT enrollment_id, day, NULL, 0, 1, 0, NULL FROM module_ends
    UNION ALL
    SELECT enrollment_id, day, seconds, 0, 0, 0, NULL FROM records_study_time WHERE seconds > 0
    UNION ALL
    SELECT
        enrollment_id,
        (submitted_at AT TIME ZONE 'UTC')::DATE,
        NULL,
        0,
        0,
        1,
        CASE WHEN assessment_kind = 'quiz' THEN score END
    FROM records_submissions
)
SELECT
    user_id,
    course_id,
    (year(day) * 10000 + month(day) * 100 + day(day))::INTEGER AS date_id,
    round(sum(seconds) / 60)::INTEGER AS time_spent_minutes,
    sum(lesson)::INTEGER AS lessons_completed,
    sum(module)::INTEGER AS modules_completed,
    sum(submission)::INTEGER AS submissions,
    avg(quiz_score)::DECIMAL(5, 2) AS quiz_score
FROM done
INNER JOIN records_enrollments USING (enrollment_id)
GROUP BY user_id, course_id, day
ORDER BY date_id, course_id, user_id
