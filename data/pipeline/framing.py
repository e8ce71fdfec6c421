"""Finds the table in a file that also holds titles, comments and a closing line."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

DELIMITERS = ",;\t|"
_LOOKED_AT = 40  # lines above which no report writes its header
_LONGEST_END = 4096
_MARK = b"\xef\xbb\xbf"
_CLOSING = ("\u00a9", '"\u00a9', "(c)", '"(c)')

IsHeader = Callable[[Sequence[str]], bool]


def cut_out(path: Path, target: Path, start: str, is_header: IsHeader) -> Path:
    """The file with nothing but its table: itself, or a copy in ``target``.

    ``start`` is the file's beginning as text; ``is_header`` knows the headers of reports.
    """
    above = len(_above(start, is_header).encode())
    below = _closing_bytes(path)
    if not above and not below:
        return path
    with path.open("rb") as file, target.open("wb") as copy:
        has_mark = file.read(len(_MARK)) == _MARK
        file.seek(above + (len(_MARK) if has_mark else 0))
        shutil.copyfileobj(file, copy)
    if below:
        with target.open("r+b") as copy:
            copy.truncate(target.stat().st_size - below)
    return target


def _above(start: str, is_header: IsHeader) -> str:
    """What stands above the header: up to the line that is one, or that begins the table."""
    lines = start.splitlines(keepends=True)[:_LOOKED_AT]
    known = (at for at, line in enumerate(lines) if any(map(is_header, _splits(line))))
    at = next(known, None)
    if at is None:
        at = _begin_of_table(lines)
    return "".join(lines[:at])


def _begin_of_table(lines: Sequence[str]) -> int:
    """The first line as wide as most are, where the file begins with a title or a comment."""
    widths = [max(map(len, _splits(line))) if line.strip() else 0 for line in lines]
    if not lines or (widths[0] > 1 and not lines[0].startswith("#")):
        return 0
    plain = [
        width
        for width, line in zip(widths, lines, strict=True)
        if width > 1 and not line.startswith("#")
    ]
    if not plain:
        return 0
    usual = Counter(plain).most_common(1)[0][0]
    return next(
        at for at, width in enumerate(widths) if width == usual and not lines[at].startswith("#")
    )


def _splits(line: str) -> list[list[str]]:
    """The line's cells by every delimiter."""
    bare = line.rstrip("\r\n")
    return [next(csv.reader([bare], delimiter=sign), []) for sign in DELIMITERS]


def _closing_bytes(path: Path) -> int:
    """How many bytes at the end are a line about who owns the report."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_END))
        end = file.read()
    at = 0
    for line in end.splitlines(keepends=True):
        if line.decode("utf-8", "replace").startswith(_CLOSING):
            return len(end) - at
        at += len(line)
    return 0
