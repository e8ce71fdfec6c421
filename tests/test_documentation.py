"""Pages of the documentation that list things list all of them."""

import re
from pathlib import Path

from core.settings import Settings
from data.pipeline.sources import SOURCES
from data.warehouse.tables import tables

DOCS = Path(__file__).parents[1] / "docs"


def rows(page: str) -> list[list[str]]:
    lines = (DOCS / page).read_text().splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]


def test_the_warehouse_page_lists_every_table_with_its_grain() -> None:
    documented = {row[0].strip("`"): row[2] for row in rows("reference/warehouse.md")[2:]}
    assert documented == {table.name: ", ".join(table.grain) for table in tables()}


def test_the_import_page_lists_every_kind_of_file() -> None:
    assert len(rows("how-to/import-ads.md")[2:]) == len(SOURCES)


def test_the_readme_lists_every_setting() -> None:
    readme = (DOCS.parent / "README.md").read_text()
    documented = set(re.findall(r"`([A-Z_]{3,})`", readme))
    assert {name.upper() for name in Settings.model_fields} <= documented


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []
