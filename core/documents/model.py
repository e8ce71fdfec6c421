"""The document model: what a document says, before any file format is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.documents.house import DEFAULT_HOUSE, House
from core.documents.references import Piece, plain


class TextStyle(StrEnum):
    """How a paragraph reads."""

    BODY = "body"
    LEAD = "lead"  # the first sentences, a little larger
    NOTE = "note"  # small print: reasons, coverage
    CODE = "code"  # a query, letter by letter
    ADDRESS = "address"  # names and addresses, line under line, close together


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
    """A chart over days or over named things; ``alt`` says in words what it shows."""

    title: str
    alt: str
    kind: ChartKind
    categories: tuple[date, ...] | tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str  # as a spreadsheet writes it
    date_format: str = ""  # of days; empty where things are named
    height_mm: int = 62

    @property
    def days(self) -> tuple[date, ...]:
        """The categories that are days; none where they are names."""
        return tuple(one for one in self.categories if isinstance(one, date))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: level 1 is a title, level 2 a sentence under it.

    The number is counted where the document is laid out; ``key`` is what references in
    other clauses say, and may be empty.
    """

    key: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on: for whom, and who signs."""

    party: str
    name: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, two beside each other; ``labels`` are those of name, date and sign."""

    parties: tuple[Signature, ...]
    labels: tuple[str, str, str]


Block = Heading | Paragraph | Bullets | Table | Chart | PageBreak | Clause | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the document, under a heading of level 1; a slide of a presentation.

    A section without a title stands under the document's own.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False
    notes: str = ""  # what a speaker says to a slide


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words a page needs around the text, in the document's language."""

    page: str
    footer: str
    contents: str = ""


class Layout(StrEnum):
    """What a document is laid out as."""

    PAGES = "pages"
    SLIDES = "slides"
    MESSAGE = "message"
    CERTIFICATE = "certificate"  # one framed page, as a PDF alone


@dataclass(frozen=True, slots=True)
class Envelope:
    """To and from whom a message goes; labels are those of its head on paper."""

    to_address: str
    to_name: str
    from_name: str
    from_address: str
    labels: tuple[str, str, str]  # to, from, subject


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
    layout: Layout = Layout.PAGES
    has_cover: bool = False
    has_contents: bool = False
    house: House = DEFAULT_HOUSE
    envelope: Envelope | None = None

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
        case Clause():
            yield plain(block.pieces)
        case Signatures():
            for one in block.parties:
                yield from (one.party, one.name)
            yield from block.labels
        case PageBreak():
            return


def clause_numbers(model: DocumentModel) -> tuple[str, ...]:
    """The number of each clause, in their order: "2" for a title, "2.1" for what is under it."""
    numbers: list[str] = []
    title = below = 0
    for clause in clauses(model):
        title, below = (title + 1, 0) if clause.level == 1 else (title, below + 1)
        numbers.append(str(title) if clause.level == 1 else f"{title}.{below}")
    return tuple(numbers)


def clauses(model: DocumentModel) -> Iterator[Clause]:
    """Every clause, in order."""
    for section in model.sections:
        yield from (block for block in section.blocks if isinstance(block, Clause))


def numbers_by_key(model: DocumentModel) -> dict[str, str]:
    """What a reference to each clause reads."""
    numbered = zip(clauses(model), clause_numbers(model), strict=True)
    return {clause.key: number for clause, number in numbered if clause.key}
