"""What a person does in a browser, by requests."""

import re

import httpx2
from starlette.testclient import TestClient

from tests.core.accounts.people import PASSWORD

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def post(client: TestClient, address: str, **fields: str) -> httpx2.Response:
    """Open a form and send it back filled in, as a browser does."""
    found = _TOKEN.search(client.get(address).text)
    csrf = found.group(1) if found else ""
    return client.post(address, data={"csrf": csrf, **fields})


def sign_in(
    client: TestClient,
    email: str = "ada@example.org",
    password: str = PASSWORD,
    address: str = "/signin",
) -> httpx2.Response:
    """Fill the sign-in form in."""
    return post(client, address, email=email, password=password)
