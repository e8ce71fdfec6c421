"""How fast a million generated rows of the unified ad report are imported.

`python -m tests.bench.import_ads [rows]` prints rows a second for a first import (all rows
kept) and a second one (all duplicates), each until its generation is published.
"""

import resource
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from core import clock
from data.lake import Lake
from data.pipeline.ads import import_ads

ROWS = 1_000_000
CAMPAIGNS, AD_GROUPS = 200, 10
HEADER = (
    "source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,"
    "ad_group_id,ad_group_name,currency,clicks,impressions,spend,conversions,conversions_value"
)


def generate(path: Path, rows: int, seed: int) -> None:
    """Write a report of ``rows`` rows, all with keys of their own."""
    random, first_day = Random(seed), date(2023, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        for at in range(rows):
            day, cell = divmod(at, CAMPAIGNS * AD_GROUPS)
            campaign, group = divmod(cell, AD_GROUPS)
            impressions = random.randrange(5_000)
            clicks = impressions // 50
            file.write(
                f"ads,{first_day + timedelta(day)},google_ads,acc-{campaign % 7},Shop,{campaign},"
                f"Campaign {campaign},{group},Group {group},USD,{clicks},{impressions},"
                f"{clicks * 0.37:.2f},{clicks * 0.03:.4f},{clicks * 0.9:.2f}\n"
            )


def measure(lake: Lake, file: Path, folder: Path) -> None:
    """Import once and print what it took."""
    begun, worked = perf_counter(), process_time()
    report = import_ads(
        lake,
        [file],
        quarantine_dir=folder / "quarantine",
        progress=lambda _share, _step: None,
        now=clock.now(),
    )[0]
    seconds, cpu = perf_counter() - begun, process_time() - worked
    print(
        f"{report.rows_read:,} rows: {report.kept:,} kept, {report.duplicate:,} duplicate, "
        f"{seconds:.2f} s ({cpu:.2f} s CPU), {report.rows_read / seconds:,.0f} rows/s"
    )


def main() -> None:
    """Generate, import twice, and print the peak of memory."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "report.csv"
        generate(file, rows, seed=1)
        lake = Lake(home / "lake")
        for _ in range(2):
            measure(lake, file, home)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak:,} MB")


if __name__ == "__main__":
    main()
