"""The kinds of file that are recognised; the first whose columns are all there is taken."""

from data.pipeline.sources import (
    audiences,
    connector,
    creatives,
    facebook_actions,
    facebook_ads,
    facebook_demographics,
    ga4,
    google_campaign_history,
    google_campaign_stats,
    google_ui,
    lift_tests,
    meta_ui,
    microsoft_daily,
    microsoft_ui,
    outcomes,
    unified,
)

SOURCES = (
    lift_tests.SOURCE,
    creatives.SOURCE,
    audiences.SOURCE,
    unified.SOURCE,
    microsoft_daily.SOURCE,
    google_campaign_stats.SOURCE,
    google_campaign_history.SOURCE,
    facebook_actions.SOURCE,
    facebook_demographics.SOURCE,
    facebook_ads.SOURCE,
    connector.SOURCE,
    meta_ui.SOURCE,
    google_ui.SOURCE,
    ga4.SOURCE,
    microsoft_ui.SOURCE,
    outcomes.SOURCE,
)
