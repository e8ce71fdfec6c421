from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api import bundle
from api.gate import Kind, kind_of
from core.accounts import service
from tests.api.visiting import post, sign_in
from tests.core.accounts.people import PASSWORD
from wiring import Services


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/", Kind.DOCUMENT),
        ("GET", "/campaigns", Kind.DOCUMENT),
        ("GET", "/whatever/../people", Kind.DOCUMENT),
        ("GET", "/staticfile", Kind.DOCUMENT),
        ("GET", "/signin/", Kind.DOCUMENT),
        ("HEAD", "/people", Kind.DOCUMENT),
        ("POST", "/campaigns", Kind.PART),
        ("GET", "/_stcore/metrics", Kind.PART),
        ("GET", "/_stcore/agent/openapi.json", Kind.PART),
        ("POST", "/_stcore/agent/interact", Kind.PART),
        ("GET", "/_stcore/script-health-check", Kind.PART),
        ("PUT", "/_stcore/upload_file/a/b", Kind.PART),
        ("GET", "/media/abc.csv", Kind.PART),
        ("GET", "/component/x/index.html", Kind.PART),
        ("GET", "/api/campaigns", Kind.PART),
        ("GET", "/_stcore/health", Kind.OPEN),
        ("GET", "/_stcore/host-config", Kind.OPEN),
        ("GET", f"/static/{min(bundle.names())}", Kind.OPEN),
        ("GET", "/static/js/none.js", Kind.DOCUMENT),
        ("GET", "/static/../people", Kind.DOCUMENT),
        ("GET", "/invite/", Kind.DOCUMENT),
        ("GET", "/invite/abc/people", Kind.DOCUMENT),
        ("GET", "/app/static/Inter.woff2", Kind.OPEN),
        ("GET", "/health", Kind.OPEN),
        ("GET", "/invite/abc", Kind.OPEN),
        ("GET", "/verify", Kind.OPEN),
        ("GET", "/verify/abc", Kind.DOCUMENT),
    ],
)
def test_what_is_not_known_to_be_open_is_closed(method: str, path: str, kind: Kind) -> None:
    assert kind_of(method, path) is kind


def test_a_stranger_is_sent_to_sign_in_with_the_page_kept(client: TestClient) -> None:
    answer = client.get("/campaigns?platform=google&x=%2F%2F")

    assert answer.status_code == 303
    assert (
        answer.headers["location"]
        == "/signin?next=%2Fcampaigns%3Fplatform%3Dgoogle%26x%3D%252F%252F"
    )
    assert "behind" not in answer.text


def test_the_redirect_does_not_follow_the_host_header(client: TestClient) -> None:
    answer = client.get("/campaigns", headers={"host": "evil.example"})

    assert answer.headers["location"] == "/signin?next=%2Fcampaigns"


def test_parts_of_pages_are_refused_to_strangers(client: TestClient) -> None:
    answers = [client.get(path) for path in ("/_stcore/metrics", "/media/a.csv", "/api/x")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_an_empty_installation_is_set_up_first(
    new_client: Callable[[Services], TestClient], services: Services
) -> None:
    client = new_client(services)

    assert client.get("/campaigns").headers["location"] == "/setup"
    assert client.get("/signin").headers["location"] == "/setup"


def test_a_session_opens_pages_and_their_parts(client: TestClient) -> None:
    sign_in(client)

    assert client.get("/campaigns").text == "behind the gate: /campaigns"
    assert client.get("/media/a.csv").text == "behind the gate: /media/a.csv"


def test_an_ended_session_opens_nothing(client: TestClient, quick_services: Services) -> None:
    sign_in(client)
    with quick_services.work() as session:
        service.sign_out(session, client.cookies["session"])

    assert client.get("/campaigns").status_code == 303
    assert client.get("/media/a.csv").status_code == 403


def refused(client: TestClient, path: str) -> bool:
    try:
        with client.websocket_connect(path) as socket:
            return socket.receive_text() != "hello"
    except WebSocketDisconnect:
        return True


@pytest.mark.parametrize("path", ["/nonsense/page", "/campaigns/x/", "/a/b?c=d"])
def test_a_deep_unknown_address_leads_home(client: TestClient, path: str) -> None:
    assert client.get(path).headers["location"].startswith("/signin")
    sign_in(client)
    answer = client.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "path",
    ["/", "/campaigns/", "/nonsense", "/campaigns/_stcore/health", "/static/js/none.js"],
)
def test_pages_and_what_streamlit_asks_for_are_not_sent_home(client: TestClient, path: str) -> None:
    sign_in(client)

    assert client.get(path).text == f"behind the gate: {path}"


def test_a_websocket_without_a_cookie_is_refused(client: TestClient) -> None:
    assert refused(client, "/_stcore/stream")


def test_a_websocket_with_a_stale_cookie_is_accepted(client: TestClient) -> None:
    client.cookies.set("session", "stale")

    assert not refused(client, "/_stcore/stream")
    assert refused(client, "/elsewhere")


def test_everything_together_on_both_databases(
    new_client: Callable[[Services], TestClient], services: Services
) -> None:
    client = new_client(services)
    made = post(client, "/setup", name="Ada", email="ada@example.org", password=PASSWORD)

    assert (made.status_code, made.headers["location"]) == (303, "/")
    assert client.get("/people").text == "behind the gate: /people"
