"""The annex of sources: every figure of the document with the query that gave it."""

import json
from collections.abc import Iterator

from core.documents.figures import ReportFigures, Source
from core.documents.formatting import Annex
from core.documents.ledger import Figure, Ledger
from core.documents.model import (
    Block,
    Column,
    Heading,
    Layout,
    Paragraph,
    Section,
    Table,
    TextStyle,
)
from core.documents.writing import FORM, Writing
from core.i18n import Language, mark

_TITLES = {
    "totals": mark("Totals of the period"),
    "previous": mark("Totals of the period before"),
    "daily": mark("Sums by day"),
    "campaigns": mark("Sums by campaign"),
    "coverage": mark("Days and currencies of the data"),
    FORM: mark("From the form"),
    "": mark("Constants of this report"),
}


def sections(
    writing: Writing, figures: ReportFigures | None, annex: Annex, layout: Layout
) -> tuple[Section, ...]:
    """The document's sources as its rules want them; none where it tells no figure."""
    if annex is Annex.NONE or not writing.ledger.figures:
        return ()
    where = _where_from(writing.ledger, figures, writing.t)
    if annex is Annex.SHORT:
        title = "" if layout is Layout.MESSAGE else writing.t("Sources")
        return (Section("sources", title, (Paragraph(where, TextStyle.NOTE),)),)
    blocks: list[Block] = [Paragraph(where)]
    for key in (*writing.ledger.sources, ""):
        blocks.extend(_source(writing.ledger, key, writing.t))
    return (Section("sources", writing.t("Sources"), tuple(blocks), starts_page=True),)


def _where_from(ledger: Ledger, figures: ReportFigures | None, t: Language) -> str:
    if figures is None:
        return t(
            "Every figure in this document was typed into its form, or is computed from what was "
            "typed by the formula it names. The checksum ({algorithm}) is that of the form.",
            algorithm=ledger.label("SHA-256"),
        )
    return t(
        "Every figure in this document comes from the warehouse, {generation}, "
        "whose data for these campaigns runs from {start} to {end}. A derived figure names its "
        "formula. The checksum ({algorithm}) is that of the rows the query gave.",
        generation=ledger.label(t("generation {n}", n=t.number(figures.generation))),
        algorithm=ledger.label("SHA-256"),
        start=ledger.day(figures.data_from),
        end=ledger.day(figures.data_until),
    )


def _source(ledger: Ledger, key: str, t: Language) -> Iterator[Block]:
    told = ledger.of_source(key)
    if not told:
        return
    title = t(_TITLES[key])
    yield Heading(title)
    yield _figures(ledger, told, title, t)
    if key == FORM:
        checksum = ledger.label(ledger.sources[key].rows_sha256)
        yield Paragraph(t("Checksum {checksum}", checksum=checksum), TextStyle.CODE)
    elif key in ledger.sources:
        yield from _query(ledger, ledger.sources[key], t)


def _figures(ledger: Ledger, told: list[Figure], title: str, t: Language) -> Table:
    return Table(
        caption=t("Figures from: {title}", title=title),
        columns=(
            Column(t("Figure"), 0.46),
            Column(t("Value"), 0.22, is_number=True),
            Column(t("How it was computed"), 0.32),
        ),
        rows=tuple(
            (_name(figure, t), _value(ledger, figure, t), t(figure.formula)) for figure in told
        ),
    )


def _name(figure: Figure, t: Language) -> str:
    return " · ".join(t(part) for part in (figure.name, figure.aspect) if part)


def _value(ledger: Ledger, figure: Figure, t: Language) -> str:
    """A single figure's value; a column is shown where it stands, here it is counted."""
    if len(figure.values) == 1:
        return ledger.exact(figure)
    return ledger.label(t.plural("{n} value", "{n} values", len(figure.values)))


def _query(ledger: Ledger, source: Source, t: Language) -> Iterator[Block]:
    yield Paragraph(ledger.label(source.query), TextStyle.CODE)
    parameters = ledger.label(json.dumps(source.parameters, ensure_ascii=False, default=str))
    yield Paragraph(t("Parameters: {parameters}", parameters=parameters), TextStyle.CODE)
    rows = ledger.label(t.plural("{n} row", "{n} rows", source.rows))
    checksum = ledger.label(source.rows_sha256)
    yield Paragraph(t("{rows}, checksum {checksum}", rows=rows, checksum=checksum), TextStyle.CODE)
