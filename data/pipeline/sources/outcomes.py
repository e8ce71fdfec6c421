"""What the whole business took: revenue, orders, and what else may explain them."""

from core.i18n import mark
from data.pipeline import headings
from data.pipeline.kinds import OUTCOMES
from data.pipeline.source import Source

SOURCE = Source(
    name="outcomes",
    title=mark("Business outcome"),
    recognised_by=("date", "revenue"),
    kind=OUTCOMES,
    texts={"date": "date", "currency": "currency"},
    numbers={"revenue": "revenue", "orders": "orders"},
    needs=frozenset({"revenue"}),
    written_by_hand=True,
    aliases={
        "date": ("date_day", "week", "week_start", *headings.DAY),
        "revenue": (
            "total revenue", "total sales", "net sales", "sales", "umsatz", "gesamtumsatz",
            "chiffre d'affaires", "ingresos", "ventas",
        ),
        "orders": ("total orders", "bestellungen", "commandes", "pedidos"),
        "currency": headings.CURRENCY,
    },
    refused_with=(
        "campaign", "campaign_id", "campaign_name", "session_campaign", "ad_id", "account_id",
        "platform", "source / medium", "clicks", "cost", "spend",
    ),
)  # fmt: skip
