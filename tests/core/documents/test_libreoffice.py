"""Documents as an office program opens them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.documents.docx import render
from core.documents.drafts import Draft
from core.documents.office import Office
from core.documents.types import DOCUMENT_TYPES
from tests.conftest import missing
from tests.core.documents.made import TEMPLATES, campaign, draft, example, measures, report_figures

pytestmark = pytest.mark.libreoffice
BEFORE = measures("1000", "4000", 52)


def pages_of(made: Draft, folder: Path) -> list[str]:
    """The text of each page, laid out as on paper."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        missing("LibreOffice")
    file = folder / "report.docx"
    file.write_bytes(render(made.model))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "report.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    return text.split("\f")[:-1]


@pytest.mark.parametrize(("code", "page"), [("en", "Page 1 / "), ("es", "Página 1 / ")])
def test_the_summary_is_one_page_and_its_sources(code: str, page: str, tmp_path: Path) -> None:
    made = draft(report_figures(previous=BEFORE), slug="campaign-summary", code=code)
    first, second, *_ = pages_of(made, tmp_path)
    assert page in first
    assert made.model.sections[-1].title in second
    assert "Brand" in first


def test_the_chart_is_drawn_with_its_legend_and_axis(tmp_path: Path) -> None:
    first = pages_of(draft(report_figures(previous=BEFORE)), tmp_path)[0]
    assert "€250" in first
    assert "Sep 9" in first


def test_a_table_over_pages_repeats_its_header(tmp_path: Path) -> None:
    many = tuple(campaign(n, f"Campaign {n}", measures("10", "20")) for n in range(200))
    pages = pages_of(draft(report_figures(campaigns=many)), tmp_path)
    with_rows = [page for page in pages if page.count("Google Ads") > 5]
    assert len(with_rows) > 3
    assert all("Platform" in page and "ROAS" in page for page in with_rows)


def test_every_word_file_opens_and_its_contents_name_the_right_pages(tmp_path: Path) -> None:
    """All of them in one call, for starting the program is what takes time."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        missing("LibreOffice")
    files = [_written(slug, code, tmp_path) for slug in WORD for code in ("en", "es")]
    office = Office(seconds=240)
    office.convert(files, tmp_path)
    office.close()
    for file in files:
        pages = _text(file.with_suffix(".pdf"))
        assert all(page.strip() for page in pages)
        _check_contents(pages)


def _written(slug: str, code: str, folder: Path) -> Path:
    file = folder / f"{slug}-{code}.docx"
    file.write_bytes(render(example(slug, code)[0].model))
    return file


def _text(file: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return told.split("\f")[:-1]


def _check_contents(pages: list[str]) -> None:
    """Where there is a table of contents, each title stands on the page that it names."""
    for title, number in re.findall(r"^\s*(\S.*?)\.{5,}\s*(\d+)$", "\n".join(pages[:2]), re.M):
        assert title in pages[int(number) - 1]


WORD = [
    slug for slug, one in TEMPLATES.items() if "docx" in DOCUMENT_TYPES[one.document_type].formats
]
