"""Opens a file as text: its kind, size and encoding are checked before any row is read."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.pipeline.faults import (
    BrokenEncoding,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    NoRows,
    NotText,
)

MAX_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16

_KINDS = (  # format names, the same in every language
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Excel (XLSX) / ZIP"),
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


def open_text(path: Path, name: str, work: Path, max_bytes: int = MAX_BYTES) -> TextFile:
    """Check a file and find its header; raises a named fault for whatever is wrong with it.

    A UTF-16 file is rewritten as UTF-8 in ``work``; others are read where they are.
    """
    _check_size(path, name, max_bytes)
    with path.open("rb") as file:
        start = file.read(_LONGEST_HEADER)
    _check_kind(start, name)
    encoding = _encoding(start)
    if encoding == "utf-8":
        _check_characters(path, name)
        text = path
    else:
        text = work / f"utf8-{path.stat().st_ino}.csv"
        _rewrite(path, text, encoding, name)
    return _with_header(text, name)


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
    """UTF-16 by its mark, or by the zero in every other byte of Latin text; else UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = start[:200]
    if len(sample) > 3 and not any(sample[1:100:2]) and all(sample[0:100:2]):
        return "utf-16-le"
    if len(sample) > 3 and not any(sample[0:100:2]) and all(sample[1:100:2]):
        return "utf-16-be"
    return "utf-8"


def _check_characters(path: Path, name: str) -> None:
    row = 1
    for text in _decoded(path, "utf-8", name):
        if "\0" in text:
            raise BrokenEncoding(file=name, row=row + _lines_before_zero(text), encoding="UTF-8")
        row += text.count("\n")


def _lines_before_zero(text: str) -> int:
    return text[: text.index("\0")].count("\n")


def _rewrite(path: Path, target: Path, encoding: str, name: str) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_decoded(path, encoding, name))


def _decoded(path: Path, encoding: str, name: str) -> Iterator[str]:
    """The file's text in pieces; names the row of the first byte that is no character."""
    decoder = codecs.getincrementaldecoder(encoding)()
    row = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                row += fault.object[: fault.start].count(b"\n")
                shown = "UTF-8" if encoding == "utf-8" else "UTF-16"
                raise BrokenEncoding(file=name, row=row, encoding=shown) from fault
            yield text
            row += text.count("\n")
            if not chunk:
                return


def _with_header(path: Path, name: str) -> TextFile:
    """Find the header and the delimiter that splits it into most columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        start = file.read(_LONGEST_HEADER)
    if not start.strip():
        raise FileEmpty(file=name)
    text = start.strip().replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        raise NoRows(file=name)
    splits = {sign: next(csv.reader(io.StringIO(text), delimiter=sign)) for sign in ",;\t|"}
    delimiter = max(splits, key=lambda sign: len(splits[sign]))
    return TextFile(name, path, tuple(splits[delimiter]), delimiter)
