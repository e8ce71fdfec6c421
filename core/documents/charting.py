"""How a chart's amounts are written on its axis."""

from babel import numbers as babel_numbers

from core.i18n import NO_CURRENCY, Language

# [$-C0A] keeps separators in the document's language elsewhere too.
_NUMBER_FORMATS = {"en": "#,##0", "es": "[$-C0A]#,##0"}


def money_format(currency: str, t: Language) -> str:
    """A spreadsheet's number format for the axis, with the currency where the language puts it."""
    number = _NUMBER_FORMATS[t.code]
    if currency == NO_CURRENCY:
        return number
    symbol = babel_numbers.get_currency_symbol(currency, locale=t.code)
    leads = t.money(1, currency).startswith(symbol)
    return f'"{symbol}"{number}' if leads else f'{number}\u00a0"{symbol}"'
