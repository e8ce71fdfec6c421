"""Where webhooks may lead: nowhere that only this machine or its network can reach."""

import socket
from typing import Any

import pytest

from core.alerts import webhook
from core.alerts.errors import BadWebhook, WebhookNotSent
from tests.core.alerts.people import LOCAL, receiving


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name have these addresses; the names that were asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://0.0.0.0/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[64:ff9b::7f00:1]/x",
        "https://[2002:7f00:1::]/x",
        "https://[fe80::1]/x",
        "https://[fc00::1]/x",
        "https://10.1.2.3/x",
        "https://172.16.0.1/x",
        "https://192.168.1.1/x",
        "https://100.64.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://224.0.0.1/x",
        "https://240.0.0.1/x",
        "https://localhost/x",
        "http://93.184.215.14/x",
        "https://user:secret@93.184.215.14/x",
        "https://user@93.184.215.14/x",
        "ftp://93.184.215.14/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1/x",
        "//93.184.215.14/x",
        "https:///x",
        "https://93.184.215.14:99999/x",
        "https://93.184.215.14/x\r\nX-Injected: 1",
        "https://93.184.215.14/a b",
        "https://[::1",
        "https://" + "a" * 64 + ".example/x",
        "https://93.184.215.14/" + "a" * 2000,
        "",
    ],
)
def test_addresses_that_lead_inside_or_are_none_are_refused(url: str) -> None:
    with pytest.raises(BadWebhook):
        webhook.checked(url)


def test_a_public_address_by_https_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.215.14")
    target = webhook.checked("https://hooks.example.org/a/b?c=d")
    assert ("hooks.example.org", 443, "93.184.215.14", "/a/b?c=d") == (
        target.host,
        target.port,
        target.address,
        target.path,
    )


def test_one_inner_address_among_several_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch, "93.184.215.14", "127.0.0.1")
    with pytest.raises(BadWebhook):
        webhook.checked("https://hooks.example.org/")


def test_a_name_is_looked_up_once_and_the_connection_goes_to_that_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that changes its address between check and connection leads nowhere else."""
    with receiving() as receiver:
        port = int(receiver.url.split(":")[2].split("/")[0])
        asked = resolving(monkeypatch, "127.0.0.1")
        webhook.post(f"http://hooks.example.org:{port}/hook", b"{}", {}, LOCAL)
    ((headers, _),) = receiver.got
    assert f"hooks.example.org:{port}" == headers["Host"]
    assert "hooks.example.org" == asked[0]
    assert "hooks.example.org" not in asked[1:]


def test_allowed_networks_may_be_reached_by_http() -> None:
    with receiving() as receiver:
        webhook.post(receiver.url, b"{}", {}, LOCAL)
    assert 1 == len(receiver.got)


def test_a_redirect_is_not_followed() -> None:
    with receiving() as receiver:
        receiver.answers = [307]
        with pytest.raises(WebhookNotSent, match="HTTP 307"):
            webhook.post(receiver.url, b"{}", {}, LOCAL)
    assert 1 == len(receiver.got)


def test_a_server_that_is_away_is_a_named_error() -> None:
    with receiving() as receiver:
        url = receiver.url
    with pytest.raises(WebhookNotSent):
        webhook.post(url, b"{}", {}, LOCAL)


def test_plain_text_where_tls_is_wanted_is_a_named_error() -> None:
    with receiving() as receiver:
        with pytest.raises(WebhookNotSent):
            webhook.post(receiver.url.replace("http:", "https:"), b"{}", {}, LOCAL)
