"""Templates of reports that are written from the form alone."""

from core.documents.formatting import FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import TableColumn, VariableKind
from core.documents.templates.declaring import (
    OWN_CURRENCY,
    TITLE,
    BuiltinTemplate,
    lines,
    prose,
    table,
    text,
    words,
)
from core.i18n import mark

TEMPLATES = (
    BuiltinTemplate(
        slug="project-report",
        version=1,
        name=mark("Project report"),
        document_type=DocumentType.REPORT,
        variables=(
            TITLE,
            OWN_CURRENCY,
            prose("assessment", mark("How you see it"), required=False),
            table(
                "work",
                mark("Pieces of work"),
                words("piece", mark("Piece of work")),
                TableColumn("done", VariableKind.PERCENT, mark("Done (%)")),
                TableColumn("planned", VariableKind.MONEY, mark("Planned")),
                TableColumn("spent", VariableKind.MONEY, mark("Spent")),
            ),
            table(
                "issues",
                mark("Difficulties"),
                words("issue", mark("What stands in the way")),
                words("answer", mark("What we do about it")),
                required=False,
            ),
            lines("next_steps", mark("What comes next"), help=mark("One a line.")),
            text("reader_name", mark("Reader's name"), required=False),
        ),
        rules=FormattingRules(("status", "work", "issues", "next_period")),
    ),
)
