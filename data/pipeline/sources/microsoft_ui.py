"""Microsoft Advertising: a performance report by day, downloaded from its pages."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.source import Source

SOURCE = Source(
    name="microsoft_ui",
    title=mark("Microsoft Advertising report"),
    recognised_by=("gregorian_date", "campaign_name", "spend", "clicks"),
    texts={
        "date": "gregorian_date",
        "account_id": "account_number",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "campaign_type": "campaign_type",
        "currency": "currency_code",
    },
    numbers={
        "clicks": "clicks",
        "impressions": "impr",
        "spend": "spend",
        "conversions": "conversions",
        "conversions_value": "revenue",
    },
    constants={"platform": "microsoft_ads"},
    types={"search": "search", "audience": "display"},
    needs=frozenset(),
    written_by_hand=True,
    aliases={
        "gregorian_date": ("time period", "timeperiod", *headings.DAY),
        "account_number": ("accountnumber", "accountid", *headings.ACCOUNT_ID),
        "account_name": ("accountname", *headings.ACCOUNT),
        "campaign_id": ("campaignid", *headings.CAMPAIGN_ID),
        "campaign_name": ("campaignname", *headings.CAMPAIGN),
        "campaign_type": ("campaigntype", *headings.CAMPAIGN_TYPE),
        "currency_code": ("currencycode", *headings.CURRENCY),
        "clicks": headings.CLICKS,
        "impr": headings.IMPRESSIONS,
        "spend": ("depense", "depenses", "ausgaben", "gasto"),
        "conversions": headings.CONVERSIONS,
        "revenue": ("revenu", "umsatz", "ingresos"),
    },
    breakdowns=(*headings.BREAKDOWNS, "devicetype", "adgroupname", "adgroupid", "matchtype"),
    marked_by=(
        "gregorian_date", "time_period", "timeperiod", "account_number", "impr", "avg_cpc",
    ),
    refused_with=("platform", "creative_id", "audience_id", "session_campaign"),
)  # fmt: skip
