"""Posting to an address that a person typed, without letting it reach what only we can reach.

The name is looked up once, every address it has must be allowed, and the connection goes to
that address and no other, so that a second look-up cannot lead elsewhere. Redirects are not
followed and answers are not read.
"""

import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from core.alerts.errors import BadWebhook, WebhookNotSent

_TIMEOUT = urllib3.Timeout(connect=5, read=10)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # leads to addresses of the old kind
_LONGEST = 2000

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the address to connect to and the name to ask for there."""

    is_secure: bool
    host: str
    port: int
    address: str
    path: str


def networks(listed: str) -> tuple[Network, ...]:
    """Networks out of a setting that lists them with commas between."""
    parts = filter(None, map(str.strip, listed.split(",")))
    return tuple(ipaddress.ip_network(part, strict=False) for part in parts)


def checked(url: str, allowed: Sequence[Network] = ()) -> Target:
    """Where ``url`` leads now; raises BadWebhook where that is not allowed.

    Plain http is for ``allowed`` networks only.
    """
    parts, port = _parts(url)
    host = parts.hostname or ""
    try:
        name = host.encode("idna").decode() if ":" not in host else host
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
    except (OSError, UnicodeError, ValueError) as error:
        raise BadWebhook(field="webhook_url") from error
    is_inside = all(_is_inside(address, allowed) for address in addresses)
    is_secure = parts.scheme == "https"
    if not addresses or not (is_inside or (is_secure and all(map(_is_public, addresses)))):
        raise BadWebhook(field="webhook_url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_secure, name, port, str(addresses[0]), path)


def post(
    url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network] = ()
) -> None:
    """Post once. Raises BadWebhook, or WebhookNotSent unless the answer is a 2xx."""
    target = checked(url, allowed)
    with _pool(target) as pool:
        try:
            answer = pool.urlopen(
                "POST",
                target.path,
                body=body,
                headers={"Host": _host_header(target), **headers},
                redirect=False,
                retries=False,
                assert_same_host=False,
                preload_content=False,
            )
        except (HTTPError, OSError) as error:
            raise WebhookNotSent(reason=type(error).__name__) from error
        status = answer.status
        answer.close()
    if not 200 <= status < 300:
        raise WebhookNotSent(reason=f"HTTP {status}")


def _parts(url: str) -> tuple[SplitResult, int]:
    """The parts of a well-formed http address, and its port."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise BadWebhook(field="webhook_url") from error
    is_plain = len(url) <= _LONGEST and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise BadWebhook(field="webhook_url")
    if parts.username is not None or parts.password is not None:
        raise BadWebhook(field="webhook_url")
    return parts, port


def _pool(target: Target) -> urllib3.HTTPConnectionPool:
    if not target.is_secure:
        return urllib3.HTTPConnectionPool(target.address, target.port, timeout=_TIMEOUT)
    return urllib3.HTTPSConnectionPool(
        target.address,
        target.port,
        timeout=_TIMEOUT,
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.is_secure else 80
    return host if target.port == usual else f"{host}:{target.port}"


def _is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and does not stand for another."""
    if isinstance(address, ipaddress.IPv6Address):
        hides = address.ipv4_mapped or address.sixtofour or address.teredo
        if hides or address in _NAT64:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_inside(address: Address, allowed: Sequence[Network]) -> bool:
    return any(address in network for network in allowed if network.version == address.version)
