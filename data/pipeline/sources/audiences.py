"""Performance of groups of people by day, whatever platform reached them."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import AUDIENCE_DAYS
from data.pipeline.source import Source

SOURCE = Source(
    name="audiences",
    title=mark("Performance by audience"),
    recognised_by=("date", "audience", "campaign", "impressions"),
    kind=AUDIENCE_DAYS,
    texts={
        "source_relation": "source_relation",
        "date": "date",
        "platform": "platform",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "campaign_type": "campaign_type",
        "audience": "audience_id",
        "audience_name": "audience_name",
        "currency": "currency",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impressions",
        "spend": "spend",
        "conversions": "conversions",
        "conversions_value": "conversions_value",
    },
    needs=frozenset({"impressions"}),
    written_by_hand=True,
    aliases={
        "date": ("date_day", *headings.DAY),
        "audience": ("audience_name", "audience_id", "audience segment", "segment"),
        "audience_name": ("audience", "audience segment", "segment"),
        "campaign": ("campaign_id", *headings.CAMPAIGN),
        "campaign_id": headings.CAMPAIGN_ID,
        "campaign_name": headings.CAMPAIGN,
        "account_id": headings.ACCOUNT_ID,
        "account_name": headings.ACCOUNT,
        "currency": headings.CURRENCY,
        "clicks": headings.CLICKS,
        "impressions": headings.IMPRESSIONS,
        "spend": ("cost", "amount spent", "cout", "kosten", "coste", "costo"),
        "conversions": headings.CONVERSIONS,
        "conversions_value": ("conversion value", "conv value", "revenue"),
    },
    breakdowns=tuple(name for name in headings.BREAKDOWNS if name != "audience"),
    names_campaigns_elsewhere=True,
)
