from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.documents import quality
from core.documents.drafts import Draft
from core.documents.errors import LeftoverPlaceholder, UngroundedFigure
from core.documents.model import Chart, DocumentModel, Paragraph, Section
from tests.core.documents.made import TEMPLATES, draft, measures, report_figures, values

FORM = values(title="A {{7*7}} title", remarks="[TODO] is a name\nthe {budget} of 4,711")
BEFORE = measures("1000", "4000", 52)


def examined(
    made: Draft, form: dict[str, Any] = FORM, model: DocumentModel | None = None
) -> quality.Examined:
    template = TEMPLATES["campaign-report"]
    return quality.examined(
        model or made.model, made.ledger, template.variables, form, template.sections
    )


def with_text(made: Draft, text: str) -> DocumentModel:
    extra = Section("extra", "Extra", (Paragraph(text),))
    return replace(made.model, sections=(*made.model.sections, extra))


@pytest.fixture
def made() -> Draft:
    return draft(report_figures(previous=BEFORE), FORM)


@pytest.mark.parametrize("slug", ["campaign-report", "campaign-summary"])
@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("days", [1, 28, 200])
def test_a_clean_report_passes_every_gate(slug: str, code: str, days: int) -> None:
    form = values(slug, title="Q3 2026 & 100% {{7*7}}")
    made = draft(report_figures(days=days, previous=BEFORE), form, slug=slug, code=code)
    template = TEMPLATES[slug]
    document = quality.examined(
        made.model, made.ledger, template.variables, form, template.sections
    )
    score, _ = quality.examine(document)
    assert Decimal("0.95") <= score <= 1


def test_the_score_is_the_weighted_sum_of_its_parts(made: Draft) -> None:
    score, parts = quality.examine(examined(made))
    assert [name for name, _, _ in quality.PARTS] == [part.name for part in parts]
    assert 1 == pytest.approx(sum(part.weight for part in parts))
    assert float(score) == pytest.approx(sum(part.score * part.weight for part in parts))


@pytest.mark.parametrize(
    "blank", ["{{ client }}", "{% for x %}", "{amount}", "[TODO]", "TBD", "Lorem ipsum dolor"]
)
def test_a_leftover_placeholder_gives_no_document(made: Draft, blank: str) -> None:
    model = with_text(made, f"Dear {blank}, we thank you.")
    with pytest.raises(LeftoverPlaceholder):
        quality.examine(examined(made, values(), model))


def test_what_the_person_typed_is_no_placeholder(made: Draft) -> None:
    assert [] == quality.placeholders(examined(made))


@pytest.mark.parametrize(
    "said", ["Spend was €99,999.00.", "It rose by 77.7%.", "There were 1,053 conversions."]
)
def test_an_invented_figure_gives_no_document(made: Draft, said: str) -> None:
    with pytest.raises(UngroundedFigure) as refused:
        quality.examine(examined(made, model=with_text(made, said)))
    assert said in refused.value.data["place"]


def test_an_invented_point_of_a_chart_gives_no_document(made: Draft) -> None:
    def invent(block: Any) -> Any:
        if not isinstance(block, Chart):
            return block
        first, *others = block.series
        wrong = replace(first, values=(Decimal("4712.5"), *first.values[1:]))
        return replace(block, series=(wrong, *others))

    sections = tuple(
        replace(one, blocks=tuple(invent(block) for block in one.blocks))
        for one in made.model.sections
    )
    with pytest.raises(UngroundedFigure):
        quality.examine(examined(made, model=replace(made.model, sections=sections)))


def test_a_missing_section_and_value_cost_completeness(made: Draft) -> None:
    less = replace(made.model, sections=made.model.sections[1:])
    document = examined(made, FORM | {"title": ""}, less)
    assert 5 / 7 == pytest.approx(quality.completeness(document))


def test_an_empty_section_costs_structure(made: Draft) -> None:
    empty = replace(made.model, sections=(*made.model.sections, Section("x", "X", ())))
    assert 1 == quality.structure(examined(made))
    assert quality.structure(examined(made, model=empty)) < 1


def test_a_long_sentence_costs_readability(made: Draft) -> None:
    model = with_text(made, "and so on " * 20)
    before = quality.readability(examined(made))
    assert quality.readability(examined(made, model=model)) < before
