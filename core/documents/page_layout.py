"""Renders the document model as pages: a PDF, pictures of its pages, and on which each part is."""

import base64
import json
import threading
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from core.documents import chart_svg
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    Clause,
    Column,
    DocumentModel,
    Heading,
    Layout,
    PageBreak,
    Paragraph,
    Section,
    Signatures,
    Table,
    TextStyle,
    clause_numbers,
    numbers_by_key,
)
from core.i18n import language

_SLIDE_CHART_MM = 58  # of a page's width, so that a slide's title and words fit above
# Of the title and the lines below it, and of tables; what is not named is as on pages.
_TITLE_SIZES = {Layout.SLIDES: ("40pt", "18pt"), Layout.CERTIFICATE: ("30pt", "12pt")}
_TABLE_SIZES = {Layout.SLIDES: "15pt", Layout.CERTIFICATE: "11pt"}
_HERE = Path(__file__).parent
_lock = threading.Lock()  # one compiler a process, for its fonts are read once


def pdf(model: DocumentModel) -> bytes:
    """The document as a PDF; equal models give equal bytes."""
    return bytes(_compiled(model, format="pdf")[0])


def pictures(model: DocumentModel, pixels_per_inch: int = 72) -> list[bytes]:
    """Each page as a PNG."""
    return _compiled(model, format="png", ppi=float(pixels_per_inch))


def section_pages(model: DocumentModel) -> dict[str, int]:
    """On which page each titled section begins, from 1."""
    with _lock:
        query: Any = typst.query  # its types leave out files in memory, which it takes
        found = query(_Source(model).files(), "<section>", field="value", font_paths=_fonts())
    return {one["name"]: one["page"] for one in json.loads(found)}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The product's fonts alone, so that every machine breaks lines alike."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


@lru_cache(maxsize=1)
def _house() -> bytes:
    return (_HERE / "layout.typ").read_bytes()


def _compiled(model: DocumentModel, **how: Any) -> list[bytes]:
    files = _Source(model).files()
    with _lock:
        made = typst.compile(
            files, font_paths=_fonts(), timestamp=int(model.created.timestamp()), **how
        )
    return made if isinstance(made, list) else [made]


class _Source:
    """The model as typst's markup: every word is a string literal, so nothing typed is read."""

    def __init__(self, model: DocumentModel) -> None:
        self._model = model
        self._files: dict[str, bytes] = {"layout.typ": _house()}
        self._numbers = iter(clause_numbers(model))
        self._by_key = numbers_by_key(model)
        self._is_under_clause = False
        self._is_slides = model.layout is Layout.SLIDES

    def files(self) -> dict[str, bytes]:
        """The markup and the pictures that it shows, by name."""
        model = self._model
        pieces = [
            f'#import "layout.typ": *\n#let model = {self._about()}\n#show: b => house(model, b)'
        ]
        pieces += self._front()
        for index, section in enumerate(model.sections):
            pieces += self._section(section, is_first=index == 0)
        return {"main.typ": "\n".join(pieces).encode(), **self._files}

    def _about(self) -> str:
        model, day = self._model, self._model.created
        words = {
            "title": model.title,
            "author": model.author,
            "lang": model.language,
            "accent": model.house.accent,
            "font": model.house.typeface.value,
            "footer": model.labels.footer,
            "page": model.labels.page,
            "layout": model.layout.value,
        }
        told = ", ".join(f"{name}: {_string(text)}" for name, text in words.items())
        date = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
        return f"({told}, date: {date})"

    def _front(self) -> list[str]:
        model = self._model
        if model.layout is Layout.MESSAGE:
            return [self._mail_head()]
        pieces: list[str] = []
        if model.house.logo:
            self._files["logo.svg"] = _as_svg(model.house.logo)
            pieces.append(f'#logo-image("logo.svg", {_string(model.house.organisation or "Logo")})')
        if model.has_cover or self._is_slides:
            pieces.append(f"#v({'40mm' if self._is_slides else '60mm'})")
        large, small = _TITLE_SIZES.get(model.layout, ("24pt", "10.5pt"))
        pieces.append(f"#doc-title(model, {large})")
        pieces += [f"#subtitle({_string(line)}, {small})" for line in model.subtitle]
        if model.layout is Layout.CERTIFICATE:
            pieces.append("#v(9mm)")
        if model.has_contents:
            broken = "#pagebreak()\n" if model.has_cover else ""
            title = _string(model.labels.contents)
            pieces.append(
                f"{broken}#block(below: 12pt, text(size: 15pt, weight: 600, "
                f"fill: rgb(model.accent), {title}))\n#outline(title: none, depth: 1)"
            )
        return pieces

    def _mail_head(self) -> str:
        envelope = self._model.envelope
        if envelope is None:
            return "#doc-title(model, 15pt)"
        to, sender, subject = envelope.labels
        rows = (
            (to, _addressed(envelope.to_name, envelope.to_address)),
            (sender, _addressed(envelope.from_name, envelope.from_address)),
            (subject, self._model.title),
        )
        told = ", ".join(f"({_string(label)}, {_string(value)})" for label, value in rows)
        return f"#mail-head(({told},))"

    def _section(self, section: Section, is_first: bool) -> list[str]:
        apart = self._model.has_cover or self._model.has_contents
        breaks = section.starts_page or self._is_slides or (is_first and apart)
        pieces = ["#pagebreak(weak: true)"] if breaks else []
        if section.title:
            name = _string(section.name)
            pieces.append(f"#heading(level: 1, {_string(section.title)})")
            pieces.append(f"#context [#metadata((name: {name}, page: here().page())) <section>]")
        return [*pieces, *(self._block(block) for block in section.blocks)]

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"#heading(level: {block.level}, {_string(block.text)})"
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return self._bullets(block)
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Clause():
                return self._clause(block)
            case Signatures():
                return _signatures(block)
            case PageBreak():
                return "#pagebreak()"

    def _paragraph(self, block: Paragraph) -> str:
        text = _string(block.text)
        if block.style is TextStyle.BODY:
            return f"#par({text})"
        slides = f", {str(self._is_slides).lower()}" if block.style is TextStyle.LEAD else ""
        return f"#{block.style.value}({text}{slides})"

    def _bullets(self, block: Bullets) -> str:
        items = ", ".join(map(_string, block.items))
        return f"#clause-list(({items},))" if self._is_under_clause else f"#list({items})"

    def _table(self, table: Table) -> str:
        widths = "".join(f"{column.width:.4f}fr, " for column in table.columns)
        aligns = "".join(_align(column) for column in table.columns)
        body = table.rows[:-1] if table.has_total else table.rows
        total = table.rows[-1] if table.has_total else ()
        rows = "".join(f"{_cells(row)}, " for row in body)
        size = _TABLE_SIZES.get(self._model.layout, "8.5pt")
        head = _cells(tuple(column.title for column in table.columns))
        return f"#data-table({size}, ({widths}), ({aligns}), {head}, ({rows}), {_cells(total)})"

    def _chart(self, chart: Chart) -> str:
        name = f"chart{len(self._files)}.svg"
        drawn = replace(chart, height_mm=_SLIDE_CHART_MM) if self._is_slides else chart
        self._files[name] = chart_svg.draw(drawn, self._model.house, language(self._model.language))
        alt = _string(chart.alt)
        title = "" if self._is_slides else f"#caption({_string(chart.title)})\n"
        return f"{title}#image({_string(name)}, width: 100%, alt: {alt})"

    def _clause(self, clause: Clause) -> str:
        self._is_under_clause = True
        number = next(self._numbers)
        inner = " + ".join(
            _string(piece if isinstance(piece, str) else self._by_key[piece.key])
            for piece in clause.pieces
        )
        target = f" <clause-{clause.key.replace('_', '-')}>" if clause.key else ""
        if clause.level == 1:
            return f'#clause-title("{number}.", {inner}, model.accent){target}'
        return f'#clause-body("{number}", {inner}){target}'


def _as_svg(png: bytes) -> bytes:
    """A picture inside an SVG, for files in memory are text to the compiler."""
    width, height = (int.from_bytes(png[start : start + 4]) for start in (16, 20))
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    ).encode()


def _signatures(block: Signatures) -> str:
    parties = "".join(f"({_string(one.party)}, {_string(one.name)}), " for one in block.parties)
    return f"#signatures(({parties}), {_cells(block.labels)})"


def _cells(cells: tuple[str, ...]) -> str:
    return "(" + "".join(f"{_string(cell)}, " for cell in cells) + ")" if cells else "()"


def _align(column: Column) -> str:
    return "right, " if column.is_number else "left, "


def _addressed(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address else name or address


def _string(text: str) -> str:
    """A string literal; typst reads no more than these two signs in it."""
    written = text.encode(errors="ignore").decode()  # half a pair is no sign
    kept = "".join(char for char in written if char >= " " or char == "\n")
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
