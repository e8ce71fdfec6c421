import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.errors import InvalidEmail, InvalidName
from core.accounts.identity import clean_email, clean_name, lookup
from core.accounts.mail import Mail, composed


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
        "a..b@example.org",
        ".ada@example.org",
        "ñandu@example.org",
        "a[b@example.org",
        "ada@example..org",
        "ada@example.",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmail):
        clean_email(text)


@given(text=st.text(max_size=30) | st.emails())
def test_every_address_that_is_kept_can_be_written_to(text: str) -> None:
    try:
        kept = clean_email(text)
    except InvalidEmail:
        return
    assert kept in composed(Mail("Ada", kept, "Subject", "Body"), "no-reply@example.org")["To"]
    assert kept == lookup(text)


def test_a_name_is_kept_with_single_blanks() -> None:
    assert clean_name("  Ana   María  ") == "Ana María"


@pytest.mark.parametrize("text", ["", "   ", "Ada\nBcc: eve@example.org", "Ada\x00", "x" * 201])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InvalidName):
        clean_name(text)
