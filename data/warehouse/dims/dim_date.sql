-- One row a day of every calendar year that any fact touches. Holidays stay unknown
-- until a country is chosen.
-- grain: date_id
-- reads: fact_campaign_performance, fact_user_engagement, fact_document_generation
-- reads: fact_enrolment_snapshot, fact_business_outcome, fact_creative_performance
-- reads: fact_audience_performance, fact_lift_test
WITH used AS (
    SELECT min(date_id) // 10000 AS first_year, max(date_id) // 10000 AS last_year
    FROM (
        SELECT date_id FROM fact_campaign_performance
        UNION ALL
        SELECT date_id FROM fact_user_engagement
        UNION ALL
        SELECT date_id FROM fact_document_generation
        UNION ALL
        SELECT date_id FROM fact_enrolment_snapshot
        UNION ALL
        SELECT date_id FROM fact_business_outcome
        UNION ALL
        SELECT date_id FROM fact_creative_performance
        UNION ALL
        SELECT date_id FROM fact_audience_performance
        UNION ALL
        SELECT date_id FROM fact_lift_test
    )
),
days AS (
    SELECT unnest(
        generate_series(
            make_date(first_year, 1, 1)::TIMESTAMP,
            make_date(last_year, 12, 31)::TIMESTAMP,
            INTERVAL 1 DAY
        )
    )::DATE AS date
    FROM used
    WHERE first_year IS NOT NULL
)
SELECT
    (year(date) * 10000 + month(date) * 100 + day(date))::INTEGER AS date_id,
    date,
    year(date)::INTEGER AS year,
    quarter(date)::INTEGER AS quarter,
    month(date)::INTEGER AS month,
    weekofyear(date)::INTEGER AS week,
    isodow(date)::INTEGER AS day_of_week,
    isodow(date) >= 6 AS is_weekend,
    NULL::BOOLEAN AS is_holiday
FROM days
ORDER BY date_id
