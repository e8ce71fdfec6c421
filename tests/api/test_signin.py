import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from core import clock
from core.accounts.models import SignInSession
from core.settings import Settings
from tests.api.conftest import ADDRESS, served
from tests.api.visiting import post, sign_in
from tests.core.accounts.people import PASSWORD, stop_clock
from wiring import Services


def test_the_form_has_what_password_stores_look_for(client: TestClient) -> None:
    page = client.get("/signin", headers={"accept-language": "es"}).text

    assert '<html lang="es">' in page
    assert re.search(r'<label for="email">[^<]+</label>\s*<input id="email"', page)
    assert 'type="email" autocomplete="username"' in page
    assert 'type="password" autocomplete="current-password"' in page
    assert "<script" not in page
    assert "style=" not in page


def test_signing_in_leads_to_the_page_first_asked_for(client: TestClient) -> None:
    answer = sign_in(client, address="/signin?next=%2Fcampaigns%3Fa%3D1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/campaigns?a=1")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_under_tls_cookies_are_bound_to_host_and_encryption(
    new_client: Callable[[Services], TestClient], quick_services: Services, settings: Settings
) -> None:
    secure = replace(
        quick_services, settings=settings.model_copy(update={"base_url": "https://x.example"})
    )
    client = new_client(secure)
    client.base_url = "https://x.example"

    answer = sign_in(client)

    cookies = answer.headers.get_list("set-cookie")
    assert all("Secure" in cookie and "Path=/" in cookie for cookie in cookies)
    assert any(cookie.startswith("__Host-session=") for cookie in cookies)
    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")


@pytest.mark.parametrize(
    "target",
    ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fe"],
)
def test_no_next_page_leads_off_the_site(client: TestClient, target: str) -> None:
    assert sign_in(client, address=f"/signin?next={target}").headers["location"] == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""),
     ("ada@example.org", "x" * 9000)],
)  # fmt: skip
def test_every_wrong_pair_reads_the_same(client: TestClient, email: str, password: str) -> None:
    answer = sign_in(client, email, password)

    assert answer.status_code == 401
    assert "The e-mail address or the password is not right." in answer.text
    assert "session" not in answer.cookies
    assert password not in answer.text or password == ""


def test_what_was_typed_is_shown_again_as_text_only(client: TestClient) -> None:
    answer = sign_in(client, '"><script>alert(1)</script>', "wrong")

    assert "<script" not in answer.text
    assert "&#34;&gt;&lt;script&gt;" in answer.text


def test_wrong_tries_wait_and_time_frees_them(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    for _ in range(5):
        sign_in(client, password="wrong")

    slowed = sign_in(client)

    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "1")
    assert "Wait 1 seconds" in slowed.text
    with clock.moved(timedelta(seconds=2)):
        assert sign_in(client).status_code == 303


@pytest.mark.parametrize(
    ("trusted", "remembered"), [("127.0.0.1", "203.0.113.9"), ("10.0.0.1", "127.0.0.1")]
)
def test_the_header_is_believed_from_our_proxies_only(
    quick_services: Services, settings: Settings, trusted: str, remembered: str
) -> None:
    services = replace(
        quick_services, settings=settings.model_copy(update={"trusted_proxies": trusted})
    )
    with TestClient(
        served(services), ADDRESS, follow_redirects=False, client=("127.0.0.1", 50000)
    ) as client:
        client.headers["x-forwarded-for"] = "1.1.1.1, 203.0.113.9"
        sign_in(client)

    with services.reading() as session:
        assert session.scalars(select(SignInSession.address)).all() == [remembered]


def test_a_form_without_its_token_is_refused(client: TestClient) -> None:
    client.get("/signin")

    answer = client.post("/signin", data={"email": "ada@example.org", "password": PASSWORD})

    assert answer.status_code == 403
    assert "session" not in client.cookies


def test_a_token_without_its_cookie_is_refused(client: TestClient) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/signin").text)
    assert token is not None
    client.cookies.clear()

    answer = client.post(
        "/signin",
        data={"csrf": token[1], "email": "ada@example.org", "password": PASSWORD},
    )

    assert answer.status_code == 403


def test_a_form_sent_by_another_site_is_refused(client: TestClient) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/signin").text)
    assert token is not None

    answer = client.post(
        "/signin",
        data={"csrf": token[1], "email": "ada@example.org", "password": PASSWORD},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403


def test_forms_in_two_tabs_share_their_token(client: TestClient) -> None:
    tokens = {re.search(r'csrf" value="([^"]+)', client.get("/signin").text)[1] for _ in range(2)}  # type: ignore[index]

    assert len(tokens) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [("a=" + "x" * 20_000, 413), ("&".join(f"f{n}=1" for n in range(50)), 413)],
)
def test_an_oversized_form_is_refused(client: TestClient, body: str, status: int) -> None:
    answer = client.post(
        "/signin", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == status


def test_signing_out_ends_the_session_and_takes_the_cookie(
    client: TestClient, quick_services: Services
) -> None:
    sign_in(client)

    answer = post(client, "/signout")

    assert answer.headers["location"] == "/signin"
    assert "session" not in client.cookies
    with quick_services.reading() as session:
        assert all(row.revoked_at for row in session.scalars(select(SignInSession)))


def test_signing_out_takes_a_post(client: TestClient) -> None:
    sign_in(client)

    client.get("/signout")
    client.post("/signout")

    assert client.get("/campaigns").status_code == 200


def test_each_sign_in_has_a_secret_of_its_own(client: TestClient) -> None:
    client.cookies.set("session", "planted", domain="localhost.local", path="/")
    sign_in(client)
    first = client.cookies["session"]
    post(client, "/signout")
    sign_in(client)

    assert len({"planted", first, client.cookies["session"]}) == 3


def test_who_is_signed_in_goes_straight_on(client: TestClient) -> None:
    sign_in(client)

    assert client.get("/signin?next=%2Fpeople").headers["location"] == "/people"


def test_the_language_switch_is_remembered(client: TestClient) -> None:
    english = client.get("/signin?next=%2Fpeople", headers={"accept-language": "en"}).text
    assert 'href="?next=%2Fpeople&amp;lang=es"' in english

    client.get("/signin?next=%2Fpeople&lang=es")

    assert '<html lang="es">' in client.get("/signin", headers={"accept-language": "en"}).text


def test_forms_are_kept_by_no_cache_and_run_no_script(client: TestClient) -> None:
    headers = client.get("/signin").headers

    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'; style-src 'self'" in headers["content-security-policy"]
    assert "script" not in headers["content-security-policy"]
