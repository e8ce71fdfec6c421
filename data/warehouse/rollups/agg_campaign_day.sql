-- The facts in the order of campaigns, so that one campaign's days are read without the rest.
-- grain: campaign_id, date_id, currency
-- references: campaign_id -> dim_campaign, date_id -> dim_date
-- reads: fact_campaign_performance
-- sliced: yes
SELECT
    campaign_id,
    date_id,
    currency,
    impressions,
    clicks,
    conversions,
    spend,
    conversions_value
FROM fact_campaign_performance
ORDER BY campaign_id, currency, date_id
