"""The quality of a document: a score from 0 to 1 made of parts, and the gates nothing passes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.documents.consistency import disagreements
from core.documents.errors import LeftoverPlaceholder, UngroundedFigure
from core.documents.grounding import Said, grounds_of, ungrounded
from core.documents.ledger import Ledger
from core.documents.model import (
    Bullets,
    Chart,
    Clause,
    DocumentModel,
    Heading,
    Layout,
    Paragraph,
    Table,
    block_texts,
)
from core.documents.readability import reading_ease
from core.documents.schemas import QualityPart, Suggestion, Variable
from core.documents.spelling import Misspelling, misspellings, own_words
from core.errors import AppError
from core.i18n import mark

LONG_SENTENCE_WORDS = 30
WORST_UNKNOWN = 20  # one unknown word in so many takes the whole part away
EASE_WANTED = {Layout.PAGES: 40, Layout.SLIDES: 50, Layout.MESSAGE: 60}  # as readability counts
_BLANK = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[a-z_]+\}|\[(?:TODO|TBD|[A-Z_]{4,})\]|\bTODO\b|\bTBD\b|lorem ipsum",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Examined:
    """A finished document as the examiner sees it."""

    model: DocumentModel
    variables: Sequence[Variable]
    values: Mapping[str, Any]
    sections: Sequence[str]  # that the template asks for
    records: Sequence[Mapping[str, Any]]  # the ledger
    labels: Sequence[str]  # names and days from the warehouse
    lost: Sequence[Said]  # numbers without a source
    numbers: int  # how many numbers there are
    unknown: Sequence[Misspelling]  # words that no dictionary has
    words: int  # how many words were looked up


def examined(
    model: DocumentModel,
    ledger: Ledger,
    variables: Sequence[Variable],
    values: Mapping[str, Any],
    sections: Sequence[str],
) -> Examined:
    """Gather what the examination needs."""
    records = ledger.as_records()
    grounds = grounds_of(records, ledger.labels, values.values(), ledger.currency, model.language)
    lost, numbers = ungrounded(model.texts(), grounds)
    labels = ledger.labels
    names = own_words(variables, values, [*labels, model.author, model.house.organisation])
    unknown, words = misspellings(model, names)
    return Examined(
        model, variables, values, sections, records, labels, lost, numbers, unknown, words
    )


def examine(document: Examined) -> tuple[Decimal, tuple[QualityPart, ...]]:
    """The score with its parts; raises the error of a gate that the document does not pass."""
    for gate in GATES:
        gate(document)
    return scored(document)


def scored(document: Examined) -> tuple[Decimal, tuple[QualityPart, ...]]:
    """The score with its parts, whether or not a gate stands in the way."""
    parts = tuple(QualityPart(name, part(document), weight) for name, part, weight in PARTS)
    total = sum(part.score * part.weight for part in parts)
    return Decimal(str(round(total, 4))), parts


def closed_gates(document: Examined) -> list[AppError]:
    """What stands in the way of this document; nothing when it may go out."""
    closed: list[AppError] = []
    for gate in GATES:
        try:
            gate(document)
        except AppError as error:
            closed.append(error)
    return closed


def suggestions(document: Examined) -> list[Suggestion]:
    """What would make the document better, each with the place it is about."""
    written = {section.name for section in document.model.sections}
    empty = [
        Suggestion(mark("The section is empty: fill in what it is made from."), name)
        for name in _wanted(document)
        if name not in written
    ]
    contrary = disagreements(document.model, document.variables, document.values)
    return [*empty, *contrary, *misspelt(document)] + [
        Suggestion(mark("Shorten this sentence: it has more than thirty words."), sentence)
        for sentence in _sentences(document)
        if len(sentence.split()) > LONG_SENTENCE_WORDS
    ]


def misspelt(document: Examined) -> list[Suggestion]:
    """Words to mend, each with the text around it and the nearest word there is."""
    mend = mark("“{word}” is in no dictionary. Did you mean “{better}”?")
    look = mark("“{word}” is in no dictionary. Look whether it is written as meant.")
    return [
        Suggestion(mend if one.better else look, one.place, one.word, one.better)
        for one in document.unknown
    ]


def require_no_placeholder(document: Examined) -> None:
    """Raise :class:`LeftoverPlaceholder` when a blank was not filled.

    What the person typed, and names from the warehouse, may look like a blank and stay.
    """
    for blank in placeholders(document):
        raise LeftoverPlaceholder(placeholder=blank)


def require_grounded(document: Examined) -> None:
    """Raise :class:`UngroundedFigure` when a number has no source."""
    for said in document.lost:
        raise UngroundedFigure(figure=said.text, place=said.context)
    known = {
        Decimal(value)
        for record in document.records
        for figure in record["figures"]
        for value in figure["values"]
        if value is not None
    }
    for chart, value in _drawn(document.model):
        if value is not None and value not in known:
            raise UngroundedFigure(figure=str(value), place=chart.title)


def placeholders(document: Examined) -> list[str]:
    """Blanks left in the text, once everything that was typed or named is taken out."""
    typed = sorted(_own_words(document), key=len, reverse=True)
    found: list[str] = []
    for _, text in document.model.texts():
        if any(sign in text for sign in "{[") or _BLANK.search(text):
            for words in typed:
                text = text.replace(words, " ")
            found.extend(_BLANK.findall(text))
    return found


def completeness(document: Examined) -> float:
    """Share of the required variables and sections that are there and not empty.

    A section that prints an optional variable bears its name and is as optional.
    """
    required = [v for v in document.variables if v.required]
    filled = [v for v in required if document.values.get(v.name)]
    wanted = _wanted(document)
    written = {s.name for s in document.model.sections if s.blocks}
    told = [name for name in wanted if name in written]
    return _share(len(filled) + len(told), len(required) + len(wanted))


def no_placeholder(document: Examined) -> float:
    """1 without a leftover blank, else 0."""
    return 0.0 if placeholders(document) else 1.0


def structure(document: Examined) -> float:
    """Share of the rules kept: levels without a leap, whole tables, words for every chart."""
    blocks = [block for section in document.model.sections for block in section.blocks]
    rules = [bool(document.model.title.strip())]
    rules += [bool(section.blocks) for section in document.model.sections]
    rules += [block.level == 2 for block in blocks if isinstance(block, Heading)]
    rules += [_is_whole(block) for block in blocks if isinstance(block, Table)]
    rules += [bool(block.alt.strip()) for block in blocks if isinstance(block, Chart)]
    return _share(sum(rules), len(rules))


def grounding(document: Examined) -> float:
    """Share of the numbers in the text that have a source."""
    return _share(document.numbers - len(document.lost), document.numbers)


def language(document: Examined) -> float:
    """1 without an unknown word; one in twenty is worth nothing."""
    return max(0.0, 1 - WORST_UNKNOWN * len(document.unknown) / max(document.words, 1))


def readability(document: Examined) -> float:
    """Share of the sentences of at most thirty words, less where the prose reads too hard."""
    sentences = _sentences(document)
    short = [one for one in sentences if len(one.split()) <= LONG_SENTENCE_WORDS]
    ease = reading_ease("\n".join(_prose(document.model)), document.model.language)
    enough = EASE_WANTED[document.model.layout]
    share = 1.0 if ease is None else min(max(ease / enough, 0.0), 1.0)
    return _share(len(short), len(sentences)) * share


def _prose(model: DocumentModel) -> Iterable[str]:
    for section in model.sections:
        if section.name != "sources":
            for block in section.blocks:
                if isinstance(block, Paragraph | Bullets | Clause):
                    yield from block_texts(block)


def _wanted(document: Examined) -> list[str]:
    """The sections that may not be left out."""
    optional = {v.name for v in document.variables if not v.required}
    return [name for name in document.sections if name not in optional]


def _sentences(document: Examined) -> list[str]:
    return [
        sentence
        for place, text in document.model.texts()
        if place != "sources"
        for sentence in _SENTENCE_END.split(text)
        if len(sentence.split()) > 3
    ]


GATES: tuple[Callable[[Examined], None], ...] = (require_no_placeholder, require_grounded)

PARTS: tuple[tuple[str, Callable[[Examined], float], float], ...] = (
    ("completeness", completeness, 0.25),
    ("placeholders", no_placeholder, 0.15),
    ("structure", structure, 0.15),
    ("language", language, 0.10),
    ("grounding", grounding, 0.25),
    ("readability", readability, 0.10),
)


def _own_words(document: Examined) -> Iterable[str]:
    """Texts from the form, line by line, and names from the warehouse."""
    for value in document.values.values():
        if isinstance(value, str):
            yield from (line for line in value.split("\n") if line.strip())
    yield from (label for label in document.labels if label.strip())


def _drawn(model: DocumentModel) -> Iterable[tuple[Chart, Decimal | None]]:
    for section in model.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                yield from ((block, value) for one in block.series for value in one.values)


def _is_whole(table: Table) -> bool:
    return bool(table.rows) and all(len(row) == len(table.columns) for row in table.rows)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
