"""What a template of the product is: its variables and its formatting rules, as data."""

from dataclasses import dataclass

from core.documents.formatting import FormattingRules
from core.documents.models import DocumentType
from core.documents.schemas import Option, TableColumn, Variable, VariableKind
from core.i18n import mark

K = VariableKind
PROSE = 4000  # signs of a long text


@dataclass(frozen=True, slots=True)
class BuiltinTemplate:
    """A template in code; a change of content needs a new version."""

    slug: str
    version: int
    name: str
    document_type: DocumentType
    variables: tuple[Variable, ...]
    rules: FormattingRules
    industry: str | None = None

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, in order."""
        return self.rules.sections


def text(
    name: str, label: str, *, required: bool = True, help: str = "", limit: int = 120
) -> Variable:
    """A line of text."""
    return Variable(name, K.TEXT, label, required, help, limit)


def prose(name: str, label: str, *, required: bool = True, help: str = "") -> Variable:
    """Paragraphs of text."""
    return Variable(name, K.LONG_TEXT, label, required, help, PROSE)


def lines(name: str, label: str, *, required: bool = True, help: str = "") -> Variable:
    """A list, an item a line."""
    return Variable(name, K.LIST, label, required, help, PROSE)


def number(
    name: str, label: str, *, required: bool = True, help: str = "", minimum: int | None = None
) -> Variable:
    """A number; above zero unless a minimum is told."""
    return Variable(name, K.NUMBER, label, required, help, minimum=minimum)


def money(
    name: str, label: str, *, required: bool = True, help: str = "", minimum: int | None = None
) -> Variable:
    """An amount in the document's currency."""
    return Variable(name, K.MONEY, label, required, help, minimum=minimum)


def percent(
    name: str, label: str, *, required: bool = True, help: str = "", minimum: int | None = None
) -> Variable:
    """A share, typed as a percentage."""
    return Variable(name, K.PERCENT, label, required, help, minimum=minimum)


def day(name: str, label: str, *, required: bool = True, help: str = "") -> Variable:
    """A day."""
    return Variable(name, K.DATE, label, required, help)


def person(name: str, label: str, *, required: bool = True, help: str = "") -> Variable:
    """Somebody: name, and where known e-mail address and role."""
    return Variable(name, K.PERSON, label, required, help)


def choice(name: str, label: str, *options: Option, help: str = "") -> Variable:
    """One of several answers."""
    return Variable(name, K.CHOICE, label, True, help, options=options)


def table(
    name: str, label: str, *columns: TableColumn, required: bool = True, help: str = ""
) -> Variable:
    """A table that is typed row by row."""
    return Variable(name, K.TABLE, label, required, help, columns=columns)


def words(name: str, label: str, *, required: bool = True) -> TableColumn:
    """A column of text."""
    return TableColumn(name, K.TEXT, label, required)


TITLE = text("title", mark("Title"))
SUBJECT = text("title", mark("Subject"))
ORGANISATION = text("organisation", mark("Organisation"), help=mark("Whose document this is."))
CAMPAIGNS = Variable(
    "campaigns",
    K.CAMPAIGNS,
    mark("Campaigns"),
    required=False,
    help=mark("Leave empty to report on every campaign."),
)
PERIOD = Variable("period", K.PERIOD, mark("Period"))
CURRENCY = Variable(
    "currency",
    K.CURRENCY,
    mark("Currency"),
    help=mark("Amounts in other currencies are left out; they are never added together."),
)
OWN_CURRENCY = Variable(
    "currency", K.CURRENCY, mark("Currency"), help=mark("Every amount below is in it.")
)
COURSE = Variable(
    "course", K.COURSE, mark("Course"), help=mark("Chosen from your courses, or typed.")
)
