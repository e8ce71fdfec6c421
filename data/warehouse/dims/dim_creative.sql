-- One row an advertisement of a campaign, in our records or in a report.
-- What the records know by a name within its campaign is theirs; reports do not add it again.
-- grain: creative_id
-- references: campaign_id -> dim_campaign
-- reads: records_creatives, records_campaigns, creative_rows
WITH own AS (
    SELECT creative_id, campaign_id, records_creatives.name, kind
    FROM records_creatives
    INNER JOIN records_campaigns USING (record_id)
),
reported AS (
    SELECT
        creative_id,
        any_value(campaign_id) AS campaign_id,
        arg_max(coalesce(creative_name, creative_external_id), (date, key)) AS name,
        arg_max(creative_kind, (date, key)) AS kind
    FROM creative_rows AS told
    WHERE NOT EXISTS (
        SELECT 1 FROM own
        WHERE own.campaign_id = told.campaign_id AND lower(own.name) = lower(told.creative_name)
    )
    GROUP BY creative_id
)
SELECT creative_id, campaign_id, name, kind FROM own
UNION ALL
SELECT creative_id, campaign_id, name, kind FROM reported
ORDER BY creative_id
