"""What stands beside a workbook's sheets: their names, shared texts and the formats of dates."""

import re
from dataclasses import dataclass

from data.pipeline.workbook.package import RELATION_ID, Attributes, Package, ignored

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# Letters of days and years, outside quoted words, colours and escaped letters.
_NO_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_OF_DATES = re.compile(r"[dy]|m.*[dy]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that people see: its name, and the part that holds its cells."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets in their order, the shared texts, and which styles show a number as a day."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    from_1904: bool


def contents(package: Package) -> Contents:
    """Read everything but the cells."""
    book = _book_part(package)
    parts = package.relations(book)
    sheets, from_1904 = _sheets(package, book, parts)
    folder = book.rpartition("/")[0]
    texts = _texts(package, f"{folder}/sharedStrings.xml")
    return Contents(sheets, texts, _date_styles(package, f"{folder}/styles.xml"), from_1904)


def _book_part(package: Package) -> str:
    parts = package.relations("").values() if package.has("_rels/.rels") else ()
    return next((part for part in parts if part.endswith("workbook.xml")), "xl/workbook.xml")


def _sheets(package: Package, book: str, parts: dict[str, str]) -> tuple[tuple[Sheet, ...], bool]:
    sheets: list[Sheet] = []
    since: list[bool] = []

    def starts(tag: str, given: Attributes) -> None:
        if tag == "sheet" and given.get("state", "visible") == "visible":
            part = parts[given[RELATION_ID]]
            if "/worksheets/" in part:  # a sheet of a chart has no cells
                sheets.append(Sheet(given["name"], part))
        elif tag == "workbookPr":
            since.append(given.get("date1904") in ("1", "true"))

    package.parse(book, starts, ignored)
    return tuple(sheets), any(since)


def _texts(package: Package, part: str) -> tuple[str, ...]:
    """The shared texts; the pronunciation that Japanese ones carry is left out."""
    found: list[str] = []
    now: list[str] = []
    within: list[str] = []

    def starts(tag: str, _given: Attributes) -> None:
        within.append(tag)

    def ends(tag: str) -> None:
        within.pop()
        if tag == "si":
            found.append("".join(now))
            now.clear()

    def texts(text: str) -> None:
        if within[-1] == "t" and "rPh" not in within:
            now.append(text)

    if package.has(part):
        package.parse(part, starts, ends, texts)
    return tuple(found)


def _date_styles(package: Package, part: str) -> frozenset[int]:
    formats: dict[int, str] = {}
    styles: list[int] = []
    within: list[str] = []

    def starts(tag: str, given: Attributes) -> None:
        within.append(tag)
        if tag == "numFmt":
            formats[int(given["numFmtId"])] = given["formatCode"]
        elif tag == "xf" and "cellXfs" in within:
            styles.append(int(given.get("numFmtId", "0")))

    def ends(_tag: str) -> None:
        within.pop()

    if package.has(part):
        package.parse(part, starts, ends)
    return frozenset(at for at, form in enumerate(styles) if _shows_days(form, formats.get(form)))


def _shows_days(number: int, code: str | None) -> bool:
    if code is None:
        return number in _DATE_FORMATS
    return bool(_OF_DATES.search(_NO_FORMAT.sub("", code)))
