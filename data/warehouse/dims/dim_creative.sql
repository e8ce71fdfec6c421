-- One row an advertisement of a campaign in our records.
-- grain: creative_id
-- references: campaign_id -> dim_campaign
-- reads: records_creatives, records_campaigns
SELECT creative_id, campaign_id, records_creatives.name, kind
FROM records_creatives
INNER JOIN records_campaigns USING (record_id)
ORDER BY creative_id
