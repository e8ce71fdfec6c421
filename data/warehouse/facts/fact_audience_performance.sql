-- What a group of people of a campaign cost and brought on a day, in one currency. These are details
-- of campaigns, from reports of their own: they are never added to what campaigns cost.
-- One that our records know by this name within the campaign has the record's id.
-- grain: audience_id, date_id, currency
-- references: audience_id -> dim_audience, campaign_id -> dim_campaign, date_id -> dim_date
-- reads: audience_rows, records_audiences, records_campaigns
WITH own AS (
    SELECT campaign_id, lower(records_audiences.name) AS name, min(audience_id) AS audience_id
    FROM records_audiences
    INNER JOIN records_campaigns USING (record_id)
    GROUP BY ALL
)
SELECT
    coalesce(own.audience_id, told.audience_id) AS audience_id,
    told.campaign_id,
    (year(date) * 10000 + month(date) * 100 + day(date))::INTEGER AS date_id,
    currency,
    coalesce(sum(impressions), 0)::BIGINT AS impressions,
    coalesce(sum(clicks), 0)::BIGINT AS clicks,
    round(sum(conversions), 4)::DECIMAL(18, 4) AS conversions,
    coalesce(round(sum(spend), 4), 0)::DECIMAL(18, 4) AS spend,
    round(sum(conversions_value), 4)::DECIMAL(18, 4) AS conversions_value,
    bool_and(is_sample) AS is_sample,
    min(imported_at) AS created_at
FROM audience_rows AS told
LEFT JOIN own
    ON own.campaign_id = told.campaign_id AND own.name = lower(told.audience_name)
GROUP BY 1, told.campaign_id, date, currency
ORDER BY date_id, audience_id, currency
