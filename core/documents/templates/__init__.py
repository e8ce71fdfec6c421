"""The templates that come with the product, one file a document type."""

from sqlalchemy.orm import Session

from core import clock
from core.documents import repository
from core.documents.models import DocumentTemplate
from core.documents.templates import (
    campaign,
    contracts,
    emails,
    plans,
    presentations,
    projects,
    proposals,
)
from core.documents.templates.declaring import BuiltinTemplate
from core.documents.types import DOCUMENT_TYPES
from core.i18n import LANGUAGES

BUILTIN_TEMPLATES: tuple[BuiltinTemplate, ...] = (
    *campaign.TEMPLATES,
    *projects.TEMPLATES,
    *plans.TEMPLATES,
    *proposals.TEMPLATES,
    *contracts.TEMPLATES,
    *presentations.TEMPLATES,
    *emails.TEMPLATES,
)


def ensure_builtin_templates(session: Session, is_sample: bool = False) -> list[DocumentTemplate]:
    """Add those of the product's templates that the records do not have yet; give them all."""
    return [_ensure(session, template, is_sample) for template in BUILTIN_TEMPLATES]


def builtin(slug: str) -> BuiltinTemplate | None:
    """A template of the product by its id, where there is one."""
    return next((one for one in BUILTIN_TEMPLATES if one.slug == slug), None)


def _ensure(session: Session, template: BuiltinTemplate, is_sample: bool) -> DocumentTemplate:
    row = repository.template_by_slug(session, template.slug, template.version)
    if row is None:
        spec = DOCUMENT_TYPES[template.document_type]
        row = DocumentTemplate(
            slug=template.slug,
            version=template.version,
            name=template.name,
            document_type=template.document_type,
            industry=template.industry,
            tells_campaign_figures=spec.tells_campaign_figures(template.sections),
            languages=list(LANGUAGES),
            variables=[variable.as_record() for variable in template.variables],
            formatting_rules=template.rules.as_record(),
            is_sample=is_sample,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
    return row
