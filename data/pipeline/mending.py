"""Reads a file whose rows are not all well formed, record by record, so that none is lost."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.pipeline.faults import BrokenQuotes
from data.pipeline.reading import TextFile

ROW_COLUMN = "__row"
_LONGEST = 1_000_000  # characters of a row; DuckDB reads lines up to two megabytes
_LONGEST_QUOTED = 1 << 23  # characters after which a quotation mark counts as never closed


@dataclass(frozen=True, slots=True)
class Mended:
    """A well-formed copy whose first column is the row's number, and the rows it lacks."""

    path: Path
    broken: tuple[tuple[int, str], ...]  # row number and its text


def mend(text: TextFile, target: Path) -> Mended:
    """Copy the rows that have as many values as the header, numbered from the header as row 1.

    Raises :class:`BrokenQuotes` where a row runs over several lines and still does not
    fit: its quotation mark hides where the next rows begin.
    """
    csv.field_size_limit(_LONGEST_QUOTED)
    broken: list[tuple[int, str]] = []
    with target.open("w", encoding="utf-8", newline="") as copy:
        writer = csv.writer(
            copy, delimiter=text.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        for row, record in _records(text):
            if len(record) == len(text.columns) and sum(map(len, record)) <= _LONGEST:
                writer.writerow([row if row > 1 else ROW_COLUMN, *record])
            elif any("\n" in value for value in record):
                raise BrokenQuotes(file=text.name, row=row)
            else:
                broken.append((row, text.delimiter.join(record)[:_LONGEST]))
    return Mended(target, tuple(broken))


def _records(text: TextFile) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number; a blank line is none."""
    row = 0
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        records = csv.reader(file, delimiter=text.delimiter)
        try:
            for record in records:
                if record:
                    row += 1
                    yield row, record
        except csv.Error as fault:  # a field that swallows everything after its quotation mark
            raise BrokenQuotes(file=text.name, row=row + 1) from fault
