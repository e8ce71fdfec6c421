-- One row a course as it is taught once.
-- grain: course_id
-- reads: records_courses
SELECT
    course_id,
    code,
    series_code,
    title,
    difficulty_level,
    industry,
    start_date,
    duration_weeks,
    pass_mark,
    is_sample
FROM records_courses
ORDER BY course_id
