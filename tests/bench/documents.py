"""What a document of ten pages costs: six tables and a chart, as Word file and as PDF."""

import time
from collections.abc import Callable
from dataclasses import replace

from core.documents import docx, page_layout
from core.documents.model import Chart, DocumentModel, Paragraph, Section, Table
from tests.core.documents.made import example

_TIMES = 10
_PROSE = "Each paragraph of this document says as much as an ordinary one does. " * 6


def ten_pages() -> DocumentModel:
    """Six tables, a chart and as much text as fills ten pages."""
    model = example("business-plan", "en")[0].model
    blocks = [block for section in model.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)][:6]
    chart = next(block for block in blocks if isinstance(block, Chart))
    text = (Paragraph(_PROSE),) * 9
    sections = tuple(
        Section(f"part{number}", f"Part {number}", (*text, table), starts_page=True)
        for number, table in enumerate(tables)
    )
    rest = tuple(
        Section(f"text{number}", f"Text {number}", text, starts_page=True) for number in range(2)
    )
    with_chart = Section("chart", "Chart", (chart,), starts_page=True)
    return replace(model, sections=(*sections, with_chart, *rest), has_contents=False)


def milliseconds(make: Callable[[DocumentModel], bytes]) -> float:
    """CPU milliseconds of one document, warm, each another one so that nothing is kept."""
    model = ten_pages()
    make(model)
    begun = time.process_time()
    for number in range(_TIMES):
        make(replace(model, title=f"Document {number}"))
    return (time.process_time() - begun) / _TIMES * 1000


def main() -> None:
    """Print the figures."""
    pages = len(page_layout.pictures(ten_pages()))
    word, pdf = milliseconds(docx.render), milliseconds(page_layout.pdf)
    print(f"a document of {pages} pages with six tables and a chart, CPU, warm")
    print(f"  Word file {word:.0f} ms, {1000 / word:.0f} a second on one core")
    print(f"  PDF       {pdf:.0f} ms")


if __name__ == "__main__":
    main()
