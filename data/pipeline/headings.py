"""The words at the top of columns, as platforms write them in English, French, German, Spanish."""

import re
import unicodedata
from functools import lru_cache

_CURRENCY = re.compile(r" \(([a-z]{3})\)$")

Words = tuple[str, ...]

DAY: Words = ("day", "date", "jour", "tag", "dia", "fecha", "datum")
CAMPAIGN: Words = (
    "campaign", "campaign name", "campagne", "nom de la campagne", "kampagne", "kampagnenname",
    "name der kampagne", "campana", "nombre de la campana",
)  # fmt: skip
CAMPAIGN_ID: Words = (
    "campaign id", "identifiant de la campagne", "id de la campagne", "id de campagne",
    "numero de campagne", "kampagnen-id", "id de campana", "id de la campana",
    "identificador de la campana",
)  # fmt: skip
ACCOUNT: Words = (
    "account name", "account", "nom du compte", "compte", "kontoname", "konto",
    "nombre de la cuenta", "cuenta",
)  # fmt: skip
ACCOUNT_ID: Words = (
    "account id", "customer id", "numero client", "id du compte", "kundennummer", "konto-id",
    "kunden-id", "id de cliente", "id de la cuenta", "identificador de la cuenta",
)  # fmt: skip
CURRENCY: Words = (
    "currency code", "currency", "code de devise", "code devise", "devise", "wahrungscode",
    "wahrung", "codigo de moneda", "codigo de la moneda", "moneda", "divisa",
)  # fmt: skip
IMPRESSIONS: Words = ("impr", "impressions", "impressionen", "impresiones")
CLICKS: Words = ("clicks", "clics", "klicks")
CONVERSIONS: Words = ("conversions", "conv", "conversiones")
CAMPAIGN_TYPE: Words = (
    "campaign type", "type de campagne", "kampagnentyp", "tipo de campana",
)  # fmt: skip
BREAKDOWNS: Words = (
    "device", "device type", "appareil", "gerat", "dispositivo",
    "network", "network (with search partners)", "reseau", "werbenetzwerk", "red",
    "ad group", "ad group name", "ad group id", "groupe d'annonces", "anzeigengruppe",
    "grupo de anuncios", "ad", "ad id", "ad name", "ad set name", "ad set id", "annonce",
    "nom de l'ensemble de publicites", "nom de la publicite", "anzeigengruppenname",
    "anzeigenname", "nombre del conjunto de anuncios", "nombre del anuncio",
    "keyword", "mot cle", "keywords", "palabra clave", "match type", "search term",
    "hour", "hour of day", "hour of the day", "heure", "stunde", "hora",
    "country", "country/region", "region", "pays", "land", "pais", "placement", "platform",
    "age", "gender", "audience", "top vs. other", "delivered match type", "bid match type",
    "conversion action", "session default channel group", "session source / medium",
    "session source", "session medium",
)  # fmt: skip
COMMA_WORDS = frozenset(
    {
        "jour", "campagne", "cout", "tag", "kampagne", "kosten", "coste", "montant depense",
        "ausgegebener betrag", "datum", "umsatz", "chiffre d'affaires", "depense",
    }
)  # fmt: skip
"""Headings of languages in which a decimal comma is usual; Spanish alone does not tell."""


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A heading without case, accents, dots and underscores: "Conv. value" → "conv value"."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[._]", " ", letters).split()).replace(" -", "-")


def without_currency(name: str) -> tuple[str, str | None]:
    """A heading without the currency it names: "Amount spent (EUR)" → "amount spent", "EUR"."""
    match = _CURRENCY.search(fold(name))
    return (fold(name)[: match.start()], match[1].upper()) if match else (fold(name), None)


# What files of details, written by hand or by a team's own export, call our columns.
DETAIL_TEXTS = {
    "source_relation": "source_relation",
    "date": "date",
    "platform": "platform",
    "account_id": "account_id",
    "account_name": "account_name",
    "campaign": "campaign_id",
    "campaign_name": "campaign_name",
    "campaign_type": "campaign_type",
    "currency": "currency",
}
DETAIL_NUMBERS = {
    name: name for name in ("clicks", "impressions", "spend", "conversions", "conversions_value")
}
DETAIL_ALIASES = {
    "date": ("date_day", *DAY),
    "campaign": ("campaign_id", *CAMPAIGN),
    "campaign_id": CAMPAIGN_ID,
    "campaign_name": CAMPAIGN,
    "account_id": ACCOUNT_ID,
    "account_name": ACCOUNT,
    "currency": CURRENCY,
    "clicks": CLICKS,
    "impressions": IMPRESSIONS,
    "spend": ("cost", "amount spent", "cout", "kosten", "coste", "costo"),
    "conversions": CONVERSIONS,
    "conversions_value": ("conversion value", "conv value", "revenue"),
}
