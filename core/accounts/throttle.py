"""How wrong tries slow down the next one, by account and by address."""

import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MEMORY = timedelta(hours=24)  # older failures are forgotten


@dataclass(frozen=True, slots=True)
class Pace:
    """``free`` tries cost nothing; then the wait doubles from a second up to ``longest``."""

    free: int
    longest: timedelta


# Many people can share one address, so it gets more free tries than an account.
ACCOUNT = Pace(free=5, longest=timedelta(minutes=15))
ADDRESS = Pace(free=30, longest=timedelta(minutes=15))


def wait_after(failures: int, pace: Pace) -> timedelta:
    """How long after the last of so many failures the next try is admitted."""
    beyond = failures - pace.free
    if beyond < 0:
        return timedelta(0)
    # 2**20 seconds is past every limit; the power is capped before it grows large.
    return min(timedelta(seconds=2 ** min(beyond, 20)), pace.longest)


def seconds_to_wait(failures: Sequence[datetime], now: datetime, pace: Pace) -> int:
    """Whole seconds until the next try is admitted; 0 when it may be made at once."""
    recent = [at for at in failures if at > now - MEMORY]
    wait = wait_after(len(recent), pace)
    if not wait:
        return 0
    # A clock that was set back must not lengthen the wait.
    left = min(max(recent) + wait - now, wait)
    return max(0, math.ceil(left.total_seconds()))


def account_subject(email: str) -> str:
    """The name under which an account's failures are counted."""
    return f"account:{email}"


def address_subject(address: str) -> str:
    """The name under which an address' failures are counted.

    An IPv6 address stands for its /64 network, which one household or server owns whole.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"address:{address[:64]}"
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        if mapped is None:
            return f"address:{ipaddress.ip_network((parsed, 64), strict=False)}"
        return f"address:{mapped}"
    return f"address:{parsed}"
