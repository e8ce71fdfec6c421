import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.next_page import safe_next, sign_in_address


@pytest.mark.parametrize(
    "target", ["/campaigns", "/campaigns?platform=a%20b&x=%2F", "/a/b", "/signin-help", "/?q=//x"]
)
def test_a_path_of_this_site_is_kept(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "campaigns",
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: session=x",
        "javascript:alert(1)",
        "/signin",
        "/signout",
        "/invite/abc",
        "/x" * 1001,
        "http:/evil.example",
    ],
)
def test_whatever_leads_elsewhere_becomes_the_home_page(target: str | None) -> None:
    assert safe_next(target) == "/"


@given(st.text(max_size=60))
def test_no_text_leads_off_the_site(text: str) -> None:
    kept = safe_next(text)

    assert kept.startswith("/")
    assert not kept.startswith(("//", "/\\"))
    assert kept.isprintable()


def test_the_page_first_asked_for_is_carried_along() -> None:
    assert sign_in_address("/campaigns", "a=1&b=2") == "/signin?next=%2Fcampaigns%3Fa%3D1%26b%3D2"
    assert sign_in_address("/", "") == "/signin"
