"""Templates of contracts."""

from core.documents.formatting import Annex, FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import Option, Variable
from core.documents.templates.declaring import (
    COURSE,
    OWN_CURRENCY,
    TITLE,
    BuiltinTemplate,
    choice,
    day,
    lines,
    money,
    number,
    percent,
    person,
    prose,
    text,
)
from core.i18n import mark


def _party(
    name: str, of: str, address: str, registration: str, signer: str
) -> tuple[Variable, ...]:
    return (
        text(f"{name}_name", of, limit=200),
        prose(f"{name}_address", address),
        text(f"{name}_number", registration, required=False),
        person(f"{name}_signer", signer),
    )


_PARTIES = (
    *_party(
        "client",
        mark("Client"),
        mark("Client's address"),
        mark("Client's registration or tax number"),
        mark("Who signs for the client"),
    ),
    *_party(
        "provider",
        mark("Provider"),
        mark("Provider's address"),
        mark("Provider's registration or tax number"),
        mark("Who signs for the provider"),
    ),
)
_FEE_BASIS = choice(
    "fee_basis",
    mark("How the fee is counted"),
    Option("fixed", mark("Once, for everything")),
    Option("monthly", mark("By the month")),
    Option("hourly", mark("By the hour")),
)
_TERMS = (
    day("starts_on", mark("Contract begins on")),
    day(
        "ends_on",
        mark("Contract ends on"),
        required=False,
        help=mark("Empty: until notice is given."),
    ),
    OWN_CURRENCY,
    money("fee", mark("Fee")),
    _FEE_BASIS,
    percent("tax", mark("Tax (%)"), required=False, minimum=0),
    number("payment_days", mark("Days to pay")),
    percent("late_interest", mark("Interest on late payment (% a year)"), required=False),
    choice(
        "personal_data",
        mark("Does the provider handle personal data of the client?"),
        Option("no", mark("No")),
        Option("yes", mark("Yes")),
    ),
    number("confidential_years", mark("Years of confidentiality"), required=False),
    money("liability_cap", mark("Limit of liability"), required=False),
    number("notice_days", mark("Days of notice")),
    text("law", mark("Whose law governs it"), help=mark("A country, such as Spain.")),
    text("courts", mark("Place of the courts")),
)
_CLAUSES = (
    "confidentiality",
    "data_protection",
    "liability",
    "ending",
    "law",
    "signatures",
)

TEMPLATES = (
    BuiltinTemplate(
        slug="service-contract",
        version=1,
        name=mark("Service contract"),
        document_type=DocumentType.CONTRACT,
        variables=(
            TITLE,
            *_PARTIES,
            prose("services", mark("Services")),
            lines(
                "deliverables",
                mark("What is handed over"),
                required=False,
                help=mark("One a line."),
            ),
            number("acceptance_days", mark("Days to examine what is handed over")),
            choice(
                "rights",
                mark("To whom the results belong"),
                Option("client", mark("To the client")),
                Option("provider", mark("To the provider")),
                Option("shared", mark("To both")),
            ),
            *_TERMS,
        ),
        rules=FormattingRules(
            ("parties", "services", "term", "fee", "rights", *_CLAUSES), annex=Annex.NONE
        ),
    ),
    BuiltinTemplate(
        slug="training-contract",
        version=1,
        name=mark("Training contract"),
        document_type=DocumentType.CONTRACT,
        industry="education",
        variables=(
            TITLE,
            *_PARTIES,
            COURSE,
            number("hours", mark("Hours of teaching")),
            number("participants", mark("Participants")),
            percent("attendance", mark("Attendance asked for a certificate (%)"), required=False),
            *_TERMS,
        ),
        rules=FormattingRules(("parties", "course", "term", "fee", *_CLAUSES), annex=Annex.NONE),
    ),
)
