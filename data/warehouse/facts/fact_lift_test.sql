-- What an experiment measured: a campaign's spend was changed by a share of its own from start
-- to end (the last day), and lift is the incremental revenue of that, with its 90% interval,
-- over the test and the eight periods after it. date_id is the first day.
-- grain: lift_test_id
-- references: campaign_id -> dim_campaign, date_id -> dim_date
-- reads: lift_test_rows
SELECT
    ('0x' || md5(key::VARCHAR)[:15])::BIGINT AS lift_test_id,
    campaign_id,
    (year(start_date) * 10000 + month(start_date) * 100 + day(start_date))::INTEGER AS date_id,
    start_date AS start,
    end_date AS "end",
    spend_change,
    round(lift, 4)::DECIMAL(18, 4) AS lift,
    round(lift_p05, 4)::DECIMAL(18, 4) AS lift_p05,
    round(lift_p95, 4)::DECIMAL(18, 4) AS lift_p95,
    currency,
    is_sample,
    imported_at AS created_at
FROM lift_test_rows
ORDER BY date_id, campaign_id, lift_test_id
