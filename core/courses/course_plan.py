"""A course as somebody writes it down, and what is wrong with one that cannot be taught."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.courses.models import AssessmentKind
from core.courses.rules import LARGEST_WEIGHT
from core.errors import Conflict, Invalid
from core.i18n import Language, mark

LONGEST_WEEKS = 520
LONGEST_MINUTES = 10_000
_EARLIEST, _LATEST = date(1970, 1, 1), date(2200, 1, 1)

_FAULTS = {
    "code": mark("A course needs a short code of at most 50 characters."),
    "title": mark("This needs a title of at most 200 characters."),
    "text": mark("A text here has at most {limit} characters."),
    "start_date": mark("A course starts between 1970 and 2200."),
    "duration_weeks": mark("A course lasts from 1 to 520 weeks."),
    "expected_minutes": mark("A lesson takes from 1 to 10,000 minutes."),
    "weight": mark("A weight is a number from 0 to 99,999.9999 with four decimals at most."),
    "due_day": mark(
        "Work is due between the course's start, day 0, and its last day, day {last}; "
        "day {day} lies outside."
    ),
}


class FaultyPlan(Invalid):
    """A course, lesson or piece of work that cannot be; ``field`` names what is wrong."""

    code = "faulty_course_plan"

    def sentence(self, language: Language) -> str:
        """What is wrong, with the limits that hold."""
        return language(_FAULTS[self.data["field"]], **self.data)


class CodeTaken(Conflict):
    """Another course has the code."""

    code = "course_code_taken"
    message = mark("Another course has the code {course_code} already.")


class TitleTaken(Conflict):
    """Another piece of the course's work has the title."""

    code = "work_title_taken"
    message = mark("This course already has graded work called {title}.")


class InUse(Conflict):
    """Learners have done or handed in what would be removed."""

    code = "course_part_in_use"
    message = mark(
        "{title} cannot be removed: it is part of what {learners} learners did or have to do. "
        "Take it out of what counts instead."
    )


class NothingToPublish(Invalid):
    """A course without a lesson or graded work has nothing to take part in."""

    code = "nothing_to_publish"
    message = mark("Add a lesson or graded work before you publish the course.")


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What is told of a course as a whole."""

    code: str
    title: str
    start_date: date
    duration_weeks: int
    series_code: str = ""
    description: str | None = None
    difficulty_level: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """What is told of a lesson beside its content."""

    title: str
    expected_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """Graded work: ``due_day`` counts from the course's start, None without a date."""

    title: str
    kind: AssessmentKind
    weight: Decimal
    due_day: int | None = None


def require_course(plan: CoursePlan) -> None:
    """Raise :class:`FaultyPlan` unless a course can be so."""
    if not 1 <= len(plan.code.strip()) <= 50 or len(plan.series_code) > 50:
        raise FaultyPlan(field="code")
    require_title(plan.title)
    if not _EARLIEST <= plan.start_date <= _LATEST:
        raise FaultyPlan(field="start_date")
    if not 1 <= plan.duration_weeks <= LONGEST_WEEKS:
        raise FaultyPlan(field="duration_weeks")
    for text, limit in (
        (plan.description, 10_000),
        (plan.difficulty_level, 50),
        (plan.industry, 100),
    ):
        if len(text or "") > limit:
            raise FaultyPlan(field="text", limit=limit)


def require_title(title: str) -> None:
    """Raise :class:`FaultyPlan` for an empty or too long title."""
    if not 1 <= len(title.strip()) <= 200 or "\0" in title:
        raise FaultyPlan(field="title")


def require_lesson(plan: LessonPlan) -> None:
    """Raise :class:`FaultyPlan` unless a lesson can be so."""
    require_title(plan.title)
    if plan.expected_minutes is not None and not 1 <= plan.expected_minutes <= LONGEST_MINUTES:
        raise FaultyPlan(field="expected_minutes")


def require_work(plan: WorkPlan, duration_weeks: int) -> None:
    """Raise :class:`FaultyPlan` unless a course of this length can have such work."""
    require_title(plan.title)
    fits = plan.weight.is_finite() and 0 <= plan.weight <= LARGEST_WEIGHT
    if not fits or plan.weight != plan.weight.quantize(Decimal("0.0001")):
        raise FaultyPlan(field="weight")
    last = duration_weeks * 7
    if plan.due_day is not None and not 0 <= plan.due_day <= last:
        raise FaultyPlan(field="due_day", day=plan.due_day, last=last)
