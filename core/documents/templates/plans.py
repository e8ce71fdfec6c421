"""Templates of business plans."""

from core.documents.formatting import FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import TableColumn, VariableKind
from core.documents.templates.declaring import (
    ORGANISATION,
    OWN_CURRENCY,
    TITLE,
    BuiltinTemplate,
    day,
    lines,
    money,
    number,
    percent,
    prose,
    table,
    words,
)
from core.i18n import mark

_COMPETITORS = table(
    "competitors",
    mark("Competitors"),
    words("name", mark("Competitor")),
    words("strength", mark("What they do well")),
    words("answer", mark("What we do differently")),
    required=False,
)
_TEAM = table(
    "team",
    mark("Team"),
    words("name", mark("Name")),
    words("role", mark("Role")),
    words("experience", mark("Experience"), required=False),
)
_MILESTONES = table(
    "milestones",
    mark("Milestones"),
    TableColumn("day", VariableKind.DATE, mark("Day")),
    words("milestone", mark("What is reached")),
    required=False,
)
_RISKS = table(
    "risks",
    mark("Risks"),
    words("risk", mark("Risk")),
    words("answer", mark("What we do about it")),
    required=False,
)
_INVESTMENT = table(
    "investment",
    mark("Investment"),
    words("item", mark("Item")),
    TableColumn("amount", VariableKind.MONEY, mark("Amount")),
)
_WHO_AND_WHAT = (
    TITLE,
    ORGANISATION,
    OWN_CURRENCY,
    day("starts_on", mark("First day of business")),
    prose("problem", mark("The problem that customers have")),
    prose("offer", mark("What is offered")),
    lines(
        "customers", mark("Groups of customers"), help=mark("One a line, the most important first.")
    ),
    money(
        "market_size",
        mark("Value of the market a year"),
        required=False,
        help=mark("The plan says how large a part of it the third year takes."),
    ),
    _COMPETITORS,
    lines("channels", mark("How customers are reached"), help=mark("One a line.")),
    _TEAM,
    _MILESTONES,
)
_MONEY = (
    percent("monthly_growth", mark("Growth of sales a month (%)"), minimum=0),
    money("fixed_costs", mark("Fixed costs a month"), minimum=0),
    _INVESTMENT,
    money("own_funds", mark("Own funds"), minimum=0),
    _RISKS,
)
_SECTIONS = ("market", "marketing", "team", "milestones", "finances", "funding", "risks")
_PAGES = ("summary", "business", "market", "finances", "risks")

TEMPLATES = (
    BuiltinTemplate(
        slug="business-plan",
        version=1,
        name=mark("Business plan"),
        document_type=DocumentType.BUSINESS_PLAN,
        variables=(
            *_WHO_AND_WHAT,
            money("price", mark("Price of one sale")),
            money("unit_cost", mark("Cost of one sale"), minimum=0),
            number("first_month_sales", mark("Sales in the first month")),
            *_MONEY,
        ),
        rules=FormattingRules(
            ("summary", "business", *_SECTIONS), has_cover=True, has_contents=True, pages=_PAGES
        ),
    ),
    BuiltinTemplate(
        slug="training-centre-plan",
        version=1,
        name=mark("Training centre plan"),
        document_type=DocumentType.BUSINESS_PLAN,
        industry="education",
        variables=(
            *_WHO_AND_WHAT,
            table(
                "programme",
                mark("Programme"),
                words("course", mark("Course")),
                words("audience", mark("For whom")),
                TableColumn("hours", VariableKind.NUMBER, mark("Hours")),
            ),
            prose("accreditation", mark("Accreditation and certificates"), required=False),
            money("price", mark("Fee of one enrolment")),
            money("unit_cost", mark("Cost of one enrolment"), minimum=0),
            number("first_month_sales", mark("Enrolments in the first month")),
            *_MONEY,
        ),
        rules=FormattingRules(
            ("summary", "business", "programme", *_SECTIONS),
            has_cover=True,
            has_contents=True,
            pages=(*_PAGES, "programme"),
        ),
    ),
)
