import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from lxml import etree
from openpyxl.reader.excel import load_workbook

from core.documents.docx import render
from core.documents.drafts import Draft
from tests.core.documents.made import (
    CAMPAIGNS,
    CREATED,
    campaign,
    draft,
    measures,
    report_figures,
    values,
)

GOLDEN = Path(__file__).parents[2] / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BEFORE = measures("1000", "4000", 52)


def rendered(made: Draft) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render(made.model)))


def part(package: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(package.read(name))


def canonical(package: zipfile.ZipFile, names: list[str]) -> str:
    """The parts as canonical XML, an element a line, so that a difference can be read."""
    pieces = []
    for name in names:
        text = etree.tostring(part(package, name), method="c14n").decode()
        pieces.append(f"<!-- {name} -->\n" + text.replace("><", ">\n<"))
    return "\n".join(pieces) + "\n"


@pytest.mark.parametrize("slug", ["campaign-report", "campaign-summary"])
@pytest.mark.parametrize("code", ["en", "es"])
def test_the_report_is_as_it_was_approved(slug: str, code: str) -> None:
    """Set GOLDEN=write to approve a change after looking at it."""
    made = draft(report_figures(days=7, previous=BEFORE), slug=slug, code=code)
    names = ["word/document.xml", "word/footer1.xml", "word/charts/chart1.xml"]
    text = canonical(rendered(made), [*names, "docProps/core.xml"])
    file = GOLDEN / f"{slug}-{code}.xml"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text)
    assert file.read_text() == text


def test_equal_inputs_give_equal_bytes() -> None:
    first, second = (render(draft(report_figures()).model) for _ in range(2))
    assert first == second


def test_the_properties_say_title_author_language_and_date() -> None:
    content = render(draft(report_figures(), values(title="A & B"), code="es").model)
    told = docx.Document(io.BytesIO(content)).core_properties
    assert ("A & B", "Jo Writer", "es") == (told.title, told.author, told.language)
    assert CREATED.replace(tzinfo=None) == told.created.replace(tzinfo=None)


def test_text_is_in_the_documents_language_for_a_speller() -> None:
    styles = part(rendered(draft(report_figures(), code="es")), "word/styles.xml")
    assert {"es-ES"} == {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")}


@pytest.mark.parametrize("typed", ["A & B", "<b>x</b>", "{{7*7}}", "=1+1", "]]>", "a\tb", '"q"'])
def test_what_was_typed_stays_text(typed: str) -> None:
    risky = (campaign(1, typed, measures("10", "20")), CAMPAIGNS[0])
    form = values(title=typed, reader_name=typed, remarks=typed)
    content = render(draft(report_figures(campaigns=risky), form).model)
    document = docx.Document(io.BytesIO(content))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert typed == told[0]
    assert f"For {typed}" in told
    assert typed == document.sections[0].footer.paragraphs[0].text.partition("\tPage")[0]
    names = {row.cells[0].text for table in document.tables for row in table.rows}
    assert typed in names


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    typed, shown = "W\x07in\x1bt\0er\x1f\ufffe\uffff\ud800 ñ\U0001f600", "Winter ñ\U0001f600"
    risky = (campaign(1, typed, measures("10", "20")), CAMPAIGNS[0])
    form = values(title=typed, reader_name=typed, remarks=typed)
    document = docx.Document(io.BytesIO(render(draft(report_figures(campaigns=risky), form).model)))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert (shown, shown) == (told[0], document.core_properties.title)
    names = {row.cells[0].text for table in document.tables for row in table.rows}
    assert shown in names


def test_every_paragraph_has_a_style_and_no_formatting_of_its_own() -> None:
    body = part(rendered(draft(report_figures(previous=BEFORE))), "word/document.xml")
    own = {child.tag for run in body.iter(f"{W}rPr") for child in run}
    assert set() == own
    shape = {child.tag for properties in body.iter(f"{W}pPr") for child in properties}
    assert {f"{W}pStyle", f"{W}pageBreakBefore"} == shape
    styles = part(rendered(draft(report_figures())), "word/styles.xml")
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {style.get(f"{W}val") for style in body.iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= known


def test_every_table_repeats_its_header_and_keeps_rows_whole() -> None:
    body = part(rendered(draft(report_figures())), "word/document.xml")
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == len(list(body.iter(f"{W}tblHeader")))
    rows = list(body.iter(f"{W}tr"))
    assert len(rows) == len(list(body.iter(f"{W}cantSplit")))
    assert all(table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in tables)


def test_a_tables_widths_fill_the_text_width() -> None:
    body = part(rendered(draft(report_figures())), "word/document.xml")
    for table in body.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) == pytest.approx(9524, abs=8)


def test_pages_are_numbered_by_fields() -> None:
    footer = part(rendered(draft(report_figures())), "word/footer1.xml")
    assert [" PAGE ", " NUMPAGES "] == [
        field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")
    ]


def test_the_chart_is_native_and_said_in_words() -> None:
    package = rendered(draft(report_figures(previous=BEFORE)))
    (picture,) = part(package, "word/document.xml").iter(f"{WP}docPr")
    assert "Chart of Spend and revenue, by day, from Sep 1, 2026" in picture.get("descr")
    assert "Revenue: between €100.00 and €235.00." in picture.get("descr")
    chart = part(package, "word/charts/chart1.xml")
    assert 2 == len(list(chart.iter(f"{C}ser")))
    (external,) = chart.iter(f"{C}externalData")
    relations = package.read("word/charts/_rels/chart1.xml.rels").decode()
    assert "../embeddings/Microsoft_Excel_Sheet1.xlsx" in relations
    assert 'TargetMode="External"' not in relations
    types = package.read("[Content_Types].xml").decode()
    assert "/word/charts/chart1.xml" in types
    assert external.find(f"{C}autoUpdate").get("val") == "0"


def test_the_charts_parts_are_in_the_order_of_the_schema() -> None:
    chart = part(rendered(draft(report_figures())), "word/charts/chart1.xml")
    names = [etree.QName(child).localname for child in chart]
    order = ["date1904", "roundedCorners", "chart", "spPr", "txPr", "externalData"]
    assert order == names


def test_the_workbook_behind_the_chart_holds_its_values() -> None:
    package = rendered(draft(report_figures(days=7)))
    sheet = load_workbook(  # type: ignore[no-untyped-call]
        io.BytesIO(package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))
    ).active
    rows = list(sheet.values)
    assert (None, "Spend", "Revenue") == rows[0]
    assert (40, 100) == rows[1][1:]
    assert timedelta(days=6) == rows[-1][0] - rows[1][0]
    assert 8 == len(rows)


def test_two_hundred_campaigns_make_one_whole_table() -> None:
    name = "A very long campaign name that goes on and on without an end " * 3
    many = tuple(campaign(n, f"{name}{n}", measures("10", "20")) for n in range(200))
    document = docx.Document(io.BytesIO(render(draft(report_figures(campaigns=many)).model)))
    longest = max(document.tables, key=lambda table: len(table.rows))
    assert 202 == len(longest.rows)
