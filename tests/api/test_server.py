"""The product as it is started, asked over the network."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import pages
from api import bundle
from tests.browser.server import serving

PATHS = [f"/{entry.url_path}" for entry in pages.PAGES]
FILES = [f"/{path.stem}" for path in Path(pages.__file__).parent.glob("*.py")]
PASSWORD = "umbrella tunnel crisp violin"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh installation; nobody has asked it for anything yet."""
    with serving(tmp_path_factory.mktemp("home"), RUN_WORKER="false") as server:
        yield server.address


@pytest.fixture
def stranger(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("path", ["/", *sorted({*PATHS, *FILES})])
def test_a_stranger_gets_no_page_of_a_fresh_server(stranger: httpx2.Client, path: str) -> None:
    answer = stranger.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
    assert answer.content == b""


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/metrics"),
        ("GET", "/_stcore/script-health-check"),
        ("GET", "/_stcore/agent/openapi.json"),
        ("POST", "/_stcore/agent/interact"),
        ("POST", "/_stcore/agent/mcp"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("GET", "/media/0000.csv"),
        ("POST", "/campaigns"),
    ],
)
def test_a_stranger_gets_no_part_of_a_page(stranger: httpx2.Client, method: str, path: str) -> None:
    assert stranger.request(method, path, json={}).status_code == 403


@pytest.mark.parametrize("path", ["/health", "/ready", "/_stcore/health", "/_stcore/host-config"])
def test_probes_are_open(stranger: httpx2.Client, path: str) -> None:
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/static/x", "/invite/a/b", "//evil.example/%2e%2e", "/..%5c..%5csecret", "/%2e%2e/app.py"],
)
def test_odd_paths_lead_nowhere(stranger: httpx2.Client, path: str) -> None:
    answer = stranger.get(path)

    assert answer.status_code in (303, 400, 404)
    assert answer.headers.get("location", "/setup") == "/setup"


def test_a_websocket_needs_a_cookie_but_not_a_good_one(address: str) -> None:
    stream = address.replace("http", "ws") + "/_stcore/stream"

    with pytest.raises(InvalidStatus) as refused:
        connect(stream)
    assert refused.value.response.status_code == 403
    with connect(stream, additional_headers={"Cookie": "session=stale"}) as socket:
        assert socket.response is not None
        assert socket.response.status_code == 101


def test_the_bundle_comes_compressed(stranger: httpx2.Client) -> None:
    largest = max(bundle.names(), key=lambda name: (bundle.STATIC / "static" / name).stat().st_size)

    answer = stranger.get(f"/static/{largest}")

    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) * 3 < len(answer.content)


def test_set_up_then_in_then_out(stranger: httpx2.Client) -> None:
    """The last test of this file: afterwards the installation has an administrator."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', stranger.get("/setup").text)
    assert csrf is not None
    form = {"csrf": csrf[1], "name": "Ada", "email": "ada@example.org", "password": PASSWORD}

    assert stranger.post("/setup", data=form).headers["location"] == "/"
    document = stranger.get("/campaigns")
    assert document.status_code == 200
    assert "script-src 'self' 'wasm-unsafe-eval'" in document.headers["content-security-policy"]
    assert stranger.post("/signout", data={"csrf": csrf[1]}).headers["location"] == "/signin"
    assert stranger.get("/campaigns").headers["location"] == "/signin?next=%2Fcampaigns"
