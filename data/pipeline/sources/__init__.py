"""The kinds of file that are recognised; the first whose columns are all there is taken."""

from data.pipeline.sources import (
    facebook_actions,
    facebook_ads,
    facebook_demographics,
    google_campaign_history,
    google_campaign_stats,
    microsoft_daily,
    unified,
)

SOURCES = (
    unified.SOURCE,
    microsoft_daily.SOURCE,
    google_campaign_stats.SOURCE,
    google_campaign_history.SOURCE,
    facebook_actions.SOURCE,
    facebook_demographics.SOURCE,
    facebook_ads.SOURCE,
)
