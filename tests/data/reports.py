"""Small ad reports for tests, and the import of them."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.lake import Lake
from data.pipeline.ads import import_ads
from data.pipeline.report import FileReport
from data.warehouse.reader import Warehouse

NOW = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "ads" / "fivetran"

Row = dict[str, Any]


def row(**changes: Any) -> Row:
    """A sound row of the unified report, with some values changed."""
    return {
        "source_relation": "ads",
        "date_day": "2025-01-15",
        "platform": "google_ads",
        "account_id": "7",
        "account_name": "Shop",
        "campaign_id": "100",
        "campaign_name": "Winter",
        "clicks": 10,
        "impressions": 1000,
        "spend": "12.50",
        "conversions": "1.5",
        "conversions_value": "40",
        **changes,
    }


def write(path: Path, rows: Sequence[Row], delimiter: str = ",") -> Path:
    """Write rows as CSV; the first one's keys are the header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Desk:
    """A lake in a folder of its own, and someone who imports into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lake = Lake(folder / "lake")
        self.warehouse = Warehouse(self.lake.folder)

    def file(self, name: str, rows: Sequence[Row], delimiter: str = ",") -> Path:
        """A CSV file on the desk."""
        return write(self.folder / name, rows, delimiter)

    def bytes(self, name: str, content: bytes) -> Path:
        """A file of exactly these bytes."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def take(self, *files: Path, **options: Any) -> list[FileReport]:
        """Import files in one call."""
        return import_ads(
            self.lake,
            files,
            quarantine_dir=self.folder / "quarantine",
            progress=lambda _share, _step: None,
            **{"now": NOW, **options},
        )

    def rows(self, *rows: Row) -> FileReport:
        """Import these rows as one file."""
        return self.take(self.file("report.csv", rows))[0]
