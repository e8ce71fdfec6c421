"""Templates that tell campaign figures alone: the report and its one-page summary."""

from core.documents.formatting import FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import Variable, VariableKind
from core.documents.templates.declaring import (
    CAMPAIGNS,
    CURRENCY,
    PERIOD,
    PROSE,
    TITLE,
    BuiltinTemplate,
)
from core.i18n import mark

_READER = Variable(
    "reader_name",
    VariableKind.TEXT,
    mark("Reader's name"),
    required=False,
    help=mark("Stands on the first page as the person the document is for."),
)

TEMPLATES = (
    BuiltinTemplate(
        slug="campaign-report",
        version=1,
        name=mark("Campaign report"),
        document_type=DocumentType.REPORT,
        industry="marketing",
        variables=(
            TITLE,
            PERIOD,
            CAMPAIGNS,
            CURRENCY,
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
                max_length=PROSE,
            ),
            _READER,
        ),
        rules=FormattingRules(("summary", "key_figures", "course", "by_campaign", "remarks")),
    ),
    BuiltinTemplate(
        slug="campaign-summary",
        version=1,
        name=mark("Campaign summary"),
        document_type=DocumentType.REPORT,
        industry="marketing",
        variables=(
            TITLE,
            PERIOD,
            CAMPAIGNS,
            CURRENCY,
            Variable(
                "budget",
                VariableKind.NUMBER,
                mark("Budget for the period"),
                required=False,
                help=mark("The summary says how much of it was spent."),
            ),
            _READER,
        ),
        rules=FormattingRules(
            ("headlines", "headline_figures", "small_chart", "largest_campaigns")
        ),
    ),
)
