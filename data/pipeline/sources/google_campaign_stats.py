"""Google Ads: campaign statistics by day, device and network; cost in millionths."""

from decimal import Decimal

from core.i18n import mark
from data.pipeline.source import Source

SOURCE = Source(
    name="google_campaign_stats",
    title=mark("Google Ads campaign statistics"),
    recognised_by=("customer_id", "id", "date", "cost_micros", "clicks", "impressions"),
    texts={
        "date": "date",
        "account_id": "customer_id",
        "campaign": "id",
        "campaign_name": "campaign_name",
        "currency": "currency_code",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impressions",
        "spend": "cost_micros",
        "conversions": "conversions",
        "conversions_value": "conversions_value",
    },
    constants={"platform": "google_ads"},
    scale={"spend": Decimal("0.000001")},
    # interaction_event_types follows from the interactions: it is a measure, not a dimension.
    ignored=frozenset(
        {
            "active_view_impressions",
            "active_view_measurability",
            "active_view_measurable_cost_micros",
            "active_view_measurable_impressions",
            "active_view_viewability",
            "interaction_event_types",
            "interactions",
            "view_through_conversions",
        }
    ),
)
