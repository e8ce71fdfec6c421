"""Reads grade books as Canvas, Moodle and Open edX write them.

The columns are those of the systems' own exporters: Canvas ``gradebook_exporter``, Moodle
``report/progress``, Open edX ``instructor_task`` grade reports. Those of Moodle's grades were
written without its exporter at hand.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from core.courses.gradebook import Cell, Column, Form, Gradebook, Line, UnknownForm
from core.spreadsheet_text import rows_of

_CANVAS_TITLE = re.compile(r"^(?P<title>.+) \(\d+\)$")
_CANVAS_KEYS = ("SIS Login ID", "SIS User ID", "Integration ID")
_MOODLE_TITLE = re.compile(r"^(?:[^:]+: )?(?P<title>.+) \((?P<kind>Real|Percentage)\)$")
_MOODLE_KEYS = ("Email address", "ID number", "Username")
_MOODLE_TOTAL = "Course total"
_EDX_KEYS = ("Email", "Student ID", "Username")
_EDX_OTHER = {
    "Student ID",
    "Email",
    "Username",
    "Grade",
    "Cohort Name",
    "Team Name",
    "Enrollment Track",
    "Verification Status",
    "Certificate Eligible",
    "Certificate Delivered",
    "Certificate Type",
    "Enrollment Status",
}
_NOTHING = {"", "-", "n/a", "ex", "not attempted", "not available", "not completed"}


def read_gradebook(data: bytes) -> Gradebook:
    """The grade book in a file. Raises UnreadableTable and UnknownForm."""
    rows = rows_of(data)
    head = [cell.strip() for cell in rows[0]] if rows else []
    if {"Student", "ID", "Section"} <= set(head) or {"LastName", "FirstName", "ID"} <= set(head):
        return _canvas(head, rows[1:])
    if {"Student ID", "Username", "Grade"} <= set(head):
        return _open_edx(head, rows[1:])
    if "First name" in head and any(_MOODLE_TITLE.match(one) for one in head):
        return _moodle_grades(head, rows[1:])
    if head and head[0] in ("", "Name") and set(_MOODLE_KEYS) & set(head):
        return _moodle_completion(head, rows[1:])
    raise UnknownForm


def _canvas(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Gradebook:
    """Canvas: full marks stand in a row of their own, below one of posting policies."""
    possible = next((row for row in rows if row[0].strip() == "Points Possible"), None)
    at = {
        place: Column(name, match["title"], _number(possible, place))
        for place, name in enumerate(head)
        if (match := _CANVAS_TITLE.match(name))
    }
    first = 0 if possible is None else list(rows).index(possible) + 1
    lines = []
    for number, row in enumerate(rows[first:], first + 2):
        name = _cell(row, head, "Student") or " ".join(
            _cell(row, head, one) for one in ("FirstName", "LastName")
        )
        if name not in ("Student, Test", " "):
            lines.append(_line(number, name, _keys(row, head, _CANVAS_KEYS), row, at))
    return Gradebook(Form.CANVAS, tuple(at.values()), tuple(lines))


def _moodle_grades(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Gradebook:
    """Moodle's grades: percentages say their scale, real grades do not."""
    at = {}
    for place, name in enumerate(head):
        match = _MOODLE_TITLE.match(name)
        if match and match["title"] != _MOODLE_TOTAL:
            of = Decimal(100) if match["kind"] == "Percentage" else None
            at[place] = Column(name, match["title"], of)
    lines = [
        _line(number, _moodle_name(row, head), _keys(row, head, _MOODLE_KEYS), row, at)
        for number, row in enumerate(rows, 2)
    ]
    return Gradebook(Form.MOODLE_GRADES, tuple(at.values()), tuple(lines))


def _moodle_completion(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Gradebook:
    """Moodle's activity completion: each activity has a column of its state and one of its day."""
    first = max(place for place, name in enumerate(head) if name in _MOODLE_KEYS) + 1
    at = {
        place: Column(head[place], head[place], is_completion=True)
        for place in range(first, len(head) - 1, 2)
    }
    lines = []
    for number, row in enumerate(rows, 2):
        cells = {
            column.heading: Cell(row[place].strip(), _moment(row[place + 1]))
            for place, column in at.items()
            if place + 1 < len(row) and row[place].strip().lower() not in _NOTHING
        }
        keys = _keys(row, head, _MOODLE_KEYS)
        lines.append(Line(number, row[0].strip(), keys, cells))
    return Gradebook(Form.MOODLE_COMPLETION, tuple(at.values()), tuple(lines))


def _open_edx(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Gradebook:
    """Open edX: shares of one; averages of a kind of work are left to be worked out here."""
    at = {
        place: Column(name, name, Decimal(1))
        for place, name in enumerate(head)
        if name
        and name not in _EDX_OTHER
        and not name.endswith("(Avg)")
        and not name.startswith("Experiment Group (")
    }
    lines = [
        _line(number, _cell(row, head, "Username"), _keys(row, head, _EDX_KEYS), row, at)
        for number, row in enumerate(rows, 2)
    ]
    return Gradebook(Form.OPEN_EDX, tuple(at.values()), tuple(lines))


def _line(
    number: int,
    name: str,
    keys: tuple[str, ...],
    row: Sequence[str],
    at: dict[int, Column],
) -> Line:
    cells = {
        column.heading: Cell(row[place].strip())
        for place, column in at.items()
        if place < len(row) and row[place].strip().lower() not in _NOTHING
    }
    return Line(number, name, keys, cells)


def _keys(row: Sequence[str], head: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    found = (_cell(row, head, name).lower() for name in names)
    return tuple(dict.fromkeys(one for one in found if one))


def _cell(row: Sequence[str], head: Sequence[str], name: str) -> str:
    place = list(head).index(name) if name in head else len(row)
    return row[place].strip() if place < len(row) else ""


def _moodle_name(row: Sequence[str], head: Sequence[str]) -> str:
    last = _cell(row, head, "Last name") or _cell(row, head, "Surname")
    return f"{_cell(row, head, 'First name')} {last}".strip()


def _number(row: Sequence[str] | None, place: int) -> Decimal | None:
    if row is None or place >= len(row):
        return None
    try:
        value = Decimal(row[place].strip().replace(",", "."))
    except ArithmeticError:
        return None
    return value if value.is_finite() and value > 0 else None


def _moment(text: str) -> datetime | None:
    """A moment as Moodle writes it; it names no zone and is read as UTC."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
