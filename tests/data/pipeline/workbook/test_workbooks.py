"""Workbooks as platforms export them are read like their CSV, one sheet, within limits."""

from decimal import Decimal
from typing import Any

import pytest

from core.imports.choices import Choices
from data.pipeline.faults import FileEmpty, FileFault, LineTooLong
from data.pipeline.peeking import peek
from data.pipeline.workbook import faults
from tests.data.pipeline.workbook.books import book, number, rows, text
from tests.data.reports import Desk

DAY = "45717"  # 2025-03-01
HEADER = [text(name) for name in ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks")]
GOOGLE = rows(
    [text("Campaign report")],
    [text("March 1, 2025 - March 2, 2025")],
    HEADER,
    [number(DAY, 1), text("Total Wine"), text("EUR"), number("1103.1500000000001"),
     number("1.103153E6"), number("517")],
    [number("45718", 2), text("Brand"), text("EUR"), number("0.4"), number("88"), text(" --")],
    [text("Total: Account"), text(" --"), text("EUR"), number("1103.55"), number("1103241"),
     number("517")],
)  # fmt: skip
MIXED = rows(HEADER, [number(DAY, 1), text("A"), text("EUR"), number("1"), number("1")])


@pytest.fixture
def desk(tmp_path: Any) -> Desk:
    return Desk(tmp_path)


def refused(desk: Desk, content: bytes, fault: type[FileFault], **options: Any) -> dict[str, Any]:
    with pytest.raises(fault) as raised:
        desk.take(desk.bytes("book.xlsx", content), **options)
    assert not desk.lake.generation()
    return raised.value.data


def one_row(cell: str, sheet: str = "Report", **options: Any) -> bytes:
    line = [number(DAY, 1), text("Brand"), text("EUR"), cell, number("10"), number("1")]
    return book({sheet: rows(HEADER, line)}, **options)


def test_a_google_workbook_is_read_as_its_csv_would_be(desk: Desk) -> None:
    (report,) = desk.take(desk.bytes("book.xlsx", book({"Report": GOOGLE})))
    assert ("google_ui", 2, 2, 1) == (
        report.source, report.rows_read, report.kept, report.totals_left_out,
    )  # fmt: skip
    assert Decimal("1103.55") == report.totals.spend  # type: ignore[union-attr]
    assert 1103241 == report.totals.impressions  # type: ignore[union-attr]


def test_the_same_rows_as_csv_are_duplicates_of_the_workbooks(desk: Desk) -> None:
    line = [number(DAY, 2), text("Brand"), text("EUR"), number("12.5"), number("10"), number("1")]
    desk.take(desk.bytes("book.xlsx", book({"Report": rows(HEADER, line)})))
    csv = b"Day,Campaign,Currency code,Cost,Impr.,Clicks\n2025-03-01,Brand,EUR,12.50,10,1\n"
    (report,) = desk.take(desk.bytes("report.csv", csv))
    assert (1, 1) == (report.rows_read, report.duplicate)


def test_shared_texts_and_blank_cells_keep_their_columns(desk: Desk) -> None:
    names = ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Big ", "Boots")
    shared = "".join(f"<si><r><t>{name}</t></r></si>" for name in names)
    xml = rows(
        [f'<c r="{chr(65 + at)}1" t="s"><v>{at}</v></c>' for at in range(6)],
        [f'<c r="A2" s="1"><v>{DAY}</v></c>', '<c r="B2" t="s"><v>7</v></c>',
         '<c r="D2"><v>3.25</v></c>', '<c r="F2"><v>4</v></c>'],
    )  # fmt: skip
    parts = {"xl/sharedStrings.xml": f"<sst>{shared}</sst>"}
    (report,) = desk.take(desk.bytes("book.xlsx", book({"Report": xml}, parts=parts)))
    assert (1, Decimal("3.25"), 4) == (
        report.kept, report.totals.spend, report.totals.clicks,  # type: ignore[union-attr]
    )  # fmt: skip


def test_days_of_workbooks_that_count_from_1904(desk: Desk) -> None:
    later = GOOGLE.replace("<v>45717</v>", "<v>44255</v>").replace("<v>45718</v>", "<v>44256</v>")
    content = book({"Report": later}, properties='<workbookPr date1904="1"/>')
    desk.take(desk.bytes("old.xlsx", content))
    (report,) = desk.take(desk.bytes("new.xlsx", book({"Report": GOOGLE})))
    assert report.rows_read == report.duplicate


def test_the_only_sheet_with_a_known_header_is_read_and_named(desk: Desk) -> None:
    notes = rows([text("How to read this")], [text("by day"), text("in euro")])
    content = book({"Notes": notes, "Data": GOOGLE, "Old": GOOGLE}, hidden=["Old"])
    (report,) = desk.take(desk.bytes("book.xlsx", content))
    assert ("Data", 2) == (report.sheet, report.kept)


def test_of_several_sheets_one_is_asked_for(desk: Desk) -> None:
    content = book({"March": GOOGLE, "April": MIXED})
    assert "March, April" == refused(desk, content, faults.SeveralSheets)["sheets"]
    seen = peek(desk.folder / "book.xlsx", "book.xlsx", {})
    assert seen is not None
    assert ("March", "April") == seen.sheets
    asked = Choices(sheets={"book.xlsx": "March"})
    (report,) = desk.take(desk.folder / "book.xlsx", choices=asked)
    assert ("March", 2) == (report.sheet, report.kept)


def test_a_sheet_that_is_not_there_is_named(desk: Desk) -> None:
    asked = Choices(sheets={"book.xlsx": "May"})
    data = refused(desk, book({"March": GOOGLE}), faults.SheetMissing, choices=asked)
    assert ("May", "March") == (data["sheet"], data["sheets"])


def test_a_formula_counts_as_the_value_stored_with_it(desk: Desk) -> None:
    content = one_row("<c><f>1+1</f><v>7.5</v></c>")
    (report,) = desk.take(desk.bytes("book.xlsx", content))
    assert Decimal("7.5") == report.totals.spend  # type: ignore[union-attr]


def test_a_formula_without_a_value_is_never_worked_out(desk: Desk) -> None:
    content = one_row('<c r="D2"><f>WEBSERVICE("http://example.org")</f></c>')
    assert "D2" == refused(desk, content, faults.FormulaWithoutValue)["cell"]


def test_an_id_that_lost_its_last_digits_is_refused(desk: Desk) -> None:
    refused(desk, one_row(number("2.38431234567890E+16")), faults.NumberTooLong)


def test_a_bomb_is_stopped_by_what_it_unpacks_to(desk: Desk) -> None:
    blank = "<row></row>" * 500_000
    bomb = book({"Report": f"<worksheet><sheetData>{blank}</sheetData></worksheet>"})
    assert len(bomb) < 50_000
    refused(desk, bomb, faults.WorkbookTooLarge, max_bytes=1_000_000)


def test_far_columns_cannot_blow_the_table_up(desk: Desk) -> None:
    far = "".join(f'<row><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 200))
    content = book({"Report": f"<worksheet><sheetData>{far}</sheetData></worksheet>"})
    refused(desk, content, faults.WorkbookTooLarge, max_bytes=1_000_000)


def test_entities_are_refused(desk: Desk) -> None:
    evil = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + GOOGLE
    refused(desk, book({"Report": evil}), faults.WorkbookDamaged)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (book({"Report": GOOGLE})[:-40], faults.WorkbookDamaged),
        (book({"Report": GOOGLE[:300]}), faults.WorkbookDamaged),
        (one_row('<c t="s"><v>99</v></c>'), faults.WorkbookDamaged),
        (one_row('<c r="AAAA2"><v>9</v></c>'), faults.WorkbookDamaged),
        (one_row(number("nine")), faults.WorkbookDamaged),
        (one_row(number("1e400")), faults.NumberTooLong),
        (book({}), FileEmpty),
        (book({"Report": rows()}), FileEmpty),
        (one_row(text("x" * 100_000)), LineTooLong),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_whole(
    desk: Desk, content: bytes, fault: type[FileFault]
) -> None:
    refused(desk, content, fault)


def test_month_words_become_days(desk: Desk) -> None:
    french = "Jour;Campagne;Code de devise;Coût;Impressions;Clics\n"
    french += "5 févr. 2026;Été;EUR;1,50;10;1\n1er août 2026;Été;EUR;2,00;10;1\n"
    english = "Day,Campaign,Currency code,Cost,Impr.,Clicks\n"
    english += '"Feb 5, 2026",Été,EUR,1.50,10,1\n"Aug 1, 2026",Été,EUR,2.00,10,1\n'
    english += '"Foo 1, 2026",Été,EUR,2.00,10,1\n'
    desk.take(desk.bytes("fr.csv", french.encode()))
    (report,) = desk.take(desk.bytes("en.csv", english.encode()))
    assert (3, 2, {"unreadable_date": 1}) == (report.rows_read, report.duplicate, report.reasons)
