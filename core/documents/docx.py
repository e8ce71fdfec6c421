"""Renders the document model as a Word document, by styles alone."""

import re
from io import BytesIO
from typing import Any
from xml.sax import saxutils

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from core.documents import house_style as house
from core.documents.ledger_part import add_ledger
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    Clause,
    Column,
    DocumentModel,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Signatures,
    Table,
    TextStyle,
    numbers_by_key,
)
from core.documents.package import undated
from core.documents.page_layout import section_pages
from core.documents.word_chart import add_chart

_STYLES = {
    TextStyle.BODY: "Normal",
    TextStyle.LEAD: "Lead",
    TextStyle.NOTE: "Note",
    TextStyle.CODE: "Code",
    TextStyle.ADDRESS: "Address",
}
LOGO_HEIGHT_MM = 14
_MILLIMETRE = 36_000  # EMU
_TWIP = 635  # EMU
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = nsdecls("w", "wp", "a", "r")
_PICTURE_URI = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def render(model: DocumentModel, ledger: bytes = b"") -> bytes:
    """A .docx of the model, with the ledger's XML inside; equal inputs give equal bytes."""
    document = docx.Document(BytesIO(house.styled_package(model.language, model.house)))
    _properties(document, model)
    _footer(document, model)
    writer = _Writer(document, model)
    writer.front()
    for section in model.sections:
        writer.section(section)
    writer.close()
    if ledger:
        add_ledger(document.part, "/customXml", ledger)
    content = BytesIO()
    document.save(content)
    return undated(content.getvalue())


class _Writer:
    """Collects the body's XML piece by piece; one parse at the end is what makes it quick."""

    def __init__(self, document: Any, model: DocumentModel) -> None:
        self._document = document
        self._model = model
        self._ids = {style.name: style.style_id for style in document.styles}
        self._pieces: list[str] = []
        self._drawings = self._bookmarks = 0
        self._numbers = numbers_by_key(model)
        self._is_under_clause = False

    def front(self) -> None:
        """Logo, title and subtitle, on a page of their own where the model has a cover."""
        model = self._model
        if model.house.logo:
            self._pieces.append(self._logo())
        if model.has_cover:
            self.text("Cover Space", "")
        self.text("Title", model.title)
        for line in model.subtitle:
            self.text("Subtitle", line)
        if model.has_contents:
            self._pieces += self._contents()

    def text(self, style: str, text: str, before: str = "") -> None:
        """One paragraph in a named style."""
        self._pieces.append(self._paragraph(style, text, before))

    def section(self, section: Section) -> None:
        """A heading of level 1 and what stands under it."""
        first = self._model.sections[0].name == section.name
        breaks = section.starts_page or (first and self._stands_apart())
        before = "<w:pageBreakBefore/>" if breaks else ""
        if section.title:
            mark = self._bookmark(f"_Toc_{section.name}") if self._model.has_contents else ("", "")
            self._pieces.append(self._paragraph("Heading 1", section.title, before, mark))
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
                    self._item(item)
            case Table():
                self._pieces.append(self._table(block))
            case Chart():
                self.text("Caption", block.title)
                self._pieces.append(self._chart(block))
            case Clause():
                self._is_under_clause = True
                self._pieces.append(self._clause(block))
            case Signatures():
                self._pieces.append(self._signatures(block))
            case PageBreak():
                self._pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def close(self) -> None:
        """Put everything before the body's last element, which holds the page's layout."""
        body = self._document.element.body
        layout = body.sectPr
        parsed = parse_xml(f"<w:body {_NAMESPACES}>{''.join(self._pieces)}</w:body>")
        for element in list(parsed):
            layout.addprevious(element)

    def _paragraph(
        self, style: str, text: str, before: str = "", around: tuple[str, str] = ("", "")
    ) -> str:
        properties = f'<w:pPr><w:pStyle w:val="{self._ids[style]}"/>{before}</w:pPr>'
        return f"<w:p>{properties}{around[0]}{_run(text)}{around[1]}</w:p>"

    def _item(self, text: str) -> None:
        """An item of a list; under a clause it is set in, with a dash."""
        if self._is_under_clause:
            self.text("Clause List", f"–  {text}")
        else:
            self.text("List Bullet", text)

    def _stands_apart(self) -> bool:
        return self._model.has_cover or self._model.has_contents

    def _bookmark(self, name: str) -> tuple[str, str]:
        """What opens and what closes a bookmark."""
        self._bookmarks += 1
        number = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{number}"/>',
        )

    def _clause(self, clause: Clause) -> str:
        """A clause of a style that numbers itself; references are fields with their number."""
        opened, closed = self._bookmark(f"_Ref_{clause.key}") if clause.key else ("", "")
        runs = "".join(
            _run(piece)
            if isinstance(piece, str)
            else _field(f" REF _Ref_{piece.key} \\r \\h ", self._numbers[piece.key])
            for piece in clause.pieces
        )
        style = self._ids[f"Clause {clause.level}"]
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        return f"<w:p>{properties}{opened}{runs}{closed}</w:p>"

    def _contents(self) -> list[str]:
        """A table of contents whose entries and pages are there before Word counts anew."""
        before = "<w:pageBreakBefore/>" if self._model.has_cover else ""
        titled = [section for section in self._model.sections if section.title]
        pages = section_pages(self._model)
        entries = [
            self._entry(one.name, one.title, pages[one.name], first=index == 0)
            for index, one in enumerate(titled)
        ]
        end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        title = self._paragraph("Contents Title", self._model.labels.contents, before)
        return [title, *entries, end.replace("<w:p>", f"<w:p>{self._styled('Spacer')}")]

    def _styled(self, style: str) -> str:
        return f'<w:pPr><w:pStyle w:val="{self._ids[style]}"/></w:pPr>'

    def _entry(self, name: str, title: str, page: int, first: bool) -> str:
        begin = _begun(' TOC \\o "1-1" \\h \\z ') if first else ""
        number = _field(f" PAGEREF _Toc_{name} \\h ", str(page))
        return (
            f"<w:p>{self._styled('toc 1')}{begin}"
            f'<w:hyperlink w:anchor="_Toc_{name}" w:history="1">{_run(title)}'
            f"<w:r><w:tab/></w:r>{number}</w:hyperlink></w:p>"
        )

    def _signatures(self, signatures: Signatures) -> str:
        """Two columns to sign in, kept on one page."""
        width = round(house.TEXT_WIDTH / _TWIP / len(signatures.parties))
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{self._to_sign(one, signatures.labels)}</w:tc>"
            for one in signatures.parties
        )
        grid = f'<w:gridCol w:w="{width}"/>' * len(signatures.parties)
        caption = _attribute(" / ".join(one.party for one in signatures.parties))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(signatures.parties)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="400" w:type="dxa"/></w:tblCellMar>'
            f"<w:tblCaption w:val={caption}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
            f"{self._paragraph('Spacer', '')}"
        )

    def _to_sign(self, signature: Signature, labels: tuple[str, str, str]) -> str:
        name = f"{labels[0]}: {signature.name}" if signature.name else labels[0]
        return self._paragraph("Sign Party", signature.party) + "".join(
            self._paragraph("Sign Line", line) for line in (name, *labels[1:])
        )

    def _logo(self) -> str:
        """The house's logo, as high as fits above a title, with words for who cannot see it."""
        self._drawings += 1
        key, image = self._document.part.get_or_add_image(BytesIO(self._model.house.logo))
        height = LOGO_HEIGHT_MM * _MILLIMETRE
        width = round(height * image.px_width / image.px_height)
        alt = _attribute(self._model.house.organisation or "Logo")
        return (
            f"<w:p>{self._styled('Figure')}<w:r><w:drawing>"
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{self._drawings}" name="Logo" descr={alt}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_PICTURE_URI}"><pic:pic xmlns:pic="{_PICTURE_URI}">'
            f'<pic:nvPicPr><pic:cNvPr id="0" name="Logo" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r></w:p>"
        )

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
        key = add_chart(self._document.part, chart, number, self._model.created, self._model.house)
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


def _begun(instruction: str) -> str:
    """A field up to where its result begins."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{saxutils.escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _field(instruction: str, result: str) -> str:
    """A field with the result that is shown until Word counts anew."""
    return f'{_begun(instruction)}{_run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


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
