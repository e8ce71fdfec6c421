from datetime import date
from decimal import Decimal

import pytest

from core.i18n import language, preferred

EN, ES = language("en"), language("es")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de-DE,de;q=0.9,en;q=0.8,es;q=0.7", "en"),
        ("fr,es;q=0.1,en;q=0.05", "es"),
        ("es;q=nonsense", "es"),
        ("*", "en"),
    ],
)
def test_the_browser_chooses_the_language(header: str | None, code: str) -> None:
    assert preferred(header) == code


def test_money_is_written_as_each_language_writes_it() -> None:
    assert EN.money(Decimal("1234.5"), "USD") == "$1,234.50"
    assert ES.money(Decimal("1234.5"), "EUR") == "1.234,50\xa0€"
    assert ES.money(Decimal("12345.5"), "EUR", 0) == "12.346\xa0€"


def test_money_without_a_currency_is_a_bare_number() -> None:
    assert EN.money(Decimal("1234.5"), "XXX") == "1,234.50"
    assert EN.short_money(1234567, "XXX") == "1.2M"


@pytest.mark.parametrize("t", [EN, ES])
def test_what_is_undefined_is_a_dash_and_never_a_zero(t) -> None:
    written = [t.number(None), t.percent(None), t.money(None, "USD"), t.short_money(None, "USD")]
    assert [*written, t.date(None), t.short_number(None), t.moment(None)] == ["–"] * 7


def test_headlines_keep_about_three_digits() -> None:
    assert [EN.short_money(x, "USD") for x in (20.13, 881_234, 1_234_567)] == [
        "$20.13",
        "$881K",
        "$1.2M",
    ]


def test_a_signed_share_shows_its_plus() -> None:
    assert EN.percent(0.153, signed=True) == "+15.3%"
    assert ES.percent(-0.008, signed=True) == "-0,8\xa0%"


def test_days_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 11, 22)
    assert (EN.date(day), ES.date(day)) == ("Nov 22, 2026", "22 nov 2026")
    assert (EN.day_month(day), ES.day_month(day)) == ("Nov 22", "22 nov")


def test_an_unknown_language_is_english() -> None:
    assert language("xx")("Something went wrong.") == "Something went wrong."


def test_a_value_with_braces_is_not_read_as_a_placeholder() -> None:
    assert EN("{name} is here", name="{secret}") == "{secret} is here"
