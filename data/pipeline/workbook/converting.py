"""Writes the sheet that is meant as a CSV file, from its header on."""

import csv
from collections.abc import Sequence
from pathlib import Path

from data.pipeline.faults import FileEmpty
from data.pipeline.framing import IsHeader
from data.pipeline.workbook.cells import read_cells
from data.pipeline.workbook.contents import Contents, Sheet, contents
from data.pipeline.workbook.faults import SeveralSheets, SheetMissing, WorkbookTooLarge
from data.pipeline.workbook.package import Package, opened

_LOOKED_AT = 40  # rows above which no report writes its header
_WIDEST = 1000  # columns beyond which no row is looked at as a header

Row = list[str]


def converted(
    path: Path,
    name: str,
    target: Path,
    max_bytes: int,
    *,
    is_header: IsHeader | None,
    sheet: str | None,
) -> str | None:
    """Write one sheet of the workbook to ``target``; gives its name where there are several.

    That is the one asked for, or the only one with the header of a known report, or the only
    one with anything in it. Raises :class:`SeveralSheets` where that leaves it open, and a named
    fault for whatever is wrong with the workbook. At most ``max_bytes`` are unpacked or written.
    """
    with opened(path, name, max_bytes) as package:
        inside = contents(package)
        begins = {one: _begin(package, one, name, inside) for one in inside.sheets}
        meant = _meant(begins, name, is_header, sheet)
        header = _header(begins[meant], is_header)
        with target.open("w", encoding="utf-8", newline="") as file:
            copy = _Copy(file, name, header, len(begins[meant][header]), max_bytes)
            read_cells(package, meant, name, inside, copy.take)
        return meant.name if len(inside.sheets) > 1 else None


class _Copy:
    """Writes rows from the header on, each as wide as it, up to a number of characters."""

    def __init__(self, file: object, name: str, header: int, width: int, most: int) -> None:
        self._writer = csv.writer(file, lineterminator="\n")  # type: ignore[arg-type]
        self._name, self._above, self._width = name, header, width
        self._most = self._left = most

    def take(self, cells: Row) -> bool:
        if self._above:
            self._above -= 1
            return True
        row = cells + [""] * (self._width - len(cells))
        self._left -= sum(map(len, row)) + len(row)
        if self._left < 0:
            raise WorkbookTooLarge(file=self._name, limit=self._most // 1_000_000)
        self._writer.writerow(row)
        return True


def _begin(package: Package, sheet: Sheet, name: str, inside: Contents) -> list[Row]:
    """The first rows of a sheet that have something in them."""
    rows: list[Row] = []

    def take(cells: Row) -> bool:
        rows.append(cells)
        return len(rows) < _LOOKED_AT

    read_cells(package, sheet, name, inside, take)
    return rows


def _meant(
    begins: dict[Sheet, list[Row]], name: str, is_header: IsHeader | None, asked: str | None
) -> Sheet:
    filled = [sheet for sheet, rows in begins.items() if rows]
    if asked is not None:
        found = next((sheet for sheet in filled if sheet.name == asked), None)
        if found is None:
            raise SheetMissing(file=name, sheet=asked, sheets=_named(begins))
        return found
    known = [sheet for sheet in filled if _known_header(begins[sheet], is_header) is not None]
    candidates = known or filled
    if not candidates:
        raise FileEmpty(file=name)
    if len(candidates) > 1:
        raise SeveralSheets(
            file=name, sheets=_named(candidates), names=[sheet.name for sheet in candidates]
        )
    return candidates[0]


def _named(sheets: dict[Sheet, list[Row]] | Sequence[Sheet]) -> str:
    return ", ".join(sheet.name for sheet in sheets)


def _header(rows: list[Row], is_header: IsHeader | None) -> int:
    """Where the header is: the known one, else the first of the rows with most cells filled."""
    known = _known_header(rows, is_header)
    if known is not None:
        return known
    filled = [sum(map(bool, row)) for row in rows]
    return filled.index(max(filled))


def _known_header(rows: list[Row], is_header: IsHeader | None) -> int | None:
    if is_header is None:
        return None
    return next((at for at, row in enumerate(rows) if len(row) <= _WIDEST and is_header(row)), None)
