-- One row a group of people that a campaign addresses, in our records or in a report.
-- What the records know by a name within its campaign is theirs; reports do not add it again.
-- grain: audience_id
-- references: campaign_id -> dim_campaign
-- reads: records_audiences, records_campaigns, audience_rows
WITH own AS (
    SELECT audience_id, campaign_id, records_audiences.name
    FROM records_audiences
    INNER JOIN records_campaigns USING (record_id)
),
reported AS (
    SELECT
        audience_id,
        any_value(campaign_id) AS campaign_id,
        arg_max(coalesce(audience_name, audience_external_id), (date, key)) AS name
    FROM audience_rows AS told
    WHERE NOT EXISTS (
        SELECT 1 FROM own
        WHERE own.campaign_id = told.campaign_id AND lower(own.name) = lower(told.audience_name)
    )
    GROUP BY audience_id
)
SELECT audience_id, campaign_id, name FROM own
UNION ALL
SELECT audience_id, campaign_id, name FROM reported
ORDER BY audience_id
