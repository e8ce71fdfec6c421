"""A connector's table of campaigns by day; cost in millionths of the currency."""

from decimal import Decimal

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.source import Source

SOURCE = Source(
    name="connector",
    title=mark("Connector table, cost in millionths"),
    recognised_by=("date", "campaign_id", "cost_micros"),
    texts={
        "date": "date",
        "account_id": "customer_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "campaign_type": "campaign_type",
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
    types={"search": "search", "display": "display", "video": "video"},
    needs=frozenset({"spend"}),
    written_by_hand=True,
    aliases={
        "date": ("segments.date", "date_day", "day", "report_date"),
        "campaign_id": ("campaign.id", "id"),
        "cost_micros": ("metrics.cost_micros", "spend_micros"),
        "customer_id": ("customer.id", "account_id", "external_customer_id"),
        "account_name": ("customer.descriptive_name", "customer_name"),
        "campaign_name": ("campaign.name", "name"),
        "campaign_type": (
            "campaign.advertising_channel_type", "advertising_channel_type",
        ),
        "currency_code": ("customer.currency_code", "currency", "account_currency"),
        "clicks": ("metrics.clicks",),
        "impressions": ("metrics.impressions",),
        "conversions": ("metrics.conversions",),
        "conversions_value": ("metrics.conversions_value",),
    },
    breakdowns=(
        *headings.BREAKDOWNS, "segments.device", "segments.ad_network_type", "ad_network_type",
        "ad_group.id", "ad_group.name", "segments.hour",
    ),
    refused_with=("creative_id", "audience_id"),
)  # fmt: skip
