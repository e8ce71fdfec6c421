-- One row a group of people that a campaign in our records addresses.
-- grain: audience_id
-- references: campaign_id -> dim_campaign
-- reads: records_audiences, records_campaigns
SELECT audience_id, campaign_id, records_audiences.name
FROM records_audiences
INNER JOIN records_campaigns USING (record_id)
ORDER BY audience_id
