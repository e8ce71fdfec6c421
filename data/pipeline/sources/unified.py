"""The unified ad report: one row a day, campaign (ad group, ad …) and further dimensions."""

from core.campaigns.models import CampaignType
from core.i18n import mark
from data.pipeline.source import Source

SOURCE = Source(
    name="unified",
    title=mark("Unified ad report"),
    recognised_by=(
        "date_day",
        "platform",
        "account_id",
        "campaign_id",
        "campaign_name",
        "clicks",
        "impressions",
        "spend",
    ),
    texts={
        "source_relation": "source_relation",
        "date": "date_day",
        "platform": "platform",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "campaign_type": "campaign_type",
        "currency": "currency",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impressions",
        "spend": "spend",
        "conversions": "conversions",
        "conversions_value": "conversions_value",
    },
    types={kind.value: kind.value for kind in CampaignType},
)
