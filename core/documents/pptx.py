"""Renders the document model as slides: one a section, with charts that PowerPoint edits."""

# mypy: disable-error-code="no-untyped-call"
# python-pptx carries no types for its charts.

from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm, Pt

from core.documents import house_style
from core.documents.house import House
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    DocumentModel,
    Heading,
    Paragraph,
    Section,
    Table,
    TextStyle,
)
from core.documents.package import undated
from core.documents.word_chart import CHART_KINDS, chart_data, dress, workbook

_WIDTH, _HEIGHT = Mm(338.67), Mm(190.5)
_LEFT, _TOP, _BOTTOM = Mm(22), Mm(40), Mm(172)
_INNER = Emu(_WIDTH - 2 * _LEFT)
_GAP = Mm(6)
_TITLE, _TITLE_ONLY = 0, 5  # layouts of the library's template
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_SIZES = {TextStyle.LEAD: 22, TextStyle.BODY: 18, TextStyle.NOTE: 11}
_SIGNS_A_LINE = 105  # of the body's text, at its size


def render(model: DocumentModel, ledger: bytes = b"") -> bytes:
    """A .pptx of the model, with the ledger's XML inside; equal inputs give equal bytes."""
    deck = Presentation(BytesIO(_styled(model.house)))
    _properties(deck, model)
    _opening(deck, model)
    for section in model.sections:
        _Slide(deck, model, section).draw()
    if ledger:
        item = Part(PackURI("/customXml/ledger.xml"), "application/xml", deck.part.package, ledger)
        deck.part.relate_to(item, _CUSTOM_XML)
    content = BytesIO()
    deck.save(content)
    return undated(content.getvalue())


@lru_cache(maxsize=8)
def _styled(house: House) -> bytes:
    """An empty deck whose masters carry the house style, so that slides need none of their own."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    theme = next(
        rel.target_part
        for rel in deck.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    theme._blob = _themed(theme.blob, house)
    for layout in deck.slide_layouts:
        _arrange(layout)
    _arrange(deck.slide_master)
    _title_style(deck.slide_master)
    content = BytesIO()
    deck.save(content)
    return content.getvalue()


def _themed(blob: bytes, house: House) -> bytes:
    """The theme with the house's colours and typeface."""
    theme = etree.fromstring(blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    first, second = house_style.series_colours(house)
    colours = {"dk2": house_style.INK, "accent1": house.accent, "accent2": first, "accent3": second}
    for name, colour in colours.items():
        (slot,) = theme.findall(f".//a:{name}", space)
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{{{space['a']}}}srgbClr", val=colour)
    for font in theme.findall(".//a:majorFont/a:latin", space) + theme.findall(
        ".//a:minorFont/a:latin", space
    ):
        font.set("typeface", house.typeface.value)
    return bytes(etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True))


def _arrange(master: Any) -> None:
    """Titles at the top left on a wide slide; what stands at the foot is left out."""
    for shape in list(master.placeholders):
        kind = shape.placeholder_format.type
        if kind is not None and kind.name in ("TITLE", "CENTER_TITLE"):
            shape.left, shape.top, shape.width, shape.height = _LEFT, Mm(16), _INNER, Mm(20)
        elif kind is not None and kind.name == "SUBTITLE":
            shape.left, shape.top, shape.width, shape.height = _LEFT, Mm(96), _INNER, Mm(50)
        elif kind is not None and kind.name == "BODY":
            shape.left, shape.top, shape.width, shape.height = _LEFT, _TOP, _INNER, Mm(130)


def _title_style(master: Any) -> None:
    """Titles to the left, in the accent colour and half as large as the library's."""
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "2800")
    run.set("b", "1")
    for fill in run.findall(qn("a:solidFill")):
        run.remove(fill)
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr"), val="accent1")
    run.insert(0, fill)


def _properties(deck: Any, model: DocumentModel) -> None:
    properties = deck.core_properties
    properties.title, properties.language = model.title, model.language
    properties.author = properties.last_modified_by = model.author
    properties.created = properties.modified = model.created.replace(tzinfo=None)
    properties.comments, properties.revision = "", 1


def _opening(deck: Any, model: DocumentModel) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    title.left, title.top, title.width, title.height = _LEFT, Mm(62), _INNER, Mm(32)
    title.text_frame.text = model.title
    subtitle.text_frame.text = "\n".join(model.subtitle)
    for paragraph in subtitle.text_frame.paragraphs:
        paragraph.font.size, paragraph.alignment = Pt(18), 1
    if model.house.logo:
        picture = slide.shapes.add_picture(BytesIO(model.house.logo), _LEFT, Mm(20), height=Mm(18))
        _describe(picture, model.house.organisation or "Logo")


class _Slide:
    """One slide; blocks are set one below the other, a chart takes what is left."""

    def __init__(self, deck: Any, model: DocumentModel, section: Section) -> None:
        self._slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        self._model = model
        self._section = section
        self._y = int(_TOP)

    def draw(self) -> None:
        """Title, blocks and notes."""
        self._slide.shapes.title.text_frame.text = self._section.title
        for block in self._section.blocks:
            self._block(block)
        if self._section.notes:
            self._slide.notes_slide.notes_text_frame.text = self._section.notes

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._words((block.text,), 20, is_list=False)
            case Paragraph():
                self._words((block.text,), _SIZES.get(block.style, 18), is_list=False)
            case Bullets():
                self._words(block.items, 20, is_list=True)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _words(self, items: tuple[str, ...], size: int, is_list: bool) -> None:
        lines = sum(1 + len(item) * size // (18 * _SIGNS_A_LINE) for item in items)
        height = round(Pt(size) * (1.3 * lines + (0.5 * len(items) if is_list else 0.4)))
        frame = self._slide.shapes.add_textbox(_LEFT, self._y, _INNER, height).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        for index, item in enumerate(items):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.text, paragraph.font.size = item, Pt(size)
            if is_list:
                _bulleted(paragraph, size)
        self._y += height + _GAP // 2

    def _table(self, table: Table) -> None:
        rows, columns = len(table.rows) + 1, len(table.columns)
        height = Mm(9) * rows
        frame = self._slide.shapes.add_table(rows, columns, _LEFT, self._y, _INNER, height)
        _describe(frame, table.caption)
        view = frame.table
        view.last_row = table.has_total
        for index, column in enumerate(table.columns):
            view.columns[index].width = round(_INNER * column.width)
        heads = tuple(column.title for column in table.columns)
        for number, cells in enumerate((heads, *table.rows)):
            for index, cell in enumerate(cells):
                _fill(view.cell(number, index), cell, table.columns[index].is_number)
        self._y += height + _GAP

    def _chart(self, chart: Chart) -> None:
        height = max(int(_BOTTOM) - self._y, int(Mm(60)))
        data = chart_data(chart)
        frame = self._slide.shapes.add_chart(
            CHART_KINDS[chart.kind], _LEFT, self._y, _INNER, height, data
        )
        _describe(frame, chart.alt)
        dress(frame.chart, chart, self._model.house, size=12)
        book = frame.chart.part.chart_workbook.xlsx_part
        book._blob = workbook(data, self._model.created)
        self._y += height


def _fill(cell: Any, text: str, is_number: bool) -> None:
    cell.text_frame.text = text
    (paragraph,) = cell.text_frame.paragraphs[:1]
    paragraph.font.size = Pt(14)
    if is_number:
        paragraph.alignment = 3  # right


def _bulleted(paragraph: Any, size: int) -> None:
    """A hanging bullet, which a plain text box does not have."""
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(size) * 1.1)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    etree.SubElement(properties, qn("a:buChar"), char="•")
    paragraph.space_after = Pt(size * 0.5)


def _describe(shape: Any, words: str) -> None:
    """The words for whoever cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
