-- What all campaigns of a platform and a type cost and brought on a day: the sums of the facts
-- for whoever does not ask about single campaigns. The three sums "with" are over the rows
-- that report conversions, or their value.
-- grain: date_id, currency, platform, campaign_type_key, is_sample
-- references: date_id -> dim_date
-- reads: fact_campaign_performance, dim_campaign
-- sliced: yes
SELECT
    date_id,
    f.currency,
    c.platform,
    c.campaign_type,
    coalesce(c.campaign_type, '') AS campaign_type_key,
    c.is_sample,
    sum(impressions)::BIGINT AS impressions,
    sum(clicks)::BIGINT AS clicks,
    sum(conversions) AS conversions,
    sum(spend) AS spend,
    sum(conversions_value) AS conversions_value,
    (sum(clicks) FILTER (conversions IS NOT NULL))::BIGINT AS clicks_with_conversions,
    sum(spend) FILTER (conversions IS NOT NULL) AS spend_with_conversions,
    sum(spend) FILTER (conversions_value IS NOT NULL) AS spend_with_value
FROM fact_campaign_performance AS f
INNER JOIN dim_campaign AS c USING (campaign_id)
GROUP BY date_id, f.currency, c.platform, c.campaign_type, c.is_sample
ORDER BY date_id, f.currency, c.platform, campaign_type_key, c.is_sample
