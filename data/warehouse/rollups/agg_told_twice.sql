-- A campaign's day that an analytics report tells and an advertising platform tells too, under
-- the same name whatever its case and punctuation; sample data and other data stay apart. Such a day counts once: by the platform. Where
-- the platform's only campaign of that name tells no conversions, those of analytics fill them in.
-- grain: campaign_id, date, currency
-- reads: ads_rows
-- sliced: yes
WITH analytics AS (
    SELECT
        campaign_id, date, currency, is_sample,
        lower(regexp_replace(strip_accents(campaign_name), '[^\p{L}\p{N}]+', ' ', 'g')) AS folded,
        sum(conversions) AS conversions,
        sum(conversions_value) AS conversions_value
    FROM ads_rows
    WHERE platform = 'google_analytics'
    GROUP BY campaign_id, date, currency, is_sample, folded
),
named AS (
    SELECT DISTINCT campaign_id, platform, campaign_name FROM ads_rows
    WHERE platform <> 'google_analytics' AND (SELECT count(*) FROM analytics) > 0
),
twins AS (
    SELECT campaign_id, platform,
        lower(regexp_replace(strip_accents(campaign_name), '[^\p{L}\p{N}]+', ' ', 'g')) AS folded
    FROM named
    WHERE folded IN (SELECT folded FROM analytics) AND trim(folded) <> ''
),
told AS (
    SELECT
        folded, date, r.is_sample,
        count(DISTINCT r.campaign_id) AS campaigns,
        count(DISTINCT r.currency) AS currencies,
        min(r.campaign_id) AS platform_campaign_id,
        min(r.platform) AS platform,
        min(r.currency) AS platform_currency,
        sum(r.conversions) AS platform_conversions
    FROM ads_rows AS r
    INNER JOIN (SELECT DISTINCT campaign_id, folded FROM twins) AS t USING (campaign_id)
    GROUP BY folded, date, r.is_sample
)
SELECT
    a.campaign_id,
    a.date,
    a.currency,
    t.platform_campaign_id,
    t.platform,
    t.platform_currency,
    t.campaigns::INTEGER AS platform_campaigns,
    t.platform_conversions,
    a.conversions,
    a.conversions_value,
    t.campaigns = 1 AND t.currencies = 1 AND t.platform_conversions IS NULL
        AND a.conversions IS NOT NULL AS fills
FROM analytics AS a
INNER JOIN told AS t USING (folded, date, is_sample)
ORDER BY a.campaign_id, a.date, a.currency
