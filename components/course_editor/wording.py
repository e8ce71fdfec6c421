"""The names of a course's fields, and their values as texts."""

from datetime import date
from decimal import Decimal
from typing import Any

from components.courses.wording import KIND_NAMES, plain
from core.courses.models import AssessmentKind
from core.i18n import MISSING, Language, mark

_FIELDS = {
    "code": mark("Code"),
    "title": mark("Title"),
    "start_date": mark("First day"),
    "duration_weeks": mark("Weeks"),
    "series_code": mark("Code of the series"),
    "description": mark("Description"),
    "difficulty_level": mark("Level"),
    "industry": mark("Industry"),
    "published_at": mark("Published"),
    "expected_minutes": mark("Expected minutes"),
    "kind": mark("Kind"),
    "weight": mark("Weight"),
    "due_day": mark("Due day"),
    "order": mark("Order"),
    "pass_mark": mark("Pass mark"),
}
_SUBJECTS = {
    "course": mark("Course"),
    "module": mark("Module"),
    "lesson": mark("Lesson"),
    "work": mark("Graded work"),
    "rules": mark("What counts"),
}


def field_name(field: str, t: Language) -> str:
    """A field's name; the name of a lesson or group in the rules stays as it is."""
    return t(_FIELDS[field]) if field in _FIELDS else field


def past_field(field: str, t: Language) -> str:
    """A field of the history: what it belongs to, and its name."""
    subject, _, name = field.partition(".")
    if name.startswith("weight of "):
        told = t("weight of {lesson}", lesson=name.removeprefix("weight of "))
    elif name.startswith("group "):
        told = t("group {name}", name=name.removeprefix("group "))
    else:
        told = field_name(name, t)
    return f"{t(_SUBJECTS[subject])}: {told}" if subject in _SUBJECTS else told


def value(one: Any, t: Language) -> str:
    """A value as a reader knows it."""
    if one is None or one == "":
        return MISSING
    if isinstance(one, AssessmentKind):
        return t(KIND_NAMES[one])
    if isinstance(one, date):
        return t.date(one)
    return plain(one, t) if isinstance(one, Decimal) else str(one)


def percent(one: int | None, t: Language) -> str:
    """A progress in whole percent."""
    return t.percent(None if one is None else one / 100, 0)
