"""How fast exports that people download are imported: titles, marks, thousands, two languages.

`python -m tests.bench.import_exports [rows]` prints rows a second of a first import of each kind
until its generation is published, each into a lake of its own.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from data.lake import Lake
from tests.bench.import_ads import measure

ROWS = 500_000
CAMPAIGNS = 2_000
FIRST_DAY = date(2023, 1, 1)

Lines = Callable[[int], Iterator[str]]


def _cells(rows: int) -> Iterator[tuple[date, int, int, int]]:
    for at in range(rows):
        day, campaign = divmod(at, CAMPAIGNS)
        yield FIRST_DAY + timedelta(day), campaign, 1_000 + at % 5_000, 20 + at % 100


def google(rows: int) -> Iterator[str]:
    """Google's file for spreadsheets: tabs, thousands, a total at the end."""
    yield "Campaign report"
    yield "January 1, 2023 - December 31, 2025"
    yield "Day\tCampaign\tCurrency code\tCost\tImpr.\tClicks\tCTR\tConversions\tConv. value"
    for day, campaign, shown, clicks in _cells(rows):
        cost = f'"{clicks * 61.37:,.2f}"'
        yield (f'{day}\tCampaign {campaign}\tEUR\t{cost}\t"{shown:,}"\t{clicks}\t1.49%\t0.33\t --')
    yield "Total: Campaigns\t --\tEUR\t1\t1\t1\t1.00%\t1\t --"


def german(rows: int) -> Iterator[str]:
    """Google's file in German: semicolons, decimal commas, dates with dots."""
    yield "Tag;Kampagne;Währungscode;Kosten;Impr.;Klicks;CTR;Conversions"
    for day, campaign, shown, clicks in _cells(rows):
        cost = f"{clicks * 61.37:,.2f}".translate(str.maketrans(",.", ".,"))
        yield f"{day:%d.%m.%Y};Kampagne {campaign};EUR;{cost};{shown};{clicks};1,49 %;0,33"


def meta(rows: int) -> Iterator[str]:
    """Meta's file with its currency in the heading and its total first."""
    yield (
        "Reporting starts,Reporting ends,Campaign name,Impressions,Link clicks,"
        "Amount spent (EUR),Purchases,Purchases conversion value"
    )
    yield "2023-01-01,2025-12-31,,1,1,1,1,1"
    for day, campaign, shown, clicks in _cells(rows):
        yield f"{day},{day},Campaign {campaign},{shown},{clicks},{clicks * 0.37:.2f},1,9.50"


def creatives(rows: int) -> Iterator[str]:
    """A file by advertisement whose campaigns it names by platform and account."""
    yield (
        "date,platform,account_id,campaign_id,creative_id,creative_name,impressions,clicks,"
        "spend,conversions,conversions_value"
    )
    for day, creative, shown, clicks in _cells(rows):
        head = f"{day},google_ads,7,{creative // 4},{creative},Creative {creative}"
        yield f"{head},{shown},{clicks},{clicks * 0.37:.2f},1,9.50"


KINDS: dict[str, tuple[Lines, str]] = {
    "google, UTF-16": (google, "utf-16"),
    "google in German": (german, "utf-8"),
    "meta": (meta, "utf-8-sig"),
    "creatives": (creatives, "utf-8"),
}


def main() -> None:
    """Generate each kind and import it."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for name, (lines, encoding) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export.csv"
            with file.open("w", encoding=encoding) as export:
                export.writelines(f"{line}\n" for line in lines(rows))
            print(name, end=": ")
            measure(Lake(Path(folder) / "lake"), file, Path(folder))


if __name__ == "__main__":
    main()
