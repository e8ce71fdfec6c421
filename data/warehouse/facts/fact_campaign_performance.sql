-- What a campaign cost and brought on a day, in one currency; money in different currencies
-- is never added. Conversions and their value are absent where the report does not tell them;
-- impressions, clicks and spend that it does not tell count as none.
-- grain: campaign_id, date_id, currency
-- references: campaign_id -> dim_campaign, date_id -> dim_date
-- reads: ads_rows
-- sliced: yes
SELECT
    campaign_id,
    (year(date) * 10000 + month(date) * 100 + day(date))::INTEGER AS date_id,
    currency,
    coalesce(sum(impressions), 0)::BIGINT AS impressions,
    coalesce(sum(clicks), 0)::BIGINT AS clicks,
    -- Rounding before narrowing is twice as fast as both at once. Narrowing first is faster
    -- still, and fails where ten rows of a day cost a hundred thousand million each.
    round(sum(conversions), 4)::DECIMAL(18, 4) AS conversions,
    coalesce(round(sum(spend), 4), 0)::DECIMAL(18, 4) AS spend,
    round(sum(conversions_value), 4)::DECIMAL(18, 4) AS conversions_value,
    min(source_relation) AS source_relation,
    min(imported_at) AS created_at
FROM ads_rows
GROUP BY campaign_id, date, currency
ORDER BY date_id, campaign_id, currency
