"""Google Analytics 4: sessions of campaigns by day. What they cost is seldom told."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.source import Source

SOURCE = Source(
    name="ga4",
    title=mark("Google Analytics 4 report"),
    recognised_by=("date", "session_campaign"),
    texts={
        "date": "date",
        "campaign_name": "session_campaign",
        "account_name": "property",
        "currency": "currency_code",
    },
    numbers={
        "clicks": "ads_clicks",
        "impressions": "ads_impressions",
        "spend": "ads_cost",
        "conversions": "key_events",
        "conversions_value": "total_revenue",
    },
    constants={"platform": "google_analytics"},
    lacks=mark(
        "Google Analytics tells what people did on the site, not what the advertising cost: "
        "without linked accounts there are no impressions, clicks or spend in it. A day that an "
        "ad platform tells too, under the campaign's name, counts by that platform."
    ),
    needs=frozenset(),
    written_by_hand=True,
    aliases={
        "date": ("day", "nth day", *headings.DAY),
        "session_campaign": (
            "session campaign name", "session google ads campaign", "session manual campaign name",
            "first user campaign", "first user campaign name", "campaign",
            "campana de la sesion", "campagne de la session", "sitzungskampagne",
            "kampagne der sitzung",
        ),
        "currency_code": headings.CURRENCY,
        "ads_clicks": ("google ads clicks", "advertiser ad clicks", "ad clicks"),
        "ads_impressions": (
            "google ads impressions", "advertiser ad impressions", "ad impressions",
        ),
        "ads_cost": ("google ads cost", "advertiser ad cost", "ad cost"),
        "key_events": (
            "conversions", "evenements cles", "schlusselereignisse", "eventos clave",
        ),
        "total_revenue": (
            "purchase revenue", "revenue", "revenu total", "gesamtumsatz", "ingresos totales",
        ),
    },
    breakdowns=headings.BREAKDOWNS,
    refused_with=("cost", "spend", "amount_spent", "clicks", "impressions", "platform", "orders"),
)  # fmt: skip
