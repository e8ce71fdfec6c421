"""Renders the document model as a Word document, by styles alone."""

import re
from io import BytesIO
from typing import Any
from xml.sax import saxutils
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from core.documents import house_style as house
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    DocumentModel,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Table,
    TextStyle,
)
from core.documents.word_chart import add_chart

_STYLES = {
    TextStyle.BODY: "Normal",
    TextStyle.LEAD: "Lead",
    TextStyle.NOTE: "Note",
    TextStyle.CODE: "Code",
}
_MILLIMETRE = 36_000  # EMU
_TWIP = 635  # EMU
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = nsdecls("w", "wp", "a", "r")
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def render(model: DocumentModel) -> bytes:
    """A .docx of the model; equal models give equal bytes."""
    document = docx.Document(BytesIO(house.styled_package(model.language)))
    _properties(document, model)
    _footer(document, model)
    writer = _Writer(document, model)
    writer.text("Title", model.title)
    for line in model.subtitle:
        writer.text("Subtitle", line)
    for section in model.sections:
        writer.section(section)
    writer.close()
    content = BytesIO()
    document.save(content)
    return _undated(content.getvalue())


class _Writer:
    """Collects the body's XML piece by piece; one parse at the end is what makes it quick."""

    def __init__(self, document: Any, model: DocumentModel) -> None:
        self._document = document
        self._model = model
        self._ids = {style.name: style.style_id for style in document.styles}
        self._pieces: list[str] = []
        self._drawings = 0

    def text(self, style: str, text: str, before: str = "") -> None:
        """One paragraph in a named style."""
        self._pieces.append(self._paragraph(style, text, before))

    def section(self, section: Section) -> None:
        """A heading of level 1 and what stands under it."""
        before = "<w:pageBreakBefore/>" if section.starts_page else ""
        self.text("Heading 1", section.title, before)
        for block in section.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """One block of the model."""
        match block:
            case Heading():
                self.text(f"Heading {block.level}", block.text)
            case Paragraph():
                self.text(_STYLES[block.style], block.text)
            case Bullets():
                for item in block.items:
                    self.text("List Bullet", item)
            case Table():
                self._pieces.append(self._table(block))
            case Chart():
                self.text("Caption", block.title)
                self._pieces.append(self._chart(block))
            case PageBreak():
                self._pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def close(self) -> None:
        """Put everything before the body's last element, which holds the page's layout."""
        body = self._document.element.body
        layout = body.sectPr
        parsed = parse_xml(f"<w:body {_NAMESPACES}>{''.join(self._pieces)}</w:body>")
        for element in list(parsed):
            layout.addprevious(element)

    def _paragraph(self, style: str, text: str, before: str = "") -> str:
        properties = f'<w:pPr><w:pStyle w:val="{self._ids[style]}"/>{before}</w:pPr>'
        return f"<w:p>{properties}{_run(text)}</w:p>"

    def _table(self, table: Table) -> str:
        widths = [round(house.TEXT_WIDTH / _TWIP * column.width) for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._row("Head", [c.title for c in table.columns], table.columns, widths)
        body = [
            self._row(_row_style(table, index), row, table.columns, widths)
            for index, row in enumerate(table.rows)
        ]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{house.TABLE_STYLE}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{_look(table)}" '
            f'w:firstRow="1" w:lastRow="{int(table.has_total)}" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={_attribute(table.caption)}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(body)}</w:tbl>"
            f"{self._paragraph('Spacer', '')}"
        )

    def _row(self, kind: str, cells: Any, columns: tuple[Column, ...], widths: list[int]) -> str:
        header = "<w:tblHeader/>" if kind == "Head" else ""
        tags = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{self._paragraph(_cell_style(kind, column), cell)}</w:tc>"
            for cell, column, width in zip(cells, columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{tags}</w:tr>"

    def _chart(self, chart: Chart) -> str:
        self._drawings += 1
        number = self._drawings
        key = add_chart(self._document.part, chart, number, self._model.created)
        name, alt = _attribute(f"Chart {number}"), _attribute(chart.alt)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self._ids["Figure"]}"/></w:pPr><w:r><w:drawing>'
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{house.TEXT_WIDTH}" cy="{chart.height_mm * _MILLIMETRE}"/>'
            f'<wp:docPr id="{number}" name={name} descr={alt}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_CHART_URI}">'
            f'<c:chart xmlns:c="{_CHART_URI}" r:id="{key}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )


def _legible(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _attribute(text: str) -> str:
    return saxutils.quoteattr(_legible(text))


def _run(text: str) -> str:
    if not text:
        return ""
    lines = saxutils.escape(_legible(text)).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{inner}</w:r>"


def _row_style(table: Table, index: int) -> str:
    return "Total" if table.has_total and index == len(table.rows) - 1 else "Text"


def _cell_style(kind: str, column: Column) -> str:
    if kind == "Text":
        return "Table Number" if column.is_number else "Table Text"
    return f"Table {kind} Number" if column.is_number else f"Table {kind}"


def _look(table: Table) -> str:
    """The bits of tblLook that older Word versions read: first row, last row, no bands."""
    return f"{0x0020 | 0x0200 | 0x0400 | (0x0040 if table.has_total else 0):04X}"


def _properties(document: Any, model: DocumentModel) -> None:
    properties = document.core_properties
    properties.title = _legible(model.title)
    properties.author = properties.last_modified_by = _legible(model.author)
    properties.language = model.language
    properties.created = properties.modified = model.created.replace(tzinfo=None)
    properties.comments, properties.revision = "", 1


def _footer(document: Any, model: DocumentModel) -> None:
    """The title on the left, the page's number of how many on the right."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Footer"]
    pieces = (
        _run(model.labels.footer),
        "<w:r><w:tab/></w:r>",
        _run(f"{model.labels.page} "),
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        _run(" / "),
        '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
    )
    parsed = parse_xml(f"<w:p {_NAMESPACES}>{''.join(pieces)}</w:p>")
    for element in list(parsed):
        paragraph._p.append(element)


def _undated(package: bytes) -> bytes:
    """The same package with every entry dated alike: the library writes the current time."""
    content = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return content.getvalue()
