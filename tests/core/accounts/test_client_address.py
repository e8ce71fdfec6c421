import pytest

from core.accounts.client_address import client_address

OURS = "127.0.0.1, 10.0.0.0/8"


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "expected"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # a stranger's header is not believed
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the client wrote itself
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies of ours
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        (None, None, "unknown"),
    ],
)
def test_the_header_is_believed_as_far_as_our_proxies_wrote_it(
    peer: str | None, forwarded_for: str | None, expected: str
) -> None:
    assert client_address(peer, forwarded_for, OURS) == expected


def test_a_proxy_on_a_dual_stack_socket_is_trusted_by_its_ipv4_address() -> None:
    assert client_address("::ffff:127.0.0.1", "203.0.113.7", "127.0.0.1") == "203.0.113.7"
    assert client_address("::ffff:203.0.113.9", None, "127.0.0.1") == "203.0.113.9"
