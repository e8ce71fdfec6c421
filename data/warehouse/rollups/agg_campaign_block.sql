-- What a campaign cost and brought in a block of days: a week from Monday, four or sixteen such.
-- block_id is the block's days × 1,000,000 + its number, counted from Monday, 1 January of
-- the year 1; data/marts/blocks.py reads it. A block that reaches over New Year has a row in
-- each year, and is the sum of both.
-- grain: campaign_id, currency, block_id, year
-- references: campaign_id -> dim_campaign
-- reads: fact_campaign_performance
-- sliced: yes
WITH weeks AS (
    SELECT
        campaign_id,
        currency,
        (date_id // 10000)::INTEGER AS year,
        ((make_date(date_id // 10000, date_id // 100 % 100, date_id % 100) - DATE '0001-01-01')
            // 7)::INTEGER AS number,
        sum(impressions) AS impressions,
        sum(clicks) AS clicks,
        sum(conversions) AS conversions,
        sum(spend) AS spend,
        sum(conversions_value) AS conversions_value,
        sum(clicks) FILTER (conversions IS NOT NULL) AS clicks_with_conversions,
        sum(spend) FILTER (conversions IS NOT NULL) AS spend_with_conversions,
        sum(spend) FILTER (conversions_value IS NOT NULL) AS spend_with_value
    FROM fact_campaign_performance
    GROUP BY ALL
),
four_weeks AS (
    SELECT
        campaign_id,
        currency,
        year,
        (number // 4)::INTEGER AS number,
        sum(COLUMNS(* EXCLUDE (campaign_id, currency, year, number)))
    FROM weeks
    GROUP BY ALL
),
sixteen_weeks AS (
    SELECT
        campaign_id,
        currency,
        year,
        (number // 4)::INTEGER AS number,
        sum(COLUMNS(* EXCLUDE (campaign_id, currency, year, number)))
    FROM four_weeks
    GROUP BY ALL
),
blocks AS (
    SELECT (7000000 + number)::INTEGER AS block_id, * FROM weeks
    UNION ALL
    SELECT (28000000 + number)::INTEGER, * FROM four_weeks
    UNION ALL
    SELECT (112000000 + number)::INTEGER, * FROM sixteen_weeks
)
SELECT
    campaign_id,
    currency,
    block_id,
    year,
    impressions::BIGINT AS impressions,
    clicks::BIGINT AS clicks,
    conversions::DECIMAL(18, 4) AS conversions,
    spend::DECIMAL(18, 4) AS spend,
    conversions_value::DECIMAL(18, 4) AS conversions_value,
    clicks_with_conversions::BIGINT AS clicks_with_conversions,
    spend_with_conversions::DECIMAL(18, 4) AS spend_with_conversions,
    spend_with_value::DECIMAL(18, 4) AS spend_with_value
FROM blocks
ORDER BY block_id, campaign_id, currency
