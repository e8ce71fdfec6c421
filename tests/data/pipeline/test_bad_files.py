"""A file that cannot be imported is refused whole, in a sentence that says what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.i18n import language
from data.pipeline import faults
from data.pipeline.faults import FileFault
from data.pipeline.workbook.faults import WorkbookDamaged
from tests.data.reports import Desk, row

HEADER = ",".join(row())
LINE = ",".join(str(value) for value in row().values())


def dated(desk: Desk, *days: str) -> Path:
    return desk.file(
        "dates.csv", [row(date_day=day, campaign_id=at) for at, day in enumerate(days)]
    )


def without(desk: Desk, *columns: str) -> Path:
    rows = [{name: value for name, value in row().items() if name not in columns}]
    return desk.file("columns.csv", rows)


def sparse(desk: Desk) -> Path:
    path = desk.bytes("huge.csv", b"")
    with path.open("wb") as file:
        file.truncate(2 << 30)
    return path


BAD: dict[str, tuple[Callable[[Desk], Path], type[FileFault], dict[str, object]]] = {
    "a picture": (
        lambda desk: desk.bytes("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        faults.NotText,
        {"kind": "PNG"},
    ),
    "half a workbook": (
        lambda desk: desk.bytes("book.xlsx", b"PK\x03\x04\x14\x00"),
        WorkbookDamaged,
        {"file": "book.xlsx"},
    ),
    "an old workbook, or one with a password": (
        lambda desk: desk.bytes("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1"),
        faults.NotText,
        {"kind": "Excel (XLS)"},
    ),
    "binary data": (
        lambda desk: desk.bytes("data.csv", b"a,b\n1,\x00\x01\x02\xff"),
        faults.NotText,
        {},
    ),
    "no file": (lambda desk: desk.folder / "nothing.csv", faults.FileMissing, {}),
    "a folder": (lambda desk: desk.folder, faults.FileMissing, {}),
    "an empty file": (lambda desk: desk.bytes("empty.csv", b""), faults.FileEmpty, {}),
    "blank lines": (lambda desk: desk.bytes("blank.csv", b"\n \n\r\n"), faults.FileEmpty, {}),
    "a mark only": (lambda desk: desk.bytes("mark.csv", b"\xef\xbb\xbf"), faults.FileEmpty, {}),
    "a header only": (
        lambda desk: desk.bytes("header.csv", f"{HEADER}\n".encode()),
        faults.NoRows,
        {},
    ),
    "a header and blank lines": (
        lambda desk: desk.bytes("header.csv", f"{HEADER}\n\n\n".encode()),
        faults.NoRows,
        {},
    ),
    "two gigabytes": (sparse, faults.FileTooLarge, {"size": 2147, "limit": 1000}),
    "Latin-1": (
        lambda desk: desk.bytes("latin.csv", f"{HEADER}\n{LINE}\nCampa\xf1a".encode("latin-1")),
        faults.BrokenEncoding,
        {"row": 3, "encoding": "UTF-8"},
    ),
    "broken UTF-16": (
        lambda desk: desk.bytes("wide.csv", f"{HEADER}\n{LINE}".encode("utf-16")[:-1]),
        faults.BrokenEncoding,
        {"encoding": "UTF-16"},
    ),
    "an open quotation mark": (
        lambda desk: desk.bytes("quote.csv", f'{HEADER}\n{LINE}\n"{LINE}\n{LINE}\n'.encode()),
        faults.BrokenQuotes,
        {"row": 3},
    ),
    "missing columns": (
        lambda desk: without(desk, "spend", "campaign_id"),
        faults.MissingColumns,
        {"missing": "campaign_id, spend"},
    ),
    "a column twice": (
        lambda desk: desk.bytes("twice.csv", f"{HEADER},Spend\n{LINE},1\n".encode()),
        faults.DuplicateColumn,
        {"column": "spend"},
    ),
    "another report": (
        lambda desk: desk.bytes("people.csv", b"name,age\nAnn,3\n"),
        faults.NotRecognised,
        {"found": "name, age"},
    ),
    "dates that may be day or month first": (
        lambda desk: dated(desk, "05/01/2025", "06/01/2025"),
        faults.AmbiguousDates,
        {"value": "05/01/2025", "row": 2, "column": "date_day"},
    ),
    "dates in two formats": (
        lambda desk: dated(desk, "2025-01-05", "2025-01-06", "25/01/2025"),
        faults.DatesInTwoFormats,
        {"value": "25/01/2025", "row": 4, "column": "date_day", "other": "YYYY-MM-DD"},
    ),
    "day first and month first": (
        lambda desk: dated(desk, "25/01/2025", "01/26/2025"),
        faults.DatesInTwoFormats,
        {"value": "01/26/2025", "row": 3},
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_by_name_and_nothing_is_imported(desk: Desk, case: str) -> None:
    make, fault, data = BAD[case]
    path = make(desk)
    good = desk.file("good.csv", [row()])
    with pytest.raises(fault) as refused:
        desk.take(good, path)
    assert {"file": path.name, **data}.items() <= refused.value.data.items()
    assert 0 == desk.lake.generation()
    assert not (desk.folder / "quarantine").exists()


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("case", BAD)
def test_its_sentence_is_complete(desk: Desk, case: str, code: str) -> None:
    make, fault, _ = BAD[case]
    path = make(desk)
    with pytest.raises(fault) as refused:
        desk.take(path)
    sentence = refused.value.sentence(language(code))
    assert sentence.startswith((path.name, "No se encontró", "A columns.csv"))
    assert "{" not in sentence


def test_the_size_is_refused_before_anything_is_read(desk: Desk) -> None:
    path = desk.file("report.csv", [row()])
    with pytest.raises(faults.FileTooLarge):
        desk.take(path, max_bytes=100)


def test_dates_that_are_clearly_day_first_are_read_so(desk: Desk) -> None:
    assert 2 == desk.take(dated(desk, "25/01/2025", "05.01.2025"))[0].kept
    assert [(20250105,), (20250125,)] == desk.warehouse.rows(
        "SELECT date_id FROM fact_campaign_performance ORDER BY 1"
    )


@pytest.mark.parametrize(
    "day",
    [
        "20250115",
        "2025/1/15",
        "2025-01-15T10:30:00Z",
        "2025-01-15 00:00:00",
        "1/15/2025",
        " 2025-01-15 ",
    ],
)
def test_one_unambiguous_format_is_understood(desk: Desk, day: str) -> None:
    desk.take(dated(desk, day))
    assert [(20250115,)] == desk.warehouse.rows("SELECT date_id FROM fact_campaign_performance")
