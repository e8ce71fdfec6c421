"""Performance of advertisements by day, whatever platform they run on."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import CREATIVE_DAYS
from data.pipeline.source import Source

SOURCE = Source(
    name="creatives",
    title=mark("Performance by advertisement"),
    recognised_by=("date", "creative", "campaign", "impressions"),
    kind=CREATIVE_DAYS,
    texts={
        "source_relation": "source_relation",
        "date": "date",
        "platform": "platform",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "campaign_type": "campaign_type",
        "creative": "creative_id",
        "creative_name": "creative_name",
        "creative_kind": "creative_type",
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
        "creative": ("creative_name", "creative_id"),
        "creative_name": ("creative",),
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
        "creative_type": ("creative_kind", "creative format", "format"),
    },
    breakdowns=tuple(name for name in headings.BREAKDOWNS if name != "creative"),
    names_campaigns_elsewhere=True,
)
