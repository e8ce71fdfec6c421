"""Facebook: performance by ad and day. It names no campaign, so its rows share one."""

from core.i18n import mark
from data.pipeline.source import Source

SOURCE = Source(
    name="facebook_ads",
    title=mark("Facebook ads by ad"),
    recognised_by=("ad_id", "date", "account_id", "impressions", "inline_link_clicks", "spend"),
    texts={"date": "date", "account_id": "account_id", "currency": "currency"},
    numbers={"clicks": "inline_link_clicks", "impressions": "impressions", "spend": "spend"},
    constants={
        "platform": "facebook_ads",
        "campaign": "not given",
        "campaign_name": "not given",
        "campaign_type": "social",
    },
)
