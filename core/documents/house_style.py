"""The house style of Word documents: fonts, colours and styles, defined once."""

from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from core.documents.house import DEFAULT_HOUSE, House, Typeface

FALLBACK_FONTS = {Typeface.INTER: "Calibri", Typeface.LIBERTINUS: "Georgia"}  # where not installed
CODE_FONT = "Consolas"

INK = "0B1220"
QUIET = "566179"
LINE = "DDE3EA"
SURFACE = "F4F6F9"
SERIES = ("C75B1C", "1F5FBF")  # spend, revenue: the colours of the screen's chart
ACCENTED = ("Heading 1", "Clause 1", "Contents Title")
CLAUSES = 90  # the numbering of clauses, apart from the lists of the library's template

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Mm(210), Mm(297), Mm(21)
TEXT_WIDTH = Emu(PAGE_WIDTH - 2 * MARGIN)
TABLE_STYLE = "HouseTable"

_LANGUAGE_TAGS = {"en": "en-US", "es": "es-ES"}

# name: size, bold, colour, space before, space after, line spacing, kept with the next
_PARAGRAPHS: dict[str, tuple[float, bool, str, float, float, float, bool]] = {
    "Normal": (10, False, INK, 0, 6, 1.2, False),
    "Title": (24, True, INK, 0, 4, 1.05, True),
    "Subtitle": (10.5, False, QUIET, 0, 2, 1.1, False),
    "Heading 1": (15, True, INK, 18, 6, 1.1, True),
    "Heading 2": (11, True, INK, 12, 4, 1.1, True),
    "Caption": (9, True, QUIET, 6, 4, 1.1, True),
    "List Bullet": (10, False, INK, 0, 3, 1.2, False),
    "Lead": (11.5, False, INK, 0, 6, 1.25, False),
    "Note": (8.5, False, QUIET, 4, 6, 1.15, False),
    "Figure": (10, False, INK, 0, 6, 1, False),
    "Table Text": (8.5, False, INK, 0, 0, 1.05, False),
    "Table Number": (8.5, False, INK, 0, 0, 1.05, False),
    "Table Head": (8.5, True, QUIET, 0, 0, 1.05, True),
    "Table Head Number": (8.5, True, QUIET, 0, 0, 1.05, True),
    "Table Total": (8.5, True, INK, 0, 0, 1.05, False),
    "Table Total Number": (8.5, True, INK, 0, 0, 1.05, False),
    "Spacer": (4, False, INK, 0, 0, 1, False),
    "Code": (7.5, False, QUIET, 0, 3, 1.1, False),
    "Footer": (8, False, QUIET, 0, 0, 1, False),
    "Cover Space": (10, False, INK, 150, 0, 1, True),
    "Contents Title": (15, True, INK, 0, 8, 1.1, True),
    "toc 1": (10.5, False, INK, 0, 5, 1.1, False),
    "Address": (10, False, INK, 0, 6, 1.15, False),
    "Clause 1": (11.5, True, INK, 14, 4, 1.1, True),
    "Clause 2": (10, False, INK, 0, 5, 1.2, False),
    "Clause List": (10, False, INK, 0, 3, 1.2, False),
    "Sign Party": (10, True, INK, 10, 14, 1.1, True),
    "Sign Line": (8.5, False, QUIET, 16, 10, 1, True),
}


_BUILT_IN = ("toc 1",)  # Word knows them by these names and gives them their meaning


def series_colours(house: House) -> tuple[str, str]:
    """Two colours that stay apart: the screen's, or the house's own beside a quiet one."""
    return SERIES if house.accent == DEFAULT_HOUSE.accent else (house.accent, QUIET)


@lru_cache(maxsize=8)
def styled_package(language: str, house: House = DEFAULT_HOUSE) -> bytes:
    """An empty .docx with the house style in a language; built once in a process."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    for name in _PARAGRAPHS:
        _define(document, name, house)
    _code_and_footer(document)
    _number_clauses(document)
    _contents_and_signatures(document)
    document.styles.element.append(_table_style())
    _defaults(document, _LANGUAGE_TAGS.get(language, "en-US"))
    _fonts(document, house)
    _drop_thumbnail(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _define(document: Any, name: str, house: House) -> None:
    """Make or restyle one paragraph style."""
    size, bold, colour, before, after, spacing, with_next = _PARAGRAPHS[name]
    styles = document.styles
    colour = house.accent if name in ACCENTED else colour
    known = name in [style.name for style in styles]
    style = (
        styles[name]
        if known
        else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _BUILT_IN)
    )
    if name != "Normal":
        style.base_style = styles["Normal"]
    _drop_borders(style)
    _set_font(style, house.typeface.value)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing, layout.keep_with_next = spacing, with_next
    layout.widow_control = True
    if name.endswith("Number"):
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_font(style: Any, name: str) -> None:
    """Name the font for every script; theme fonts would win over it, so they go."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _drop_borders(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    spacing = style.element.get_or_add_rPr()
    for tag in ("w:spacing", "w:kern"):
        for child in spacing.findall(qn(tag)):
            spacing.remove(child)


def _code_and_footer(document: Any) -> None:
    code = document.styles["Code"]
    _set_font(code, CODE_FONT)
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SURFACE}"/>')
    properties = code.element.get_or_add_pPr()
    properties.insert_element_before(
        shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )
    footer = document.styles["Footer"].paragraph_format
    footer.tab_stops.clear_all()
    footer.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _number_clauses(document: Any) -> None:
    """Clauses count themselves: titles 1, 2, 3 and what is under them 1.1, 1.2."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Clause{level + 1}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1.", "%1.%2"))
    )
    numbering = document.part.numbering_part.element
    space = nsdecls("w")
    abstract = parse_xml(
        f'<w:abstractNum {space} w:abstractNumId="{CLAUSES}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.find(qn("w:num")).addprevious(abstract)
    numbering.append(
        parse_xml(
            f'<w:num {space} w:numId="{CLAUSES}"><w:abstractNumId w:val="{CLAUSES}"/></w:num>'
        )
    )
    for level, name in enumerate(("Clause 1", "Clause 2")):
        properties = document.styles[name].element.get_or_add_pPr()
        number = parse_xml(
            f'<w:numPr {space}><w:ilvl w:val="{level}"/><w:numId w:val="{CLAUSES}"/></w:numPr>'
        )
        properties.insert_element_before(number, *_AFTER_NUMBERING)


# What stands behind a paragraph's numbering in the order that the format asks for.
_AFTER_NUMBERING = ("w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _contents_and_signatures(document: Any) -> None:
    styles, space = document.styles, nsdecls("w")
    styles["toc 1"].paragraph_format.tab_stops.add_tab_stop(
        TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    styles["Clause List"].paragraph_format.left_indent = Mm(15)
    styles["Clause List"].paragraph_format.first_line_indent = -Mm(5)
    line = parse_xml(
        f'<w:pBdr {space}><w:top w:val="single" w:sz="4" w:space="3" w:color="{QUIET}"/>'
        f'<w:between w:val="single" w:sz="4" w:space="3" w:color="{QUIET}"/></w:pBdr>'
    )
    properties = styles["Sign Line"].element.get_or_add_pPr()
    properties.insert_element_before(line, *_AFTER_NUMBERING[1:])


def _table_style() -> Any:
    """Lines under the rows, a shaded header that stands out, a rule above the total."""
    return parse_xml(
        f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">
        <w:name w:val="House Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
        <w:tblPr><w:tblBorders>
        <w:top w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
        <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
        <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>
        <w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
        <w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
        <w:tblStylePr w:type="firstRow"><w:tcPr>
        <w:shd w:val="clear" w:color="auto" w:fill="{SURFACE}"/>
        <w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
        <w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>
        <w:top w:val="single" w:sz="8" w:space="0" w:color="{QUIET}"/></w:tcBorders></w:tcPr>
        </w:tblStylePr></w:style>"""
    )


def _defaults(document: Any, tag: str) -> None:
    """The language that spelling and screen readers go by, for every run."""
    element = document.styles.element
    for lang in element.iter(qn("w:lang")):
        lang.attrib.clear()
        lang.set(qn("w:val"), tag)
    settings = document.settings.element
    for lang in settings.findall(qn("w:themeFontLang")):
        lang.attrib.clear()
        lang.set(qn("w:val"), tag)


def _fonts(document: Any, house: House) -> None:
    """Tell Word which font to use where the house's own is missing."""
    font, fallback = house.typeface.value, FALLBACK_FONTS[house.typeface]
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>'
        f'<w:font w:name="{font}"><w:altName w:val="{fallback}"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/></w:font><w:font w:name="{CODE_FONT}">'
        '<w:altName w:val="Courier New"/><w:family w:val="modern"/><w:pitch w:val="fixed"/>'
        "</w:font></w:fonts>"
    ).encode()


def _drop_thumbnail(document: Any) -> None:
    """The library's template carries a picture of an empty page."""
    relations = document.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        del relations[key]
