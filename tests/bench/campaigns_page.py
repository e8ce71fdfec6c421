"""The Campaigns page at a million rows: CPU of a rerun, and what a person waits for in Chromium.

Run it as ``python -m tests.bench.campaigns_page [campaigns] [days]``; it prints a table.
CPU is what the server process used, from /proc, over repeated changes between two kept
views; the times are medians of what Chromium took until the charts stood still.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.campaign_lake import publish
from tests.browser.conftest import CHROMIUM_OPTIONS
from tests.browser.people import ADMIN_EMAIL, PASSWORD, Login
from tests.browser.server import Server, manage, serving
from tests.browser.visiting import sign_in

CAMPAIGNS, DAYS = 1000, 1000
TRIES = 5
RERUNS = 20
_READY = """() => document.querySelector('[data-test-script-state="notRunning"]')
    && document.querySelectorAll('[data-testid="stMetric"]').length === 9
    && document.querySelector('[data-testid="stMain"] svg path')
    && document.querySelector('[data-testid="stDataFrame"] canvas')"""

_SHOWN = """() => [
    document.querySelectorAll('[data-testid="stMain"] [data-testid="stCaptionContainer"]')[1],
    document.querySelector('[data-testid="stMain"] [data-testid*="ECharts"]'),
].map(element => element.textContent)"""
_CHANGED = f"""const shown = ({_SHOWN})();
    return shown.every((text, place) => text !== before[place])
        && document.querySelector('[data-test-script-state="notRunning"]')"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; times in seconds, CPU in milliseconds."""

    rerun_cpu_ms: float
    first_visit: float
    reload: float
    filter_change: float
    resident_mb: float


def main() -> None:
    """Make the rows, serve, measure, print."""
    campaigns, days = (int(number) for number in (*sys.argv[1:], CAMPAIGNS, DAYS)[:2])
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        arguments = ("init", "--admin-email", ADMIN_EMAIL, "--password-stdin")
        manage(home, *arguments, stdin=PASSWORD + "\n")
        rows = publish(home / "lake", campaigns, days)
        with serving(home, RUN_WORKER="false") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=CHROMIUM_OPTIONS
            )
            figures = measure(server, browser)
            browser.close()
    report(rows, figures)


def measure(server: Server, browser: Browser) -> Figures:
    """First visit in a fresh browser, reload, and changes of the period."""
    address = f"{server.address}/campaigns"
    page = signed_in(browser, server.address)
    waited(page, lambda: page.goto(address))  # the server's own first time is not the page's
    state = page.context.storage_state()
    firsts, reloads = [], []
    for _ in range(TRIES):
        context = browser.new_context(storage_state=state)
        visitor = context.new_page()
        firsts.append(waited(visitor, lambda: visitor.goto(address)))  # noqa: B023
        reloads.append(waited(visitor, visitor.reload))
        context.close()
    changes = [changed(page, "90d" if turn % 2 else "7d") for turn in range(2 * TRIES)]
    return Figures(
        rerun_cpu_ms=rerun_cpu(page, server.pid),
        first_visit=median(firsts),
        reload=median(reloads),
        filter_change=median(changes),
        resident_mb=resident_mb(server.pid),
    )


def signed_in(browser: Browser, address: str) -> Page:
    """A page of a browser that has signed in."""
    page = browser.new_page()
    sign_in(page, address, Login(ADMIN_EMAIL))
    return page


def waited(page: Page, act: Callable[[], object]) -> float:
    """Seconds from an act until the page's cards, chart and table stand."""
    started = time.perf_counter()
    act()
    page.wait_for_function(_READY, timeout=60_000)
    return time.perf_counter() - started


def changed(page: Page, period: str) -> float:
    """Seconds from a click on a period until the days' line and the chart show other days."""
    before = page.evaluate(_SHOWN)
    started = time.perf_counter()
    page.get_by_role("radio", name=period, exact=True).click()
    page.wait_for_function(f"before => {{ {_CHANGED} }}", arg=before)
    return time.perf_counter() - started


def rerun_cpu(page: Page, pid: int) -> float:
    """Milliseconds of CPU that one rerun with kept figures costs the server."""
    changed(page, "28d")
    changed(page, "90d")
    before = cpu_seconds(pid)
    for turn in range(RERUNS):
        changed(page, "90d" if turn % 2 else "28d")
    return (cpu_seconds(pid) - before) / RERUNS * 1000


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def report(rows: int, figures: Figures) -> None:
    """Print the table, each figure beside what is wanted."""
    print(f"Campaigns page at {rows:,} fact rows")
    for name, value, wanted in (
        ("CPU a rerun, ms", figures.rerun_cpu_ms, 35),
        ("first visit, s", figures.first_visit, 2.0),
        ("reload, s", figures.reload, 0.8),
        ("filter change, s", figures.filter_change, 0.35),
        ("server RSS, MB", figures.resident_mb, 450),
    ):
        print(f"| {name:<18} | {value:8.2f} | ≤ {wanted:<5} |")


if __name__ == "__main__":
    main()
