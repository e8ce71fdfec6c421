-- When a campaign had rows in a calendar year and what it spent in it, in one currency.
-- grain: campaign_id, currency, year
-- references: campaign_id -> dim_campaign
-- reads: fact_campaign_performance
-- sliced: yes
SELECT
    campaign_id,
    currency,
    (date_id // 10000)::INTEGER AS year,
    min(date_id) AS first_date_id,
    max(date_id) AS last_date_id,
    count(*) AS days,
    sum(spend) AS spend,
    max(created_at) AS created_at
FROM fact_campaign_performance
GROUP BY campaign_id, currency, year
ORDER BY campaign_id, currency, year
