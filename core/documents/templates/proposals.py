"""Templates of proposals."""

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
    day,
    lines,
    number,
    percent,
    person,
    prose,
    table,
    text,
    words,
)
from core.i18n import mark

_CLIENT = (
    person("client", mark("Client's contact")),
    text("client_organisation", mark("Client's organisation")),
    ORGANISATION,
    person("sender", mark("Who makes the offer")),
)
_WORK = (
    prose("need", mark("What the client needs")),
    lines("objectives", mark("Objectives"), help=mark("One a line.")),
    table(
        "phases",
        mark("Phases"),
        words("phase", mark("Phase")),
        words("work", mark("What we do")),
        TableColumn("weeks", VariableKind.NUMBER, mark("Weeks")),
    ),
    lines("deliverables", mark("What the client receives"), help=mark("One a line.")),
    prose("experience", mark("Why us"), required=False),
)
_PRICE = (
    table(
        "prices",
        mark("Price"),
        words("item", mark("Item")),
        TableColumn("quantity", VariableKind.NUMBER, mark("Quantity")),
        TableColumn("unit_price", VariableKind.MONEY, mark("Unit price")),
    ),
    percent("discount", mark("Discount (%)"), required=False, minimum=0),
    percent("tax", mark("Tax (%)"), required=False, minimum=0),
    number("payment_days", mark("Days to pay")),
    day("starts_on", mark("Work can begin on")),
    day("valid_until", mark("Offer stands until")),
)
_OFFER = ("approach", "deliverables", "experience", "price", "next_steps")

TEMPLATES = (
    BuiltinTemplate(
        slug="service-proposal",
        version=1,
        name=mark("Service proposal"),
        document_type=DocumentType.PROPOSAL,
        variables=(TITLE, *_CLIENT, OWN_CURRENCY, *_WORK, *_PRICE),
        rules=FormattingRules(
            ("letter", "understanding", *_OFFER),
            has_cover=True,
            annex=Annex.NONE,
            pages=("letter",),
        ),
    ),
    BuiltinTemplate(
        slug="campaign-proposal",
        version=1,
        name=mark("Campaign proposal"),
        document_type=DocumentType.PROPOSAL,
        industry="marketing",
        variables=(TITLE, *_CLIENT, PERIOD, CAMPAIGNS, CURRENCY, *_WORK, *_PRICE),
        rules=FormattingRules(
            (
                "letter",
                "understanding",
                "headlines",
                "headline_figures",
                "small_chart",
                "largest_campaigns",
                *_OFFER,
            ),
            has_cover=True,
            has_contents=True,
            pages=("letter", "headlines", "approach", "price"),
        ),
    ),
)
