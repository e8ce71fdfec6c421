from components.labels import literal, told
from core.errors import Invalid
from core.i18n import language


def test_an_address_in_a_name_stays_text() -> None:
    for name in ("https://evil.example", "www.evil.example", "me@evil.example"):
        assert "\u2060" in literal(name)
    assert literal("Ada Lovelace") == "Ada Lovelace"


def test_an_error_shows_what_was_typed_and_obeys_none_of_it() -> None:
    error = Invalid(field="[x](http://evil)", reason="*bold*")
    sentence = told(error, language("en"))
    assert "\\[x\\]" in sentence
    assert "\\*bold\\*" in sentence
    assert "[x](" not in sentence
