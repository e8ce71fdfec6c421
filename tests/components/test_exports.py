import csv
import io
from datetime import date, timedelta

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from components import campaign_export, exports
from components.exports import Export, Sheet
from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.schemas import (
    Breakdown,
    CampaignPage,
    Dimension,
    Overview,
    Point,
    Slice,
    View,
)
from core.i18n import language

EN = language("en")
HEAD = [("Period", "16 Nov – 22 Nov"), ("Data", "Data through 22 Nov 2026")]
SPAN = Span(date(2026, 11, 16), date(2026, 11, 22))


def read(export: Export) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exports.text(export).decode("utf-8-sig"))))


def of_campaigns(name: str = "Brand") -> Export:
    figures = Totals(impressions=1000, clicks=50, spend=100.5)
    cut = Breakdown(Dimension.CAMPAIGN, (Slice(1, name, figures, None, ()),), 1, True)
    points = (Point(Span(SPAN.start, SPAN.start), figures, None),)
    points += (Point(Span(SPAN.start + timedelta(days=1), SPAN.end), None, None),)
    overview = Overview(View(SPAN, "USD"), figures, figures, points, shows_sample=False)
    page = CampaignPage(overview, overview, (cut,), ())
    return Export(HEAD, campaign_export.sheets(page, EN))


def test_the_first_lines_of_a_csv_are_the_filters_and_the_date_of_the_data() -> None:
    lines = read(of_campaigns())
    assert lines[:3] == [["Period", "16 Nov – 22 Nov"], ["Data", "Data through 22 Nov 2026"], []]
    assert lines[3][:3] == ["Campaign", "Revenue (USD)", "Spend (USD)"]


def test_numbers_stay_numbers_and_what_is_undefined_stays_empty() -> None:
    row = dict(zip(*read(of_campaigns())[3:5], strict=True))
    found = [row[f"{name}"] for name in ("Spend (USD)", "CTR (share of 1)", "ROAS (×)")]
    assert ["100.5", "0.05", ""] == found


def test_a_name_that_looks_like_a_formula_is_harmless_in_csv() -> None:
    assert read(of_campaigns('=HYPERLINK("http://x")'))[4][0] == '\'=HYPERLINK("http://x")'


@given(st.text())
def test_no_text_of_a_csv_starts_a_formula(name: str) -> None:
    written = exports.text(Export([], [Sheet("x", [[name, 1.0]])])).decode("utf-8-sig")
    (cell, _) = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_workbook_has_a_sheet_for_each_table_with_the_head_above_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(of_campaigns())))
    assert book.sheetnames == ["Campaign", "KPIs", "Over time", "Funnel"]
    assert [book[name]["A1"].value for name in book.sheetnames] == ["Period"] * 4
    assert book["KPIs"]["A5"].value == "This period"
    assert book["Over time"].max_row == len(HEAD) + 1 + 3


def test_a_formula_in_a_name_is_a_plain_string_in_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(of_campaigns("=1+1"))))
    cell = book["Campaign"]["A5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
