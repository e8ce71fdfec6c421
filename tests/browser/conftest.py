"""A served installation with the sample world, a person of every role, and a Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from core.accounts.access import Role
from tests.browser.people import ADMIN_EMAIL, PASSWORD, Login, add_people
from tests.browser.server import manage, serving
from tests.conftest import missing

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium that the system has."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an administrator and the sample world."""
    home = tmp_path_factory.mktemp("installation")
    manage(
        home,
        "init",
        "--admin-email",
        ADMIN_EMAIL,
        "--password-stdin",
        "--sample",
        stdin=PASSWORD + "\n",
    )
    return home


@pytest.fixture(scope="session")
def logins(home: Path) -> dict[Role, Login]:
    """A login for every role."""
    return add_people(home)


@pytest.fixture(scope="session")
def address(home: Path, logins: dict[Role, Login]) -> Iterator[str]:
    """Where the installation is served."""
    with serving(home) as server:
        yield server.address
