"""Loading and removing the sample world in tests."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select

from core.db import Base, reading
from data.lake import Lake
from data.sample.load import load_sample
from data.sample.remove import remove_sample

KEY = b"k" * 32
UNTIL = date(2026, 11, 23)
SEED = 7


class Steps:
    """A progress callback that remembers what it was told."""

    def __init__(self) -> None:
        self.shares: list[float] = []

    def __call__(self, share: float, step: str) -> None:
        self.shares.append(share)


def load(engine: Engine, lake: Lake, *, until: date = UNTIL, progress=None) -> dict[str, int]:
    """Load a world, as the job does."""
    return load_sample(
        engine,
        lake,
        quarantine_dir=lake.folder.parent / "quarantine",
        pseudonym_key=KEY,
        progress=progress or Steps(),
        seed=SEED,
        until=until,
    )


def remove(engine: Engine, lake: Lake) -> dict[str, int]:
    """Remove the world, as the job does."""
    return remove_sample(engine, lake, pseudonym_key=KEY, progress=Steps())


def record_counts(engine: Engine) -> dict[str, int]:
    """Rows of every table of the records but the audit trail, which only ever grows."""
    with reading(engine) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name != "audit"
        }


def write_own_ads(folder: Path) -> Path:
    """A report of the person's own: one campaign, three days."""
    path = folder / "own.csv"
    lines = [
        "date_day,platform,account_id,account_name,campaign_id,campaign_name,currency,"
        "impressions,clicks,spend,conversions,conversions_value"
    ]
    lines += [
        f"2026-11-{day},google_ads,42,Own,7,Own campaign,EUR,1000,50,20.50,2,80.00"
        for day in (10, 11, 12)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path
