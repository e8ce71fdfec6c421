"""Every template in every language: clean, whole, the same each time, and as approved."""

import io
import os
import re
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import docx
import pptx
import pytest
from lxml import etree

from core.documents import formats, page_layout, quality
from core.documents.drafts import Draft
from core.documents.errors import UngroundedFigure, UnsafeHeader
from core.documents.house import House
from core.documents.ledger_part import NAMESPACE, as_xml
from core.documents.model import Layout, Paragraph, Section, clause_numbers
from core.documents.types import DOCUMENT_TYPES, TypeSpec
from tests.core.documents.made import TEMPLATES, example

GOLDEN = Path(__file__).parents[2] / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EACH = pytest.mark.parametrize(
    ("slug", "code"), [(slug, code) for slug in TEMPLATES for code in ("en", "es")]
)
ONE_OF_EACH_KIND = ("business-plan", "service-proposal", "service-contract", "pitch")


def spec_of(slug: str) -> TypeSpec:
    return DOCUMENT_TYPES[TEMPLATES[slug].document_type]


def rendered(slug: str, code: str = "en", ending: str = "docx") -> bytes:
    return formats.render(example(slug, code)[0], spec_of(slug), ending)


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def examined(slug: str, code: str, made: Draft | None = None) -> quality.Examined:
    draft, form = example(slug, code)
    draft, template = made or draft, TEMPLATES[slug]
    return quality.examined(draft.model, draft.ledger, template.variables, form, template.sections)


@EACH
def test_a_filled_form_gives_a_clean_document(slug: str, code: str) -> None:
    document = examined(slug, code)
    assert [] == quality.closed_gates(document)
    score, _ = quality.scored(document)
    assert score >= 0.95


@EACH
def test_equal_forms_give_equal_files_in_every_format(slug: str, code: str) -> None:
    for ending in spec_of(slug).formats:
        first, second = (rendered(slug, code, ending) for _ in range(2))
        assert first == second


@pytest.mark.parametrize("slug", TEMPLATES)
def test_no_english_is_left_in_a_spanish_document(slug: str) -> None:
    english = {text for _, text in example(slug, "en")[0].model.texts() if len(text.split()) > 3}
    spanish = {text for _, text in example(slug, "es")[0].model.texts()}
    draft, form = example(slug, "es")
    own = str([*form.values(), *draft.ledger.labels])
    both = [text for text in english & spanish if "[" not in text and "SELECT" not in text]
    assert [] == [line for text in both for line in text.split("\n") if line not in own]


@pytest.mark.parametrize("slug", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("code", ["en", "es"])
def test_a_document_of_each_kind_is_as_it_was_approved(slug: str, code: str) -> None:
    """Set GOLDEN=write to approve a change after looking at it."""
    content = rendered(slug, code, spec_of(slug).formats[0])
    package = zipfile.ZipFile(io.BytesIO(content))
    body = re.compile(r"word/document\.xml|ppt/slides/slide\d+\.xml|customXml/ledger\.xml")
    pieces = []
    for name in sorted(filter(body.fullmatch, package.namelist())):
        text = etree.tostring(etree.fromstring(package.read(name)), method="c14n").decode()
        pieces.append(f"<!-- {name} -->\n" + text.replace("><", ">\n<"))
    _approve(GOLDEN / f"{slug}-{code}.xml", "\n".join(pieces) + "\n")


@pytest.mark.parametrize("code", ["en", "es"])
def test_an_email_is_as_it_was_approved(code: str) -> None:
    content = rendered("follow-up-email", code, "eml").decode().replace("\r\n", "\n")
    _approve(GOLDEN / f"follow-up-email-{code}.eml", content)


def _approve(file: Path, text: str) -> None:
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text)
    assert file.read_text() == text


@pytest.mark.parametrize("slug", ["service-contract", "training-contract"])
def test_each_reference_in_a_contract_reads_the_number_of_its_clause(slug: str) -> None:
    draft, _ = example(slug, "en")
    body = part(rendered(slug), "word/document.xml")
    marks = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    asked = re.findall(r"REF (_Ref_\w+)", "".join(t.text for t in body.iter(f"{W}instrText")))
    assert len(asked) > 5
    assert set(asked) <= marks
    numbered = [
        p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        for p in body.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in ("Clause1", "Clause2")
    ]
    assert len(clause_numbers(draft.model)) == len(numbered)
    text = "".join(t.text or "" for t in body.iter(f"{W}t"))
    assert "Clauses 4 and 6 stay" in text or "Clauses 5 and 7 stay" in text


def test_a_table_of_contents_is_filled_and_asks_nothing_when_it_is_opened() -> None:
    content = rendered("business-plan")
    body, settings = part(content, "word/document.xml"), part(content, "word/settings.xml")
    assert [] == list(settings.iter(f"{W}updateFields"))
    draft, _ = example("business-plan", "en")
    document = docx.Document(io.BytesIO(content))
    entries = [p.text for p in document.paragraphs if p.style and p.style.name == "toc 1"]
    pages = page_layout.section_pages(draft.model)
    assert [f"{one.title}\t{pages[one.name]}" for one in draft.model.sections] == entries
    marks = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    anchors = {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")}
    assert anchors <= marks


@pytest.mark.parametrize("slug", ["campaign-report", "business-plan", "campaign-review"])
def test_the_ledger_goes_along_inside_the_file(slug: str) -> None:
    draft, _ = example(slug, "en")
    content = rendered(slug, "en", spec_of(slug).formats[0])
    ledger = part(content, "customXml/ledger.xml")
    assert str(draft.lake_generation) == ledger.get("generation")
    sources = ledger.findall(f"{{{NAMESPACE}}}source")
    assert all(len(one.get("sha256")) == 64 for one in sources if one.get("key"))
    figures = list(ledger.iter(f"{{{NAMESPACE}}}figure"))
    assert len(draft.ledger.figures) == len(figures)
    assert as_xml(draft.ledger.as_records(), draft.lake_generation) == etree.tostring(
        ledger, method="c14n"
    )


@pytest.mark.parametrize("slug", ["business-plan", "service-proposal", "pitch"])
def test_a_number_from_nowhere_gives_no_document(slug: str) -> None:
    draft, _ = example(slug, "en")
    extra = Section("extra", "Extra", (Paragraph("We also earned €98,765.43 last week."),))
    model = replace(draft.model, sections=(*draft.model.sections, extra))
    with pytest.raises(UngroundedFigure):
        quality.examine(examined(slug, "en", replace(draft, model=model)))


def test_slides_carry_native_charts_alt_text_and_notes() -> None:
    deck = pptx.Presentation(io.BytesIO(rendered("pitch", "en", "pptx")))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    (chart,) = [shape.chart for shape in shapes if shape.has_chart]
    assert [210_000.0, 265_000.0, 340_000.0] == list(chart.series[0].values)
    told = [s._element.xpath(".//p:cNvPr")[0].get("descr") for s in shapes if s.has_chart]
    assert "Revenue grows from €210,000 to €340,000." in told[0]
    notes = [s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide]
    assert "Name the source of each figure before somebody asks." in notes
    assert 7 == len(deck.slides)


def test_an_email_has_both_bodies_and_its_headers() -> None:
    message = message_from_bytes(rendered("campaign-update", "es", "eml"), policy=default)
    assert "Marta Ruiz <marta@example.org>" == message["To"]
    assert "Nuestra conversación del martes" == message["Subject"]
    plain, html = (part.get_content() for part in message.iter_parts())
    assert "1.504,00\u00a0€" in plain
    assert "<table" in html


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_a_line_break_never_reaches_a_header(line_break: str) -> None:
    draft, _ = example("follow-up-email", "en")
    model = replace(draft.model, title=f"Hello{line_break}Bcc: everybody@example.org")
    with pytest.raises(UnsafeHeader):
        formats.render(replace(draft, model=model), spec_of("follow-up-email"), "eml")


@pytest.mark.parametrize("typed", ["{{7*7}}", "#panic()", 'a \\ "b" $x$', "<b>&amp;", "*bold*"])
def test_what_was_typed_stays_text_on_pages(typed: str) -> None:
    draft, _ = example("service-proposal", "en", title=typed, need=typed)
    assert page_layout.pdf(draft.model).startswith(b"%PDF-")
    assert draft.model.layout is Layout.PAGES


def test_the_house_style_is_in_every_format() -> None:
    logo = example_logo()
    house = House("Harbour Bakery", "7A1FA2", logo=logo)
    draft, _ = example("business-plan", "en", house=house)
    content = formats.render(draft, spec_of("business-plan"), "docx")
    package = zipfile.ZipFile(io.BytesIO(content))
    assert b"7A1FA2" in package.read("word/styles.xml")
    assert b'descr="Harbour Bakery"' in package.read("word/document.xml")
    deck, _ = example("pitch", "en", house=house)
    slides = zipfile.ZipFile(io.BytesIO(formats.render(deck, spec_of("pitch"), "pptx")))
    assert b"7A1FA2" in slides.read("ppt/theme/theme1.xml")
    plain, _ = example("pitch", "en")
    assert page_layout.pictures(deck.model)[0] != page_layout.pictures(plain.model)[0]


def example_logo() -> bytes:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (120, 40), "#7A1FA2").save(content, "PNG")
    return content.getvalue()
