"""English and Spanish: text through gettext catalogues, numbers, dates and money through Babel.

A :class:`Language` is passed to whatever writes for a person. Source strings are
English; ``locales/<code>/*.po`` hold the translations, one file an area, read as they are.
"""

import datetime as dt
import gettext
import io
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "es": "Español"}
DEFAULT = "en"
MISSING = "–"  # what a reader sees where a figure is undefined
NO_CURRENCY = "XXX"  # ISO 4217's code for "no currency"

_LOCALES = Path(__file__).parent / "locales"

Number = int | float | Decimal


def mark(message: str) -> str:
    """Mark a constant for translation where it is written; translate it where it is shown."""
    return message


def bare_sign(money: str) -> str:
    """An amount whose dollars have their sign alone, also where the language says "US$"."""
    return money.replace("US$", "$")


class Language:
    """One reader's language: call it to translate, use its methods to format.

    Every formatter returns :data:`MISSING` for ``None``, never a zero.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalog = _translations(code)
        self._locale = Locale.parse(code)

    def __call__(self, message: str, **values: Any) -> str:
        """Translate ``message`` and fill its ``{placeholders}``."""
        text = self._catalog.gettext(message) if message else ""
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """Translate by count; ``{n}`` is filled with the formatted count."""
        text = self._catalog.ngettext(one, many, n)
        return text.format(n=self.number(n), **values)

    def number(self, value: Number | None, digits: int = 0) -> str:
        """A number with thousands separators and exactly ``digits`` decimals."""
        if value is None:
            return MISSING
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return babel_numbers.format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: Number | None, digits: int = 1, signed: bool = False) -> str:
        """A share (0.153) as a percentage ("15.3%"), with its sign when ``signed``."""
        if share is None:
            return MISSING
        pattern = babel_numbers.parse_pattern(self._locale.percent_formats[None])
        pattern.frac_prec = (digits, digits)
        text: str = pattern.apply(share, self._locale)
        return f"+{text}" if signed and float(share) > 0 else text

    def money(self, amount: Number | None, currency: str, digits: int | None = None) -> str:
        """An amount with its currency; ``XXX`` (not given) shows the bare number."""
        if amount is None:
            return MISSING
        if currency == NO_CURRENCY:
            return self.number(amount, 2 if digits is None else digits)
        if digits is None:
            return babel_numbers.format_currency(amount, currency, locale=self._locale)
        pattern = babel_numbers.parse_pattern(self._locale.currency_formats["standard"])
        pattern.frac_prec = (digits, digits)
        text: str = pattern.apply(amount, self._locale, currency=currency, currency_digits=False)
        return text

    def short_money(self, amount: Number | None, currency: str) -> str:
        """An amount for a headline: "$881K"; small amounts keep their cents.

        Dollars are written with their sign alone, as short as it goes, also where the
        language would say "US$"; whoever shows it names the currency nearby.
        """
        if amount is None:
            return MISSING
        if abs(float(amount)) < 1000:
            return bare_sign(self.money(amount, currency))
        if currency == NO_CURRENCY:
            return self.short_number(amount)
        text: str = babel_numbers.format_compact_currency(
            amount, currency, locale=self._locale, fraction_digits=_short_digits(amount)
        )
        return bare_sign(text)

    def short_number(self, value: Number | None) -> str:
        """A count for a headline: "1.2M"."""
        if value is None:
            return MISSING
        if abs(float(value)) < 1000:
            return self.number(value)
        return babel_numbers.format_compact_decimal(
            value, locale=self._locale, fraction_digits=_short_digits(value)
        )

    def date(self, day: dt.date | None, form: str = "medium") -> str:
        """A day; ``form`` is short, medium, long or full, or a CLDR pattern."""
        if day is None:
            return MISSING
        return babel_dates.format_date(day, format=form, locale=self._locale)

    def day_month(self, day: dt.date) -> str:
        """A short axis label: "8 Nov"."""
        return babel_dates.format_skeleton("MMMd", day, locale=self._locale)

    def country(self, code: str) -> str:
        """A country's name by its ISO 3166 code; an unknown code is its own name."""
        return str(self._locale.territories.get(code, code))

    def moment(self, at: dt.datetime | None) -> str:
        """A day and time in UTC, marked as such."""
        if at is None:
            return MISSING
        text = babel_dates.format_datetime(at, format="medium", locale=self._locale)
        return f"{text} UTC"


def _short_digits(value: Number) -> int:
    """Decimals that leave about three significant digits in a compact number."""
    lead = abs(float(value))
    while lead >= 1000:
        lead = lead / 1000
    return 0 if lead >= 100 else 1


@lru_cache(maxsize=len(LANGUAGES))
def language(code: str) -> Language:
    """The language by its code; an unknown code gives English."""
    return Language(code if code in LANGUAGES else DEFAULT)


def preferred(accept_language: str | None) -> str:
    """The first supported language of an Accept-Language header, else English."""
    ranked = []
    for position, part in enumerate((accept_language or "").split(",")):
        tag, _, quality = part.partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        ranked.append((-weight, position, tag.strip().split("-")[0].lower()))
    return next((code for weight, _, code in sorted(ranked) if code in LANGUAGES), DEFAULT)


def catalog(code: str) -> Catalog:
    """All translations of a language, merged from its area files."""
    merged = Catalog(locale=code)
    for path in sorted((_LOCALES / code).glob("*.po")):
        with path.open("rb") as file:
            area = read_po(file, locale=code)
        for message in area:
            if message.id:
                merged[message.id] = message
            else:
                merged.mime_headers = area.mime_headers
    return merged


def _translations(code: str) -> gettext.NullTranslations:
    """Compile a language's catalogue in memory; English needs none."""
    if code == DEFAULT:
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalog(code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
