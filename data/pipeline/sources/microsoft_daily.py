"""Microsoft Ads: campaign performance by day, device, network and match type."""

from core.i18n import mark
from data.pipeline.source import Source

SOURCE = Source(
    name="microsoft_daily",
    title=mark("Microsoft Ads campaign performance, daily"),
    recognised_by=(
        "date",
        "account_id",
        "campaign_id",
        "currency_code",
        "device_type",
        "network",
        "clicks",
        "impressions",
        "spend",
    ),
    texts={
        "date": "date",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "currency": "currency_code",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impressions",
        "spend": "spend",
        "conversions": "conversions",
        "conversions_value": "revenue",
    },
    constants={"platform": "microsoft_ads"},
    ignored=frozenset(
        {
            "conversions_qualified",
            "all_conversions_qualified",
            "all_conversions",
            "all_revenue",
        }
    ),
)
