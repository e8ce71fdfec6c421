"""What stands in a file besides its rows, and files that only look like reports."""

import codecs

import pytest

from data.pipeline import faults
from data.pipeline.faults import FileFault
from tests.data.reports import Desk, read, row

HEADER = ",".join(row())
LINE = ",".join(str(value) for value in row().values())
BAD_LINE = ",".join(str(value) for value in row(campaign_id="101", spend="ten").values())
REPORT = f"{HEADER}\n{LINE}\n{BAD_LINE}\n"

ABOVE = {
    "blank lines": "\n \r\n\t\n",
    "Excel's line for the delimiter": "sep=,\r\n",
    "the same, quoted": '"sep=,"\n',
    "a blank line and Excel's": "\nSEP=,\n",
    "a second mark": "\ufeff",
    "a second mark and blank lines": "\ufeff\ufeff\n\n",
    "control characters": "\x07\x1b",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("above", ["", *ABOVE.values()], ids=["nothing", *ABOVE])
def test_what_stands_above_the_header_is_no_row(desk: Desk, above: str, encoding: str) -> None:
    report = desk.take(desk.bytes("report.csv", (above + REPORT).encode(encoding)))[0]
    assert (2, 1, {"not_a_number": 1}) == (report.rows_read, report.kept, report.reasons)
    assert report.quarantine_path is not None
    assert ["3"] == [refused["_row"] for refused in read(report.quarantine_path)]


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_nor_is_it_in_a_file_with_malformed_rows(desk: Desk, above: str) -> None:
    text = f"{above}{HEADER}\n{LINE}\nshort,row\n"
    report = desk.take(desk.bytes("report.csv", text.encode()))[0]
    assert (2, 1, {"row_broken": 1}) == (report.rows_read, report.kept, report.reasons)
    assert report.quarantine_path is not None
    assert ["3"] == [refused["_row"] for refused in read(report.quarantine_path)]


def test_excel_s_line_may_name_another_delimiter(desk: Desk) -> None:
    text = "sep=;\n" + REPORT.replace(",", ";")
    assert 1 == desk.take(desk.bytes("report.csv", text.encode()))[0].kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_control_characters_are_dropped(desk: Desk, encoding: str) -> None:
    text = REPORT.replace("Winter", "\x07W\x1bin\x1fter\ufffe\uffff\x0b ñ\x85")
    assert 1 == desk.take(desk.bytes("report.csv", text.encode(encoding)))[0].kept
    assert [("Winter ñ\x85",)] == desk.warehouse.rows("SELECT campaign_name FROM dim_campaign")


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "UTF-32"])
def test_a_zero_is_refused_in_every_encoding(desk: Desk, encoding: str) -> None:
    padding = f"{LINE}\n" * 2000
    text = f"{HEADER}\n{padding}{LINE}\0\n"
    with pytest.raises(faults.BrokenEncoding) as refused:
        desk.take(desk.bytes("report.csv", text.encode(encoding)))
    data = {"file": "report.csv", "row": 2002, "encoding": encoding}
    assert data == refused.value.data


def test_utf_32_without_its_mark_is_no_text(desk: Desk) -> None:
    content = REPORT.encode("utf-32").removeprefix(codecs.BOM_UTF32)
    with pytest.raises(faults.NotText):
        desk.take(desk.bytes("report.csv", content))


LONG: dict[str, tuple[str, int]] = {
    "a header of 70 KB": (",".join(f"a long column {at}" for at in range(4000)), 1),
    "one line of 50 MB": ("x" * 50_000_000, 1),
    "a last row of 50 MB": (f"{HEADER}\n{LINE}\n" + LINE.replace("Winter", "x" * 50_000_000), 3),
    "a first row of 50 MB": (f"{HEADER}\n" + LINE.replace("Winter", "x" * 50_000_000) + "\n", 2),
}


@pytest.mark.parametrize("case", LONG)
def test_a_line_that_is_far_too_long_is_named(desk: Desk, case: str) -> None:
    text, at = LONG[case]
    with pytest.raises(FileFault) as refused:
        desk.take(desk.bytes("report.csv", text.encode()))
    assert ("line_too_long", at) == (refused.value.code, refused.value.data["row"])
    assert 0 == desk.lake.generation()


def test_a_text_of_megabytes_is_a_malformed_row_and_no_open_quotation_mark(desk: Desk) -> None:
    report = desk.rows(row(), row(campaign_name="x" * 2_500_000))
    assert (2, 1, {"row_broken": 1}) == (report.rows_read, report.kept, report.reasons)
