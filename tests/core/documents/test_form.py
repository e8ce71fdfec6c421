from datetime import date
from typing import Any

import pytest

from core.documents.errors import InvalidForm
from core.documents.form import check, period_of
from core.documents.schemas import Variable, VariableKind
from core.i18n import language

K = VariableKind
FORM = (
    Variable("title", K.TEXT, "Title", max_length=20),
    Variable("period", K.PERIOD, "Period"),
    Variable("currency", K.CURRENCY, "Currency"),
    Variable("campaigns", K.CAMPAIGNS, "Campaigns", required=False),
    Variable("target", K.NUMBER, "ROAS target", required=False),
    Variable("remarks", K.LONG_TEXT, "Remarks", required=False, max_length=50),
)
GOOD: dict[str, Any] = {
    "title": "  A   title ",
    "period": (date(2026, 1, 1), date(2026, 1, 31)),
    "currency": "EUR",
    "campaigns": [3, 1, 3],
    "target": 2.5,
    "remarks": "One.\r\nTwo.",
    "never asked for": "dropped",
}


def test_good_values_become_plain_json() -> None:
    expected = {
        "title": "A title",
        "period": {"start": "2026-01-01", "end": "2026-01-31"},
        "currency": "EUR",
        "campaigns": [1, 3],
        "target": "2.5",
        "remarks": "One.\nTwo.",
    }
    assert expected == check(FORM, GOOD)


def test_checked_values_are_good_values() -> None:
    once = check(FORM, GOOD)
    assert once == check(FORM, once)


def test_a_checked_period_gives_its_days_back() -> None:
    assert 31 == period_of(check(FORM, GOOD)["period"]).days


def test_what_is_optional_may_be_absent() -> None:
    values = check(FORM, {key: GOOD[key] for key in ("title", "period", "currency")})
    assert {"campaigns": [], "target": None, "remarks": None} == {
        key: values[key] for key in ("campaigns", "target", "remarks")
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "   ", "Title: please fill this in."),
        ("title", "x" * 21, "Title: at most 20 characters, these are 21."),
        ("title", "a\x00b", "Title: remove the invisible control characters."),
        ("title", 7, "Title: this must be text."),
        ("period", (), "Period: please fill this in."),
        ("period", (date(2026, 1, 1),), "Period: choose the first and the last day."),
        ("period", ("soon", "later"), "Period: choose the first and the last day."),
        (
            "period",
            (date(2026, 2, 1), date(2026, 1, 1)),
            "Period: the last day is before the first.",
        ),
        ("period", (date(2020, 1, 1), date(2026, 1, 1)), "Period: at most three years, please."),
        ("currency", "euro", "Currency: this must be a three-letter code such as EUR."),
        ("campaigns", ["1; DROP"], "Campaigns: choose campaigns from the list."),
        ("campaigns", [1, 10**30], "Campaigns: choose campaigns from the list."),
        ("campaigns", [-1], "Campaigns: choose campaigns from the list."),
        ("campaigns", [True], "Campaigns: choose campaigns from the list."),
        ("target", "many", "ROAS target: this must be a number."),
        ("target", "NaN", "ROAS target: this must be a number above zero."),
        ("target", -1, "ROAS target: this must be a number above zero."),
    ],
)
def test_a_bad_value_is_answered_by_a_sentence_naming_its_field(
    field: str, value: Any, sentence: str
) -> None:
    with pytest.raises(InvalidForm) as refused:
        check(FORM, GOOD | {field: value})
    assert sentence == refused.value.sentence(language("en"))


def test_every_field_at_fault_is_named_in_the_readers_language() -> None:
    with pytest.raises(InvalidForm) as refused:
        check(FORM, GOOD | {"title": "", "currency": "x"})
    expected = "Título: rellene este campo. Moneda: debe ser un código de tres letras, como EUR."
    assert expected == refused.value.sentence(language("es"))
