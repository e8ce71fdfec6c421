"""Reads a file whose rows are not all well formed, record by record, so that none is lost."""

import csv
from dataclasses import dataclass
from pathlib import Path

from data.pipeline.faults import BrokenQuotes
from data.pipeline.reading import TextFile

ROW_COLUMN = "__row"
_LONGEST_FIELD = 1 << 24


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
    csv.field_size_limit(_LONGEST_FIELD)
    broken: list[tuple[int, str]] = []
    with (
        text.path.open(encoding="utf-8-sig", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        records = csv.reader(source, delimiter=text.delimiter)
        writer = csv.writer(copy, delimiter=text.delimiter, lineterminator="\n")
        row = 0
        for record in records:
            if not record:
                continue  # a blank line is no row
            row += 1
            if len(record) == len(text.columns):
                writer.writerow([row if row > 1 else ROW_COLUMN, *record])
            elif any("\n" in value for value in record):
                raise BrokenQuotes(file=text.name, row=row)
            else:
                broken.append((row, text.delimiter.join(record)))
    return Mended(target, tuple(broken))
