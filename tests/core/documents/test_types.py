import pytest

from core.documents.campaign_report import SECTIONS
from core.documents.models import DocumentType
from core.documents.schemas import Variable
from core.documents.templates import BUILTIN_TEMPLATES, BuiltinTemplate
from core.documents.types import DOCUMENT_TYPES
from core.i18n import DEFAULT, LANGUAGES, language


@pytest.mark.parametrize("template", BUILTIN_TEMPLATES, ids=lambda template: template.slug)
def test_a_template_of_the_product_can_be_built(template: BuiltinTemplate) -> None:
    assert template.document_type in DOCUMENT_TYPES
    assert set(template.sections) <= set(SECTIONS)
    names = [variable.name for variable in template.variables]
    assert len(names) == len(set(names))
    assert {"title", "period", "currency", "campaigns"} <= set(names)


@pytest.mark.parametrize("template", BUILTIN_TEMPLATES, ids=lambda template: template.slug)
def test_a_template_of_the_product_is_translated(template: BuiltinTemplate) -> None:
    words = [template.name, *(v.label for v in template.variables)]
    for code in LANGUAGES:
        if code != DEFAULT:
            assert all(language(code)(word) != word for word in words)


def test_every_section_belongs_to_a_template() -> None:
    used = {
        name
        for template in BUILTIN_TEMPLATES
        if template.document_type is DocumentType.REPORT
        for name in template.sections
    }
    assert set(SECTIONS) == used


def test_a_variable_survives_its_record() -> None:
    for template in BUILTIN_TEMPLATES:
        for variable in template.variables:
            assert variable == Variable.from_record(variable.as_record())
