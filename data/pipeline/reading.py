"""Opens a file as text: its kind, size and encoding are checked before any row is read."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from data.pipeline.faults import (
    BrokenEncoding,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    LineTooLong,
    NoRows,
    NotText,
)
from data.pipeline.framing import DELIMITERS, IsHeader, cut_out
from data.pipeline.workbook.converting import converted

MAX_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16
_LONGEST_LINE = 4 << 20  # beyond 32 megabytes DuckDB loses a row without a word
# Blank lines, marks beyond the first, and Excel's line that names the delimiter.
_ABOVE_HEADER = re.compile(r'\ufeff*(?:[ \t]*[\r\n])*(?:"?sep=.?"?[ \t]*[\r\n]+)?', re.IGNORECASE)
# Characters that no report means, and that documents, which are XML, cannot hold.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_MEANINGLESS = re.compile(f"[{re.escape(_CONTROLS.decode())}\ufffe\uffff]")

_WORKBOOK = b"PK\x03\x04"  # any zip; one that is no workbook is refused as such
_KINDS = (  # format names, the same in every language
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Excel (XLS)"),
    (b"\x1f\x8b", "GZIP"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A readable file: its shown name, where its UTF-8 text is, and its header."""

    name: str
    path: Path
    columns: tuple[str, ...]  # as the file writes them
    delimiter: str
    sheet: str | None = None  # which one of a workbook, where it has several


def open_text(
    path: Path,
    name: str,
    work: Path,
    max_bytes: int = MAX_BYTES,
    is_header: IsHeader | None = None,
    sheet: str | None = None,
) -> TextFile:
    """Check a file and find its header; raises a named fault for whatever is wrong with it.

    A UTF-8 file is read where it is. One of another encoding is rewritten in ``work``, as is
    one with control characters, which are dropped, or with lines above its header. Where
    ``is_header`` knows the headers of reports, titles and comments above and the owner's line
    below the table are left out too. Of a workbook one sheet is written out in ``work``: the
    one named ``sheet``, or the only one that can be meant.
    """
    _check_size(path, name, max_bytes)
    with path.open("rb") as file:
        start = file.read(_LONGEST_HEADER)
    if start.startswith(_WORKBOOK):
        return _open_workbook(path, name, work, max_bytes, is_header, sheet)
    _check_kind(start, name)
    encoding = _encoding(start)
    if encoding == "utf-8" and _is_plain(path, name):
        text = path
    else:
        text = work / f"utf8-{path.stat().st_ino}.csv"
        _rewrite(path, text, encoding, name)
    if is_header:
        with text.open(encoding="utf-8-sig", newline="") as file:
            begin = file.read(_LONGEST_HEADER)
        text = cut_out(text, work / f"table-{path.stat().st_ino}.csv", begin, is_header)
    return _with_header(text, name)


def _open_workbook(
    path: Path, name: str, work: Path, max_bytes: int, is_header: IsHeader | None, sheet: str | None
) -> TextFile:
    target = work / f"sheet-{path.stat().st_ino}.csv"
    read = converted(path, name, target, max_bytes, is_header=is_header, sheet=sheet)
    return replace(open_text(target, name, work, max_bytes, is_header), sheet=read)


def _check_size(path: Path, name: str, max_bytes: int) -> None:
    if not path.is_file():
        raise FileMissing(file=name)
    size = path.stat().st_size
    if size > max_bytes:
        raise FileTooLarge(file=name, size=size // 1_000_000, limit=max_bytes // 1_000_000)
    if size == 0:
        raise FileEmpty(file=name)


def _check_kind(start: bytes, name: str) -> None:
    for signature, kind in _KINDS:
        if start.startswith(signature):
            raise NotText(file=name, kind=kind)
    if b"\0" in start and _encoding(start) == "utf-8":
        raise NotText(file=name, kind="BIN")


def _encoding(start: bytes) -> str:
    """UTF-32 or 16 by its mark, or by the zero in every other byte of Latin text; else UTF-8."""
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = start[:200]
    if len(sample) > 3 and not any(sample[1:100:2]) and all(sample[0:100:2]):
        return "utf-16-le"
    if len(sample) > 3 and not any(sample[0:100:2]) and all(sample[1:100:2]):
        return "utf-16-be"
    return "utf-8"


def _is_plain(path: Path, name: str) -> bool:
    """Whether a UTF-8 file can be read where it is; checks the encoding of all of it."""
    is_plain = True
    for at, text in enumerate(_decoded(path, "utf-8", name)):
        starts_with_header = at > 0 or not _above_header(text.removeprefix("\ufeff"))
        is_plain = is_plain and starts_with_header and not _has_controls(text)
    return is_plain


def _above_header(text: str) -> int:
    """How many characters stand above the header."""
    match = _ABOVE_HEADER.match(text)
    return match.end() if match else 0


def _has_controls(text: str) -> bool:
    encoded = text.encode()  # dropping bytes is many times quicker than a pattern
    return (
        len(encoded.translate(None, _CONTROLS)) < len(encoded)
        or "\ufffe" in text
        or "\uffff" in text
    )


def _rewrite(path: Path, target: Path, encoding: str, name: str) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        for at, text in enumerate(_decoded(path, encoding, name)):
            below = text if at else text[_above_header(text) :]
            file.write(_MEANINGLESS.sub("", below) if _has_controls(below) else below)


def _decoded(path: Path, encoding: str, name: str) -> Iterator[str]:
    """The file's text in pieces; names the row of the first byte that is no character."""
    decoder = codecs.getincrementaldecoder(encoding)()
    shown = encoding.upper()[:6]  # without the order of bytes
    row, line = 1, 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                row += fault.object[: fault.start].count(b"\n")
                raise BrokenEncoding(file=name, row=row, encoding=shown) from fault
            if "\0" in text:
                row += text[: text.index("\0")].count("\n")
                raise BrokenEncoding(file=name, row=row, encoding=shown)
            yield text
            row += text.count("\n")
            line = _unended(line, text)
            if line > _LONGEST_LINE:
                raise LineTooLong(file=name, row=row)
            if not chunk:
                return


def _unended(line: int, text: str) -> int:
    """The length so far of the line that a further piece of text leaves open."""
    end = max(text.rfind("\n"), text.rfind("\r"))
    return line + len(text) if end < 0 else len(text) - end - 1


def _with_header(path: Path, name: str) -> TextFile:
    """Find the header and the delimiter that splits it into most columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        start = file.read(_LONGEST_HEADER)
    if not start.strip():
        raise FileEmpty(file=name)
    text = start.strip().replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        is_cut = len(start) == _LONGEST_HEADER
        raise LineTooLong(file=name, row=1) if is_cut else NoRows(file=name)
    splits = {sign: next(csv.reader(io.StringIO(text), delimiter=sign)) for sign in DELIMITERS}
    delimiter = max(splits, key=lambda sign: len(splits[sign]))
    return TextFile(name, path, tuple(splits[delimiter]), delimiter)
