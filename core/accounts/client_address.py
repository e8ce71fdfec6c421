"""Whose address a request came from, when proxies stand between."""

import ipaddress
from functools import cache

UNKNOWN = "unknown"

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_address(peer: str | None, forwarded_for: str | None, trusted: str) -> str:
    """The nearest address that is not one of our own proxies'.

    ``trusted`` lists addresses or networks by comma. ``X-Forwarded-For`` is read from
    its right end, and only as far as trusted proxies wrote it: what stands further left
    is anybody's invention.
    """
    address = str(_parsed(peer or "") or peer or UNKNOWN)
    networks = _networks(trusted)
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    while hops and _is_trusted(address, networks):
        parsed = _parsed(hops.pop())
        if parsed is None:
            break
        address = str(parsed)
    return address


@cache
def _networks(trusted: str) -> tuple[_Network, ...]:
    return tuple(
        ipaddress.ip_network(part.strip(), strict=False)
        for part in trusted.split(",")
        if part.strip()
    )


def _is_trusted(address: str, networks: tuple[_Network, ...]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(text: str) -> _Address | None:
    """An address; one that a dual-stack socket shows as IPv6 is the IPv4 it stands for."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
