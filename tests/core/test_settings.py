import pytest
from pydantic import ValidationError

from core.settings import Settings


@pytest.mark.parametrize("listed", ["", "127.0.0.1", "127.0.0.1, 10.0.0.0/8,", "::1", "10.0.0.1/8"])
def test_proxies_are_addresses_and_networks_by_comma(listed: str) -> None:
    assert Settings(_env_file=None, trusted_proxies=listed).trusted_proxies == listed


@pytest.mark.parametrize("listed", ["proxy", "127.0.0.1 10.0.0.1", "127.0.0.1, proxy"])
def test_a_proxy_named_otherwise_is_told_at_the_start(listed: str) -> None:
    with pytest.raises(ValidationError, match="is neither an address nor a network"):
        Settings(_env_file=None, trusted_proxies=listed)
