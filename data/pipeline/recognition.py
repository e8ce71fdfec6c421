"""Tells which kind of report a file is, by its columns, and what each column means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.pipeline.faults import (
    DuplicateColumn,
    MissingColumns,
    NotRecognised,
    ReservedColumn,
    TooManyColumns,
)
from data.pipeline.reading import TextFile
from data.pipeline.source import Source
from data.pipeline.sources import SOURCES

MOST_COLUMNS = 300
RESERVED = "__row"  # the column of row numbers in a file that was mended
FORMULA = r"^'([=+\-@\t\r\n])"  # the apostrophe that keeps a cell of refused rows harmless
_REFUSED = ("_row", "_reason")  # the columns that a file of refused rows begins with

# Further columns that count or rate something. They would make a restated row look like a
# new one, so they are no dimensions; nor may anything be added up that nobody declared.
_MEASURE = re.compile(
    r"(^|_)(conversions?|value|views?|clicks?|impressions?|revenue|cost|spend|rate|ctr|cpc|cpm|cpa"
    r"|roas|reach|frequency|interactions?|engagements?|installs?|purchases?|micros|qualified)$"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised file: its source, and the roles of its columns by their plain names.

    ``dimensions`` tell rows of a campaign-day apart; ``descriptions`` name what an id beside
    them already identifies, so they may change without making a new row.
    """

    source: Source
    columns: tuple[str, ...]
    dimensions: tuple[str, ...]
    descriptions: tuple[str, ...]

    def column(self, ours: str) -> str | None:
        """The file's column for one of our texts or numbers, where the file has it."""
        theirs = self.source.texts.get(ours) or self.source.numbers.get(ours)
        return theirs if theirs in self.columns else None

    @property
    def is_of_refused_rows(self) -> bool:
        """Whether the file holds rows that were refused before; its cells were made harmless."""
        return holds_refused(self.columns)


def recognise(text: TextFile) -> Layout:
    """The layout of a file; raises a named fault when it is no known report."""
    columns = plain_columns(text)
    source = _source(text, columns)
    used = {*source.texts.values(), *source.numbers.values(), *source.ignored}
    further = sorted(name for name in columns if name not in used and _is_dimension(name))
    descriptions = tuple(name for name in further if _id_beside(name) in columns)
    dimensions = tuple(name for name in further if name not in descriptions)
    return Layout(source, columns, dimensions, descriptions)


def plain_columns(text: TextFile) -> tuple[str, ...]:
    """The plain names of the file's columns; raises a named fault where they cannot be used."""
    if len(text.columns) > MOST_COLUMNS:
        raise TooManyColumns(file=text.name, count=len(text.columns), limit=MOST_COLUMNS)
    columns = [plain(name) or f"column_{at}" for at, name in enumerate(text.columns, 1)]
    if holds_refused(columns):
        columns = [re.sub(FORMULA, r"\1", name) for name in columns]
    for at, name in enumerate(columns):
        if name in columns[:at]:
            raise DuplicateColumn(file=text.name, column=name)
        if name == RESERVED:
            raise ReservedColumn(file=text.name, column=name)
    return tuple(columns)


def holds_refused(columns: Sequence[str]) -> bool:
    """Whether a file with these columns holds rows that were refused before."""
    return all(name in columns for name in _REFUSED)


def plain(name: str) -> str:
    """A column's name without case, blanks around it and blanks inside: "Ad group" → ad_group."""
    return re.sub(r"\s+", "_", name.strip().lower())


def _source(text: TextFile, columns: Sequence[str]) -> Source:
    found = frozenset(columns)
    for source in SOURCES:
        if not source.missing(found):
            return source
    nearest = min(
        SOURCES, key=lambda source: len(source.missing(found)) / len(source.recognised_by)
    )
    missing = nearest.missing(found)
    if len(missing) <= len(nearest.recognised_by) / 2:
        raise MissingColumns(
            file=text.name,
            missing=", ".join(missing),
            expected=", ".join(nearest.recognised_by),
        )
    raise NotRecognised(
        file=text.name,
        found=", ".join(columns[:30]),
        expected=", ".join(SOURCES[0].recognised_by),
    )


def _is_dimension(name: str) -> bool:
    is_of_the_connector = name.startswith("_")
    return not is_of_the_connector and not _MEASURE.search(name)


def _id_beside(name: str) -> str:
    return f"{name.removesuffix('_name')}_id" if name.endswith("_name") else ""
