"""The cells of a sheet as texts, row by row, as a CSV export would write them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from data.pipeline.faults import LineTooLong
from data.pipeline.workbook.contents import Contents, Sheet
from data.pipeline.workbook.faults import FormulaWithoutValue, NumberTooLong, WorkbookDamaged
from data.pipeline.workbook.package import Attributes, Package

_MOST_COLUMNS = 16_384  # Excel's own limits
_LONGEST_TEXT = 1 << 16
_DAY_SECONDS = 86_400
_KEPT_DIGITS = 15
_PLACE = re.compile(r"^([A-Z]{1,3})\d{1,7}$")
_TAKEN = frozenset({"v", "t"})

Take = Callable[[list[str]], bool]


class EnoughRead(Exception):
    """Whoever takes the rows wants no more of them."""


class SheetReader:
    """Handlers of a sheet's XML; each row with something in it goes to ``take``.

    A formula counts as the value that was stored with it and is never worked out.
    """

    def __init__(self, file: str, contents: Contents, take: Take) -> None:
        self._file, self._contents, self._take = file, contents, take
        self._row: dict[int, str] = {}
        self._cell: Attributes = {}
        self._text: list[str] = []
        self._has_formula = self._is_read = False
        self._at = self._size = 0
        self._rows = 0

    def starts(self, tag: str, given: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._cell, self._has_formula, self._size = given, False, 0
            self._at = self._column(given.get("r"))
        elif tag == "row":
            self._rows += 1
            self._row, self._at = {}, 0
        elif tag == "f":
            self._has_formula = True
        self._is_read = tag in _TAKEN

    def texts(self, text: str) -> None:
        """Text inside an element."""
        if self._is_read:
            self._size += len(text)
            if self._size > _LONGEST_TEXT:
                raise LineTooLong(file=self._file, row=self._rows)
            self._text.append(text)

    def ends(self, tag: str) -> None:
        """An element ends."""
        self._is_read = False
        if tag == "c":
            text = self._value("".join(self._text))
            self._text.clear()
            if text:
                self._row[self._at] = text
        elif tag == "row" and self._row:
            width = max(self._row)
            cells = [self._row.get(at, "") for at in range(1, width + 1)]
            if not self._take(cells):
                raise EnoughRead

    def _column(self, place: str | None) -> int:
        """The cell's column, counted from 1: by its place, else the one after the last."""
        if not place:
            return self._at + 1
        match = _PLACE.match(place)
        if not match:
            raise WorkbookDamaged(file=self._file)
        at = 0
        for letter in match[1]:
            at = at * 26 + ord(letter) - 64
        if at > _MOST_COLUMNS:
            raise WorkbookDamaged(file=self._file)
        return at

    def _value(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if self._has_formula and not text and kind != "str":
            raise FormulaWithoutValue(file=self._file, cell=self._place())
        if not text or kind in ("str", "inlineStr", "e", "d"):
            return text
        if kind == "s":
            return self._contents.texts[int(text)]
        if kind == "b":
            return "true" if text == "1" else "false"
        if int(self._cell.get("s", "0")) in self._contents.date_styles:
            return _day(float(text), from_1904=self._contents.from_1904)
        return self._number(text)

    def _number(self, text: str) -> str:
        """A number as exactly as Excel shows it; parts of one are told by four decimals.

        So written they can only have a decimal point, whatever language the headings are in.
        """
        value = Decimal(format(float(text), f".{_KEPT_DIGITS}g"))
        if value == value.to_integral_value():
            if abs(value) >= 10**_KEPT_DIGITS:
                raise NumberTooLong(file=self._file, cell=self._place())
            return f"{value:.0f}"
        digits = f"{value:f}"
        decimals = len(digits.partition(".")[2])
        return digits + "0" * max(0, 4 - decimals)

    def _place(self) -> str:
        return self._cell.get("r") or f"{self._rows}:{self._at}"


def read_cells(package: Package, sheet: Sheet, file: str, contents: Contents, take: Take) -> None:
    """Give every row of a sheet that has something in it to ``take``, until it wants no more."""
    reader = SheetReader(file, contents, take)
    try:
        package.parse(sheet.part, reader.starts, reader.ends, reader.texts)
    except EnoughRead:
        return


def _day(serial: float, *, from_1904: bool) -> str:
    """The day, and the time of day where there is one, that a date's number stands for."""
    begin = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    seconds = round(serial * _DAY_SECONDS)
    day = (begin + timedelta(days=seconds // _DAY_SECONDS)).isoformat()
    rest = timedelta(seconds=seconds % _DAY_SECONDS)
    return f"{day} {rest}" if rest else day
