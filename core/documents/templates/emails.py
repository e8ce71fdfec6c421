"""Templates of e-mails."""

from core.documents.formatting import Annex, FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import Option, Variable, VariableKind
from core.documents.templates.declaring import (
    CAMPAIGNS,
    COURSE,
    CURRENCY,
    ORGANISATION,
    PERIOD,
    SUBJECT,
    BuiltinTemplate,
    choice,
    day,
    lines,
    person,
    prose,
    text,
)
from core.i18n import mark

_ADDRESSED = (
    SUBJECT,
    Variable("to_address", VariableKind.ADDRESS, mark("Recipient's e-mail address")),
    text("to_name", mark("Recipient's name")),
    person("sender", mark("Sender")),
    ORGANISATION,
    choice(
        "tone",
        mark("Tone"),
        Option("formal", mark("Formal")),
        Option("friendly", mark("Friendly")),
    ),
)
_REQUEST = (
    text("next_step", mark("What you ask the reader for"), required=False, limit=300),
    day("due_on", mark("By which day"), required=False),
)

TEMPLATES = (
    BuiltinTemplate(
        slug="follow-up-email",
        version=1,
        name=mark("Follow-up e-mail"),
        document_type=DocumentType.EMAIL,
        variables=(
            *_ADDRESSED,
            choice(
                "purpose",
                mark("What it is about"),
                Option("follow_up", mark("After a conversation")),
                Option("offer", mark("An offer")),
                Option("reminder", mark("A reminder")),
                Option("thanks", mark("Thanks")),
            ),
            prose("context", mark("In your own words"), required=False),
            lines("points", mark("Points"), required=False, help=mark("One a line.")),
            *_REQUEST,
        ),
        rules=FormattingRules(
            ("greeting", "opening", "points", "request", "closing"), annex=Annex.NONE
        ),
    ),
    BuiltinTemplate(
        slug="course-invitation",
        version=1,
        name=mark("Course invitation"),
        document_type=DocumentType.EMAIL,
        industry="education",
        variables=(
            *_ADDRESSED,
            COURSE,
            prose("context", mark("In your own words"), required=False),
            lines(
                "points", mark("What the course teaches"), required=False, help=mark("One a line.")
            ),
            *_REQUEST,
        ),
        rules=FormattingRules(
            ("greeting", "invitation", "learned", "request", "closing"), annex=Annex.NONE
        ),
    ),
    BuiltinTemplate(
        slug="campaign-update",
        version=1,
        name=mark("Campaign update"),
        document_type=DocumentType.EMAIL,
        industry="marketing",
        variables=(*_ADDRESSED, PERIOD, CAMPAIGNS, CURRENCY, *_REQUEST),
        rules=FormattingRules(
            ("greeting", "headlines", "headline_figures", "request", "closing"), annex=Annex.SHORT
        ),
    ),
)
