"""Templates of presentations."""

from core.documents.formatting import Annex, FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import TableColumn, VariableKind
from core.documents.templates.declaring import (
    CAMPAIGNS,
    CURRENCY,
    ORGANISATION,
    OWN_CURRENCY,
    PERIOD,
    TITLE,
    BuiltinTemplate,
    lines,
    money,
    table,
    text,
    words,
)
from core.i18n import mark

TEMPLATES = (
    BuiltinTemplate(
        slug="pitch",
        version=1,
        name=mark("Pitch"),
        document_type=DocumentType.PRESENTATION,
        variables=(
            TITLE,
            ORGANISATION,
            OWN_CURRENCY,
            lines("problem", mark("The problem"), help=mark("One thought a line.")),
            lines("solution", mark("What we propose"), help=mark("One thought a line.")),
            table(
                "evidence",
                mark("What speaks for it"),
                words("figure", mark("Figure")),
                words("meaning", mark("What it says")),
                words("source", mark("Source")),
                required=False,
            ),
            table(
                "revenue",
                mark("Revenue by year"),
                words("year", mark("Year")),
                TableColumn("amount", VariableKind.MONEY, mark("Amount")),
                required=False,
            ),
            table(
                "plan",
                mark("Plan"),
                TableColumn("day", VariableKind.DATE, mark("Day")),
                words("milestone", mark("What is reached")),
                required=False,
            ),
            money("ask", mark("Amount asked for"), required=False),
            table(
                "uses",
                mark("Use of the money"),
                words("use", mark("What for")),
                TableColumn("amount", VariableKind.MONEY, mark("Amount")),
                required=False,
            ),
            text("decision", mark("The decision you ask for"), limit=300),
        ),
        rules=FormattingRules(
            ("problem", "solution", "evidence", "outlook", "plan", "ask"), annex=Annex.NONE
        ),
    ),
    BuiltinTemplate(
        slug="campaign-review",
        version=1,
        name=mark("Campaign review"),
        document_type=DocumentType.PRESENTATION,
        industry="marketing",
        variables=(
            TITLE,
            ORGANISATION,
            PERIOD,
            CAMPAIGNS,
            CURRENCY,
            lines("next_steps", mark("Next steps"), help=mark("One a line.")),
        ),
        rules=FormattingRules(
            ("headlines", "headline_figures", "small_chart", "largest_campaigns", "next_steps"),
            annex=Annex.SHORT,
        ),
    ),
)
