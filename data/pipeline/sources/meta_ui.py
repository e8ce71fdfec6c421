"""Meta Ads Manager: an export with a breakdown by day; its currency stands in a heading."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.source import Source

SOURCE = Source(
    name="meta_ui",
    title=mark("Meta Ads Manager export"),
    recognised_by=("campaign_name", "amount_spent", "day"),
    texts={
        "date": "day",
        "period_start": "reporting_starts",
        "period_end": "reporting_ends",
        "account_id": "account_id",
        "account_name": "account_name",
        "campaign": "campaign_id",
        "campaign_name": "campaign_name",
        "currency": "currency",
    },
    numbers={
        "clicks": "link_clicks",
        "impressions": "impressions",
        "spend": "amount_spent",
        "conversions": "purchases",
        "conversions_value": "purchases_conversion_value",
    },
    constants={"platform": "facebook_ads", "campaign_type": "social"},
    needs=frozenset(),
    written_by_hand=True,
    aliases={
        "campaign_name": headings.CAMPAIGN,
        "campaign_id": headings.CAMPAIGN_ID,
        "amount_spent": (
            "montant depense", "ausgegebener betrag", "importe gastado",
        ),
        "day": (
            *headings.DAY, "reporting starts", "debut des rapports", "debut du rapport",
            "berichtsbeginn", "auswertungsbeginn", "berichtsstart", "inicio del informe",
        ),
        "reporting_starts": (
            "debut des rapports", "debut du rapport", "berichtsbeginn", "auswertungsbeginn",
            "berichtsstart", "inicio del informe",
        ),
        "reporting_ends": (
            "fin des rapports", "fin du rapport", "berichtsende", "auswertungsende",
            "fin del informe",
        ),
        "account_id": headings.ACCOUNT_ID,
        "account_name": headings.ACCOUNT,
        "currency": headings.CURRENCY,
        "link_clicks": (
            "clics sur un lien", "clics sur le lien", "link-klicks", "clics en el enlace",
            "clicks (all)", "clics (tous)", "klicks (alle)", "clics (todos)", "clicks",
        ),
        "impressions": headings.IMPRESSIONS,
        "purchases": (
            "website purchases", "achats", "kaufe", "compras", "results", "resultats",
            "ergebnisse", "resultados",
        ),
        "purchases_conversion_value": (
            "website purchases conversion value", "purchase conversion value",
            "valeur de conversion des achats", "conversion-wert von kaufen",
            "conversion-wert fur kaufe", "valor de conversion de compras",
        ),
    },
    breakdowns=headings.BREAKDOWNS,
    refused_with=("creative_id", "audience_id"),
    blank_campaign_is_total=True,
)  # fmt: skip
