from collections import defaultdict

import pytest

from core.documents.models import DocumentType
from core.documents.schemas import Variable, VariableKind
from core.documents.templates import BUILTIN_TEMPLATES
from core.documents.templates.declaring import BuiltinTemplate
from core.documents.types import DOCUMENT_TYPES
from core.i18n import DEFAULT, LANGUAGES, language

EACH = pytest.mark.parametrize("template", BUILTIN_TEMPLATES, ids=lambda template: template.slug)


def test_every_kind_of_document_has_two_templates_one_of_them_for_an_industry() -> None:
    industries: dict[DocumentType, list[str | None]] = defaultdict(list)
    for template in BUILTIN_TEMPLATES:
        industries[template.document_type].append(template.industry)
    assert set(DOCUMENT_TYPES) == set(DocumentType) == set(industries)
    assert all(len(told) >= 2 and any(told) for told in industries.values())


@EACH
def test_a_template_of_the_product_can_be_built(template: BuiltinTemplate) -> None:
    spec = DOCUMENT_TYPES[template.document_type]
    assert set(template.sections) <= {*spec.form_sections, *spec.campaign_sections}
    names = [variable.name for variable in template.variables]
    assert len(names) == len(set(names))
    assert "title" in names
    if spec.tells_campaign_figures(template.sections):
        assert {"period", "currency", "campaigns"} <= set(names)


@EACH
def test_a_template_of_the_product_is_translated(template: BuiltinTemplate) -> None:
    same = {"Plan"}  # words that both languages share
    words = [template.name, *(v.label for v in template.variables)]
    for code in LANGUAGES:
        if code != DEFAULT:
            assert all(language(code)(word) != word for word in words if word not in same)


def test_every_section_belongs_to_a_template() -> None:
    for document_type, spec in DOCUMENT_TYPES.items():
        used = {
            name
            for template in BUILTIN_TEMPLATES
            if template.document_type is document_type
            for name in template.sections
        }
        assert set(spec.form_sections) <= used


def test_no_name_is_a_section_of_the_form_and_of_campaign_figures() -> None:
    for spec in DOCUMENT_TYPES.values():
        assert not set(spec.form_sections) & set(spec.campaign_sections)


@EACH
def test_a_variable_survives_its_record(template: BuiltinTemplate) -> None:
    for variable in template.variables:
        assert variable == Variable.from_record(variable.as_record())


def test_every_kind_of_variable_is_used() -> None:
    used = {variable.kind for template in BUILTIN_TEMPLATES for variable in template.variables}
    assert set(VariableKind) == used
