import pytest

from core.accounts.errors import InvalidEmail, InvalidName
from core.accounts.identity import clean_email, clean_name


def test_an_address_is_kept_in_lower_case_without_blanks() -> None:
    assert clean_email("  Ada@Example.ORG ") == "ada@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a b@example.org",
        "ada@example.org\nBcc: eve@example.org",
        "ada@x@y",
        "ada@example.org\x00",
        '"ada"@example.org',
        "x" * 250 + "@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmail):
        clean_email(text)


def test_a_name_is_kept_with_single_blanks() -> None:
    assert clean_name("  Ana   María  ") == "Ana María"


@pytest.mark.parametrize("text", ["", "   ", "Ada\nBcc: eve@example.org", "Ada\x00", "x" * 201])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidName):
        clean_name(text)
