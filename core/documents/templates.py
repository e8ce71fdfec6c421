"""The templates that come with the product."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from core.documents import repository
from core.documents.models import DocumentTemplate, DocumentType
from core.documents.schemas import Variable, VariableKind
from core.i18n import LANGUAGES, mark


@dataclass(frozen=True, slots=True)
class BuiltinTemplate:
    """A template in code; a change of content needs a new version."""

    slug: str
    version: int
    name: str
    document_type: DocumentType
    variables: tuple[Variable, ...]
    sections: tuple[str, ...]  # names of the document type's sections, in order


_TITLE = Variable("title", VariableKind.TEXT, mark("Title"), max_length=120)
_CAMPAIGNS = Variable(
    "campaigns",
    VariableKind.CAMPAIGNS,
    mark("Campaigns"),
    required=False,
    help=mark("Leave empty to report on every campaign."),
)
_PERIOD = Variable("period", VariableKind.PERIOD, mark("Period"))
_CURRENCY = Variable(
    "currency",
    VariableKind.CURRENCY,
    mark("Currency"),
    help=mark("Amounts in other currencies are left out; they are never added together."),
)
_READER = Variable(
    "reader_name",
    VariableKind.TEXT,
    mark("Reader's name"),
    required=False,
    help=mark("Stands on the first page as the person the document is for."),
)

BUILTIN_TEMPLATES = (
    BuiltinTemplate(
        slug="campaign-report",
        version=1,
        name=mark("Campaign report"),
        document_type=DocumentType.REPORT,
        variables=(
            _TITLE,
            _PERIOD,
            _CAMPAIGNS,
            _CURRENCY,
            Variable(
                "roas_target",
                VariableKind.NUMBER,
                mark("ROAS target"),
                required=False,
                help=mark("The report says whether the campaigns reached it."),
            ),
            Variable(
                "remarks",
                VariableKind.LONG_TEXT,
                mark("Remarks"),
                required=False,
                help=mark("Your own words, printed as a section of their own."),
                max_length=4000,
            ),
            _READER,
        ),
        sections=("summary", "key_figures", "course", "by_campaign", "remarks"),
    ),
    BuiltinTemplate(
        slug="campaign-summary",
        version=1,
        name=mark("Campaign summary"),
        document_type=DocumentType.REPORT,
        variables=(
            _TITLE,
            _PERIOD,
            _CAMPAIGNS,
            _CURRENCY,
            Variable(
                "budget",
                VariableKind.NUMBER,
                mark("Budget for the period"),
                required=False,
                help=mark("The summary says how much of it was spent."),
            ),
            _READER,
        ),
        sections=("headlines", "headline_figures", "small_chart", "largest_campaigns"),
    ),
)


def ensure_builtin_templates(session: Session, is_sample: bool = False) -> list[DocumentTemplate]:
    """Add those of the product's templates that the records do not have yet; give them all."""
    return [_ensure(session, template, is_sample) for template in BUILTIN_TEMPLATES]


def _ensure(session: Session, template: BuiltinTemplate, is_sample: bool) -> DocumentTemplate:
    row = repository.template_by_slug(session, template.slug, template.version)
    if row is None:
        row = DocumentTemplate(
            slug=template.slug,
            version=template.version,
            name=template.name,
            document_type=template.document_type,
            industry=None,
            languages=list(LANGUAGES),
            variables=[variable.as_record() for variable in template.variables],
            formatting_rules={"sections": list(template.sections)},
            is_sample=is_sample,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
    return row
