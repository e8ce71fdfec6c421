"""The document model: what a document says, before any file format is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class TextStyle(StrEnum):
    """How a paragraph reads."""

    BODY = "body"
    LEAD = "lead"  # the first sentences, a little larger
    NOTE = "note"  # small print: reasons, coverage
    CODE = "code"  # a query, letter by letter


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; the section's own title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str
    style: TextStyle = TextStyle.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``width`` is its share of the text's width."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header row is repeated on every page; the last row may be a total.

    The caption is its name for screen readers; on the page the heading above says it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart; ``None`` leaves a gap."""

    name: str
    values: tuple[Decimal | None, ...]


class ChartKind(StrEnum):
    """How a chart draws: a line needs more than a few points."""

    LINE = "line"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over days; ``alt`` says in words what it shows."""

    title: str
    alt: str
    kind: ChartKind
    days: tuple[date, ...]
    series: tuple[Series, ...]
    number_format: str  # as a spreadsheet writes it
    date_format: str
    height_mm: int = 62


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | Table | Chart | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the document, under a heading of level 1."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words a page needs around the text, in the document's language."""

    page: str
    footer: str


@dataclass(frozen=True, slots=True)
class DocumentModel:
    """A whole document. ``created`` comes from the clock, so equal inputs give equal bytes."""

    title: str
    subtitle: tuple[str, ...]
    author: str
    language: str
    created: datetime
    labels: Labels
    sections: tuple[Section, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every piece of text a reader sees, each with the name of its place."""
        yield "title", self.title
        for line in self.subtitle:
            yield "title", line
        for section in self.sections:
            yield section.name, section.title
            for block in section.blocks:
                for text in block_texts(block):
                    yield section.name, text


def block_texts(block: Block) -> Iterator[str]:
    """The pieces of text in one block; a chart gives its words, its values are checked apart."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Table():
            yield block.caption
            yield from (column.title for column in block.columns)
            for row in block.rows:
                yield from row
        case Chart():
            yield from (block.title, block.alt, *(series.name for series in block.series))
        case PageBreak():
            return
