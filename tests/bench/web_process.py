"""How long the second start takes to a served sign-in page, and what the web process weighs."""

import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import pages
from core.accounts.access import Principal, Role
from tests.browser.conftest import CHROMIUM_OPTIONS
from tests.browser.people import ADMIN_EMAIL, PASSWORD, Login
from tests.browser.server import manage, serving
from tests.browser.visiting import settled, sign_in


def main() -> None:
    """Print both."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        arguments = ("init", "--admin-email", ADMIN_EMAIL, "--password-stdin", "--sample")
        manage(home, *arguments, stdin=PASSWORD + "\n")
        started = time.perf_counter()
        with serving(home) as server:
            with urllib.request.urlopen(f"{server.address}/signin") as answer:
                answer.read()
            print(f"second start to a served sign-in page: {time.perf_counter() - started:.1f} s")
            _open_every_page(server.address)
            print(f"web process after every page was opened: {_resident_mb(server.pid):.0f} MB RSS")
            print(f"training libraries in it: {_training_libraries(server.pid) or 'none'}")


def _open_every_page(address: str) -> None:
    admin = Principal(0, "", "", frozenset({Role.ADMIN}))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM_OPTIONS
        )
        page = browser.new_page()
        sign_in(page, address, Login(ADMIN_EMAIL))
        for entry in pages.PAGES[1:]:
            if admin.may_open(entry.area):
                page.goto(f"{address}/{entry.url_path}")
                settled(page)
        browser.close()


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def _training_libraries(pid: int) -> str:
    mapped = Path(f"/proc/{pid}/maps").read_text()
    return ", ".join(name for name in ("tensorflow", "sklearn", "mlflow") if f"/{name}/" in mapped)


if __name__ == "__main__":
    main()
