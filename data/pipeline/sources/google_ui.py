"""Google Ads: a report by day, downloaded from its pages in any of four languages."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.source import Source

SOURCE = Source(
    name="google_ui",
    title=mark("Google Ads report"),
    recognised_by=("day", "campaign", "cost"),
    texts={
        "date": "day",
        "account_id": "customer_id",
        "account_name": "account",
        "campaign": "campaign_id",
        "campaign_name": "campaign",
        "campaign_type": "campaign_type",
        "currency": "currency_code",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impr",
        "spend": "cost",
        "conversions": "conversions",
        "conversions_value": "conv_value",
    },
    constants={"platform": "google_ads"},
    types={"search": "search", "display": "display", "video": "video"},
    needs=frozenset(),
    written_by_hand=True,
    aliases={
        "day": ("jour", "tag", "dia"),
        "campaign": headings.CAMPAIGN,
        "cost": ("cout", "kosten", "coste", "costo"),
        "customer_id": headings.ACCOUNT_ID,
        "account": headings.ACCOUNT,
        "campaign_id": headings.CAMPAIGN_ID,
        "campaign_type": headings.CAMPAIGN_TYPE,
        "currency_code": headings.CURRENCY,
        "clicks": headings.CLICKS,
        "impr": headings.IMPRESSIONS,
        "conversions": headings.CONVERSIONS,
        "conv_value": (
            "conversion value", "total conv value", "valeur de conv", "valeur de conversion",
            "conv-wert", "conversion-wert", "valor de conv", "valor de conversion",
        ),
    },
    breakdowns=headings.BREAKDOWNS,
    refused_with=("platform", "creative_id", "audience_id", "cost_micros", "session_campaign"),
)  # fmt: skip
