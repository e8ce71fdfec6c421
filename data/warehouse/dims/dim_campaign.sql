-- One row a campaign, whether it is known from reports, from descriptions or from our records.
-- Records win over an advertising platform's description, which wins over the report's own words.
-- grain: campaign_id
-- reads: ads_rows, ads_campaigns, records_campaigns, records_audiences
-- reads: creative_rows, audience_rows, lift_test_rows
WITH reported AS (
    SELECT
        campaign_id,
        any_value(platform) AS platform,
        any_value(account_id) AS account_id,
        arg_max(account_name, (date, account_name)) AS account_name,
        any_value(external_id) AS external_id,
        arg_max(campaign_name, (date, campaign_name)) AS campaign_name,
        arg_max(campaign_type, (date, campaign_type)) AS campaign_type,
        arg_max(currency, (date, currency)) AS currency,
        bool_and(is_sample) AS is_sample,
        min(imported_at) AS created_at
    FROM ads_rows
    GROUP BY campaign_id
),
described AS (
    SELECT
        campaign_id,
        any_value(platform) AS platform,
        any_value(account_id) AS account_id,
        any_value(external_id) AS external_id,
        arg_max(campaign_name, (updated_at, campaign_name)) AS campaign_name,
        arg_max(campaign_type, (updated_at, campaign_type)) AS campaign_type,
        arg_max(status, (updated_at, status)) AS status,
        bool_and(is_sample) AS is_sample,
        min(imported_at) AS created_at
    FROM ads_campaigns
    GROUP BY campaign_id
),
named AS (
    SELECT campaign_id, platform, account_id, account_name, external_id, campaign_name,
        campaign_type, currency, is_sample, imported_at
    FROM creative_rows
    UNION ALL
    SELECT campaign_id, platform, account_id, account_name, external_id, campaign_name,
        campaign_type, currency, is_sample, imported_at
    FROM audience_rows
    UNION ALL
    SELECT campaign_id, platform, account_id, account_name, external_id, campaign_name,
        campaign_type, currency, is_sample, imported_at
    FROM lift_test_rows
),
detailed AS (
    SELECT
        campaign_id,
        any_value(platform) AS platform,
        any_value(account_id) AS account_id,
        max(account_name) AS account_name,
        any_value(external_id) AS external_id,
        max(campaign_name) AS campaign_name,
        max(campaign_type) AS campaign_type,
        max(currency) AS currency,
        bool_and(is_sample) AS is_sample,
        min(imported_at) AS created_at
    FROM named
    GROUP BY campaign_id
),
addressed AS (
    SELECT record_id, string_agg(name, ', ' ORDER BY name) AS target_audience
    FROM records_audiences
    GROUP BY record_id
),
known AS (
    SELECT campaign_id FROM reported
    UNION
    SELECT campaign_id FROM described
    UNION
    SELECT campaign_id FROM records_campaigns
    UNION
    SELECT campaign_id FROM detailed
)
SELECT
    known.campaign_id,
    coalesce(own.platform, d.platform, r.platform, e.platform) AS platform,
    coalesce(own.account_id, d.account_id, r.account_id, e.account_id) AS account_id,
    coalesce(r.account_name, e.account_name) AS account_name,
    coalesce(own.external_id, d.external_id, r.external_id, e.external_id) AS external_id,
    coalesce(
        own.campaign_name, d.campaign_name, r.campaign_name, e.campaign_name,
        d.external_id, r.external_id, e.external_id
    ) AS campaign_name,
    coalesce(own.campaign_type, d.campaign_type, r.campaign_type, e.campaign_type) AS campaign_type,
    own.industry,
    addressed.target_audience,
    coalesce(own.status, d.status) AS status,
    own.budget,
    coalesce(own.currency, r.currency, e.currency, 'XXX') AS currency,
    own.record_id,
    coalesce(own.is_sample, r.is_sample, d.is_sample, e.is_sample) AS is_sample,
    coalesce(own.created_at, r.created_at, d.created_at, e.created_at) AS created_at
FROM known
LEFT JOIN records_campaigns AS own ON own.campaign_id = known.campaign_id
LEFT JOIN described AS d ON d.campaign_id = known.campaign_id
LEFT JOIN reported AS r ON r.campaign_id = known.campaign_id
LEFT JOIN detailed AS e ON e.campaign_id = known.campaign_id
LEFT JOIN addressed ON addressed.record_id = own.record_id
ORDER BY known.campaign_id
