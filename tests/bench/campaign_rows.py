"""What a rerun costs at 10,000,000 fact rows against one at 1,000,000, with no figure kept.

`python -m tests.bench.campaign_rows [campaigns…]` makes 1,000 days of 1,000 and of 10,000
campaigns, runs the pages by AppTest as an administrator, and prints the processor time of a run
in which every figure is read anew, beside one in which all are kept. Take an idle machine.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import queries
from core import db
from core.accounts.access import Principal, Role
from core.migrations import schema
from core.settings import Settings
from tests.bench import campaign_lake
from tests.pages.installation import Installation

SIZES = (1_000, 10_000)
DAYS = 1_000
RUNS = 7
ONE = str(1000003 * 500)
VIEWS = {
    "Campaigns, as it opens": ("campaigns", {}),
    "Campaigns, twelve months": ("campaigns", {"period": "12m"}),
    "Campaigns, against last year": ("campaigns", {"against": "Last year"}),
    "Campaigns, a platform and a type": ("campaigns", {"platform": "Google Ads", "type": "Search"}),
    "Campaigns, by day of week": ("campaigns", {"by": "Day of week"}),
    "Campaigns, by campaign": ("campaigns", {"by": "Campaign"}),
    "Campaigns, by campaign, twelve months": ("campaigns", {"by": "Campaign", "period": "12m"}),
    "Campaigns, filtered to one": ("campaigns", {"campaign": "Campaign 500"}),
    "One campaign's page": ("campaign", {"campaign": ONE}),
    "One campaign's page, twelve months": ("campaign", {"campaign": ONE, "period": "12m"}),
}


def main() -> None:
    """Make the rows, measure each size, print them side by side."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    measured = [_measured(campaigns) for campaigns in sizes]
    print(f"\n{'processor a rerun, ms':<38}" + "".join(f"{n * DAYS:>14,}" for n in sizes))
    print("read anew, and kept; how many times as much the last is as the first")
    for name in VIEWS:
        figures = [one[name] for one in measured]
        told = "".join(f"{anew:8.0f} {kept:5.0f}" for anew, kept in figures)
        times = [figures[-1][which] / figures[0][which] for which in (0, 1)]
        print(f"{name:<38}{told}   × {times[0]:.2f} and {times[1]:.2f}")


def _measured(campaigns: int) -> dict[str, tuple[float, float]]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settings = Settings(_env_file=None, app_home=Path(folder))
        engine = db.connect(settings.records_url)
        schema.upgrade(engine)
        at = Installation(patch, engine, settings)
        _timed("published", lambda: campaign_lake.publish(settings.lake_dir, campaigns, DAYS))
        _timed(
            "one year renewed", lambda: campaign_lake.publish_again(settings.lake_dir, campaigns)
        )
        who = at.enter(Role.ADMIN)
        return {name: _rerun(page, query, who) for name, (page, query) in VIEWS.items()}


def _timed(what: str, act: Callable[[], object]) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    act()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    print(f"{what}: {seconds:.1f} s, {cpu:.1f} s of processor")


def _rerun(page: str, query: dict[str, str], who: Principal) -> tuple[float, float]:
    """Milliseconds of a run that reads every figure anew, and of one in which all are kept."""
    test = AppTest.from_function(_page, default_timeout=120, args=(page,))
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception, test.exception[0].value
    anew = [_cpu(test, forgetting=who) for _ in range(RUNS)]
    return median(anew), median(_cpu(test) for _ in range(RUNS))


def _cpu(test: AppTest, forgetting: Principal | None = None) -> float:
    """Milliseconds of one run; what there is to filter by is read once a generation."""
    if forgetting:
        st.cache_data.clear()
        queries.campaign_choices(forgetting, queries.generation())
    start = time.process_time()
    test.run()
    return 1000 * (time.process_time() - start)


def _page(name: str) -> None:
    import pages

    next(one for one in pages.PAGES if one.url_path == name).show()


if __name__ == "__main__":
    main()
