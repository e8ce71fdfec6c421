from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from core.documents.grounding import grounds_of, ungrounded
from core.i18n import language


def lost(
    text: str,
    code: str = "en",
    figures: dict[str, list[str]] | None = None,
    names: tuple[str, ...] = (),
    typed: tuple[object, ...] = (),
    currency: str = "USD",
) -> list[str]:
    records = [
        {"figures": [{"unit": unit, "values": known} for unit, known in (figures or {}).items()]}
    ]
    grounds = grounds_of(records, names, typed, currency, code)
    return [said.text for said in ungrounded([("body", text)], grounds)[0]]


@pytest.mark.parametrize(
    ("text", "code", "figures"),
    [
        ("Spend was $1,234.50.", "en", {"money": ["1234.5"]}),
        ("Spend was $1,235.", "en", {"money": ["1234.5"]}),
        ("El gasto fue de 1.234,50\u00a0US$.", "es", {"money": ["1234.5"]}),
        ("It fell 12.3%.", "en", {"share": ["-0.1234"]}),
        ("Bajó un 12,3\u00a0%.", "es", {"share": ["-0.1234"]}),
        ("ROAS 3.21×, 1,200 conversions", "en", {"ratio": ["3.2123"], "count": ["1200"]}),
    ],
)
def test_a_figure_of_the_ledger_is_grounded(
    text: str, code: str, figures: dict[str, list[str]]
) -> None:
    assert [] == lost(text, code, figures)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spend was $1,234.60.", "1,234.60"),
        ("Spend was $1,236.", "1,236"),
        ("It rose 1,234.5%.", "1,234.5"),  # the money's value is not a share
        ("There were 1,234.5 conversions.", "1,234.5"),
        ("Spend was $5.", "5"),
    ],
)
def test_any_other_number_is_not(text: str, expected: str) -> None:
    assert [expected] == lost(text, figures={"money": ["1234.5"]})


def test_digits_in_a_known_name_are_no_figure() -> None:
    assert [] == lost("Summer 2024 sale took it.", names=("Summer 2024 sale",))
    assert ["2024"] == lost("Summer 2024 was good.", names=("Summer 2024 sale",))


def test_a_name_inside_a_number_does_not_hide_it() -> None:
    assert ["1,234"] == lost("It was $1,234.", names=("1", "234", "2"))


def test_what_was_typed_may_be_said() -> None:
    typed = ({"start": "2026-01-01"}, "budget of 17 for\n99 shops", "250")
    assert [] == lost("budget of 17 for", typed=typed)
    assert [] == lost("99 shops", typed=typed)
    assert [] == lost("Target 250.00", typed=typed)
    assert ["98"] == lost("98 shops", typed=typed)


def test_without_a_currency_an_amount_stands_bare() -> None:
    assert [] == lost("Spend was 1,234.50", figures={"money": ["1234.5"]}, currency="XXX")


@given(
    value=st.decimals(min_value=0, max_value=10**12, places=4),
    digits=st.integers(0, 4),
    code=st.sampled_from(["en", "es"]),
)
def test_whatever_the_formatter_writes_is_read_back(value: Decimal, digits: int, code: str) -> None:
    text = language(code).number(value, digits)
    assert [] == lost(f"n {text}.", code, {"count": [str(value)]})
    assert format_decimal(0, locale=code) == "0"


@given(value=st.integers(0, 10**9), wrong=st.integers(0, 10**9))
def test_a_different_number_is_always_found(value: int, wrong: int) -> None:
    found = lost(f"$ {wrong:,}", figures={"money": [str(value)]})
    assert ([] if value == wrong else [f"{wrong:,}"]) == found
