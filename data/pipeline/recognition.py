"""Tells which kind of report a file is, by its columns, and what each column means."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.pipeline.faults import (
    DuplicateColumn,
    MissingColumns,
    NotRecognised,
    ReservedColumn,
    TooManyColumns,
)
from data.pipeline.headings import fold, without_currency
from data.pipeline.kinds import OUTCOMES
from data.pipeline.mapping import mapped_source
from data.pipeline.reading import TextFile
from data.pipeline.source import Source
from data.pipeline.sources import SOURCES
from data.pipeline.sources.unified import SOURCE as UNIFIED

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
    currency: str | None = None  # where a heading names it: "Amount spent (EUR)"
    further: tuple[str, ...] = ()  # columns that may be controls of a business outcome

    def column(self, ours: str) -> str | None:
        """The file's column for one of our texts or numbers, where the file has it."""
        theirs = self.source.texts.get(ours) or self.source.numbers.get(ours)
        return self.source.find(theirs, self.columns) if theirs else None

    @property
    def is_of_refused_rows(self) -> bool:
        """Whether the file holds rows that were refused before; its cells were made harmless."""
        return holds_refused(self.columns)


def recognise(text: TextFile, mappings: Mapping[str, Mapping[str, Any]] | None = None) -> Layout:
    """The layout of a file; raises a named fault when it is no known report.

    ``mappings`` are what people said of files like it: by the signature of its columns.
    """
    columns = plain_columns(text)
    return layout_of(_source(text, columns, mappings or {}), columns)


def layout_of(source: Source, columns: tuple[str, ...]) -> Layout:
    """The roles that a source gives to a file's columns."""
    named = (*source.texts.values(), *source.numbers.values())
    used = {source.find(name, columns) for name in named} | source.ignored
    currency = _currency_in_heading(source, columns)
    if source.kind is OUTCOMES:
        further = tuple(sorted(name for name in columns if name not in used))
        return Layout(source, columns, (), (), currency, further)
    if source.written_by_hand:
        breakdowns = {fold(name) for name in source.breakdowns}
        dimensions = (name for name in columns if name not in used and fold(name) in breakdowns)
        return Layout(source, columns, tuple(sorted(dimensions)), (), currency)
    others = sorted(name for name in columns if name not in used and _is_dimension(name))
    descriptions = tuple(name for name in others if _id_beside(name) in columns)
    rest = tuple(name for name in others if name not in descriptions)
    return Layout(source, columns, rest, descriptions)


def signature(columns: Sequence[str]) -> str:
    """What a file's columns are remembered by, whatever their order: 32 hex digits."""
    text = "\n".join(sorted(fold(name) for name in columns))
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def is_header(cells: Sequence[str], mappings: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether these cells are the header of a report that is known, or was mapped."""
    columns = tuple(plain(cell) for cell in cells)
    return len(columns) > 1 and (
        any(source.fits(columns) for source in SOURCES) or signature(columns) in mappings
    )


def _currency_in_heading(source: Source, columns: tuple[str, ...]) -> str | None:
    for ours in ("spend", "revenue", "conversions_value", "lift"):
        name = source.find(source.numbers.get(ours, ""), columns)
        code = without_currency(name)[1] if name and source.written_by_hand else None
        if code:
            return code
    return None


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


def _source(
    text: TextFile, columns: tuple[str, ...], mappings: Mapping[str, Mapping[str, Any]]
) -> Source:
    for source in SOURCES:
        if source.fits(columns):
            return source
    if mapping := mappings.get(signature(columns)):
        return mapped_source(mapping)
    programs = [source for source in SOURCES if not source.written_by_hand]
    nearest = min(
        programs, key=lambda source: len(source.missing(columns)) / len(source.recognised_by)
    )
    missing = nearest.missing(columns)
    if len(missing) <= len(nearest.recognised_by) / 2:
        raise MissingColumns(
            file=text.name,
            missing=", ".join(missing),
            expected=", ".join(nearest.recognised_by),
        )
    raise NotRecognised(
        file=text.name,
        found=", ".join(columns[:30]),
        expected=", ".join(UNIFIED.recognised_by),
    )


def _is_dimension(name: str) -> bool:
    is_of_the_connector = name.startswith("_")
    return not is_of_the_connector and not _MEASURE.search(name)


def _id_beside(name: str) -> str:
    return f"{name.removesuffix('_name')}_id" if name.endswith("_name") else ""
