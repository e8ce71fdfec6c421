"""A grade book as a table of learners and columns, whichever system wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.errors import Invalid
from core.i18n import mark


class Form(StrEnum):
    """The files that are read and written."""

    CANVAS = "canvas"  # grade book
    MOODLE_COMPLETION = "moodle_completion"  # activity completion
    MOODLE_GRADES = "moodle_grades"
    OPEN_EDX = "open_edx"  # grade report


class Reason(StrEnum):
    """Why a cell is not taken over."""

    UNKNOWN_LEARNER = "unknown_learner"
    AMBIGUOUS_LEARNER = "ambiguous_learner"
    NOT_A_SCORE = "not_a_score"
    OUT_OF_RANGE = "out_of_range"
    NO_POINTS = "no_points"
    NO_DATE = "no_date"
    OTHER_ATTEMPT = "other_attempt"
    TWICE = "twice"


class UnknownForm(Invalid):
    """The file is none of those that are read."""

    code = "unknown_gradebook"
    message = mark(
        "This is not a grade book of Canvas, an activity completion or grades of Moodle, "
        "or a grade report of Open edX."
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column with something of a course: its heading in the file, and the title in it.

    ``points`` are what full marks are, None where the file does not tell; scores told as
    shares are of 1, percentages of 100. ``is_completion`` columns tell a lesson's completion.
    """

    heading: str
    title: str
    points: Decimal | None = None
    is_completion: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a file says of one learner in one column: the text, and a moment of completion."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One learner's row; ``keys`` are what may identify them, in lower case."""

    number: int
    name: str
    keys: tuple[str, ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A file that was read: cells that say nothing are not in it."""

    form: Form
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def percent(text: str, points: Decimal) -> Decimal | Reason:
    """A cell's score as 0-100 with two decimals, or why it is none.

    A sign of per cent is read off the text. A comma may stand for the decimal point.
    """
    plain = text.strip().removesuffix("%").strip().replace("\N{NO-BREAK SPACE}", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except ArithmeticError:
        return Reason.NOT_A_SCORE
    if not value.is_finite() or points <= 0:
        return Reason.NOT_A_SCORE
    share = (value * 100 / points).quantize(Decimal("0.01"))
    return share if 0 <= share <= 100 else Reason.OUT_OF_RANGE
