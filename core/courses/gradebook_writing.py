"""Writes a course's grades and completions in the forms that grade books are read from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from core.courses.gradebook import Form
from core.spreadsheet_text import table

Row = list[str]


@dataclass(frozen=True, slots=True)
class Student:
    """A learner with what they have: scores 0-100 by assessment, completions by lesson."""

    user_id: int
    name: str
    email: str | None
    external_id: str | None
    scores: Mapping[int, Decimal]
    completed: Mapping[int, datetime]

    @property
    def key(self) -> str:
        """What identifies somebody who has no address."""
        return self.external_id or person_key(self.user_id)


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a course is written: titles of assessments and lessons by id, in order."""

    title: str
    work: Mapping[int, str]
    lessons: Mapping[int, str]


def person_key(user_id: int) -> str:
    """How somebody is named in a file who is known by their id here only."""
    return f"person:{user_id}"


def write_gradebook(form: Form, contents: Contents, students: Sequence[Student]) -> bytes:
    """The file of this form; no cell of it is a formula."""
    return table(_FORMS[form](contents, students))


def _canvas(contents: Contents, students: Sequence[Student]) -> list[Row]:
    work = contents.work
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows = [
        [*head, *(f"{title} ({key})" for key, title in work.items())],
        ["    Points Possible", "", "", "", "", *("100" for _ in work)],
    ]
    for one in students:
        scores = (_text(one.scores.get(key)) for key in work)
        rows.append([one.name, str(one.user_id), one.key, one.email or "", contents.title, *scores])
    return rows


def _moodle_grades(contents: Contents, students: Sequence[Student]) -> list[Row]:
    work = contents.work
    head = ["First name", "Last name", "ID number", "Email address"]
    rows = [[*head, *(f"{title} (Percentage)" for title in work.values())]]
    for one in students:
        first, _, last = one.name.rpartition(" ")
        scores = (
            "-" if (score := one.scores.get(key)) is None else f"{score:.2f} %" for key in work
        )
        rows.append([first or last, last if first else "", one.key, one.email or "", *scores])
    return rows


def _moodle_completion(contents: Contents, students: Sequence[Student]) -> list[Row]:
    lessons = contents.lessons
    head = ["", "ID number", "Email address"]
    rows = [[*head, *(cell for title in lessons.values() for cell in (title, ""))]]
    for one in students:
        states = (cell for key in lessons for cell in _state(one.completed.get(key)))
        rows.append([one.name, one.key, one.email or "", *states])
    return rows


def _open_edx(contents: Contents, students: Sequence[Student]) -> list[Row]:
    work = contents.work
    rows = [["Student ID", "Email", "Username", "Grade", *work.values(), "Enrollment Status"]]
    for one in students:
        scores = (
            "Not Attempted" if (score := one.scores.get(key)) is None else _text(score / 100)
            for key in work
        )
        rows.append([one.key, one.email or "", one.name, "", *scores, "enrolled"])
    return rows


def _state(at: datetime | None) -> Row:
    if at is None:
        return ["Not completed", ""]
    return ["Completed", f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"]


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


_FORMS: dict[Form, Callable[[Contents, Sequence[Student]], list[Row]]] = {
    Form.CANVAS: _canvas,
    Form.MOODLE_COMPLETION: _moodle_completion,
    Form.MOODLE_GRADES: _moodle_grades,
    Form.OPEN_EDX: _open_edx,
}
