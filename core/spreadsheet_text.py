"""CSV as spreadsheets read and write it: encodings, separators, and cells that are no formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from core.errors import Invalid
from core.i18n import mark

LARGEST_BYTES = 20_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = ",;\t"


class UnreadableTable(Invalid):
    """Bytes that are not a table of text."""

    code = "unreadable_table"
    message = mark("This is not a CSV file of at most 20 MB with a row of headings.")


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, UTF-16 or Windows-1252, whatever separates its cells.

    A quote that keeps a cell from being a formula is taken off. Raises
    :class:`UnreadableTable`.
    """
    return [row for _, row in numbered_rows_of(data)]


def numbered_rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    """The same with the number each row has in a spreadsheet, where empty ones count."""
    if len(data) > LARGEST_BYTES:
        raise UnreadableTable
    text = _text(data)
    if "\0" in text or not text.strip():
        raise UnreadableTable
    separator = max(_SEPARATORS, key=lambda one: _headings(text, one))
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UnreadableTable from error
    return [
        (number, [_plain(cell) for cell in row])
        for number, row in enumerate(found, start=1)
        if any(cell.strip() for cell in row)
    ]


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark that spreadsheets know; no cell is a formula."""
    target = io.StringIO(newline="")
    plain = csv.writer(target, lineterminator="\r\n")
    quoted = csv.writer(target, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for number, row in enumerate(rows):
        # A heading with a separator in it would be one more hint at that separator.
        is_unclear = number == 0 and any(set(_SEPARATORS) & set(cell) for cell in row)
        writer = quoted if is_unclear else plain
        writer.writerow([neutral(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """The text with a quote before it where a spreadsheet would take it for a formula."""
    is_formula = len(cell) > 1 and cell.startswith(_FORMULA)
    return f"'{cell}" if is_formula or _is_quoted(cell) else cell


def _headings(text: str, separator: str) -> int:
    """How many headings there are if this separates them; 0 where it cannot."""
    lines = io.StringIO(text.lstrip("\r\n"), newline="")
    try:
        return len(next(csv.reader(lines, delimiter=separator, strict=True), []))
    except csv.Error:
        return 0


def _plain(cell: str) -> str:
    quoted = cell.startswith("'") and (cell[1:].startswith(_FORMULA) or _is_quoted(cell[1:]))
    return cell[1:] if quoted else cell


def _is_quoted(cell: str) -> bool:
    """Whether reading would take a quote off that belongs to the text."""
    bare = cell.lstrip("'")
    return cell.startswith("'") and bare.startswith(_FORMULA)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
