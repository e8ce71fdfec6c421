"""Looks into a file before it is imported: is it known, and what does it leave open?"""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from data.pipeline.dates import agreed_format
from data.pipeline.faults import (
    AmbiguousDates,
    FileFault,
    MissingColumns,
    NotRecognised,
)
from data.pipeline.reading import MAX_BYTES, TextFile, open_text
from data.pipeline.recognition import is_header, plain_columns, recognise, signature
from data.pipeline.workbook.faults import SeveralSheets

_PREVIEWED = 5  # rows
_LOOKED_AT = 100_000  # rows whose dates may show which of day and month comes first


@dataclass(frozen=True, slots=True)
class Peek:
    """What can be said of a file at a glance.

    ``columns`` are plain names and ``headings`` the file's own, in one order; ``rows`` are its
    first. ``undecided_date`` is a date that may be day/month or month/day, where no other tells.
    ``sheets`` are those of a workbook of which one must be chosen before anything else is known.
    """

    is_known: bool
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signature: str
    undecided_date: str | None
    sheets: tuple[str, ...] = ()


def peek(
    path: Path,
    name: str,
    mappings: Mapping[str, Mapping[str, Any]],
    max_bytes: int = MAX_BYTES,
    sheet: str | None = None,
) -> Peek | None:
    """Look into a file; None where it is at fault, which its import will say."""
    with tempfile.TemporaryDirectory() as work:
        try:
            knows = partial(is_header, mappings=mappings)
            text = open_text(path, name, Path(work), max_bytes, knows, sheet)
            return _seen(text, mappings)
        except SeveralSheets as fault:
            return Peek(True, (), (), (), "", None, tuple(fault.data["names"]))
        except FileFault:
            return None


def _seen(text: TextFile, mappings: Mapping[str, Mapping[str, Any]]) -> Peek:
    columns = plain_columns(text)
    try:
        date = recognise(text, mappings).column("date")
        dates = [date] if date else []
        is_known = True
    except (NotRecognised, MissingColumns):
        dates, is_known = list(columns), False
    rows = tuple(tuple(row) for row in islice(_rows(text), _PREVIEWED))
    undecided = next((value for name in dates if (value := _undecided(text, columns, name))), None)
    return Peek(is_known, columns, text.columns, rows, signature(columns), undecided)


def _undecided(text: TextFile, columns: tuple[str, ...], name: str) -> str | None:
    at = columns.index(name)
    values = {row[at]: line for line, row in enumerate(islice(_rows(text), _LOOKED_AT), 2)}
    try:
        agreed_format([(value.strip(), row) for value, row in values.items()], file="", column="")
    except AmbiguousDates as fault:
        return str(fault.data["value"])
    except FileFault:
        return None  # two formats: the import names the row
    return None


def _rows(text: TextFile) -> Iterator[list[str]]:
    """The rows as wide as the header."""
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=text.delimiter)
        next(rows)
        yield from (row for row in rows if len(row) == len(text.columns))
