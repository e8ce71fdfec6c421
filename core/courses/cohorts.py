"""What a cohort did: the rules by which it is counted, as plain functions on plain values."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core.courses.models import AssessmentKind, EnrollmentStatus
from core.courses.ports import AnswerSource, Reason
from core.courses.schemas import CourseSummary

LEAST = 5
"""Of fewer learners no rate is told: it would speak of single people, and mean little."""


class Stage(StrEnum):
    """How far a learner came. Who completed a course passed every stage before."""

    ENROLLED = "enrolled"
    BEGAN = "began"  # completed a lesson, or handed in work of this course
    HALF = "half"  # did half of the required work
    ALL = "all"  # did all of it
    COMPLETED = "completed"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class LearnerFigures:
    """What one enrolment did. ``required`` and ``done`` count required lessons and coursework.

    ``grade`` is the mean so far, 0-100; ``due`` and ``missing`` count work whose day has come.
    """

    enrollment_id: int
    status: EnrollmentStatus
    lessons_required: int
    lessons_done: int
    required: int
    done: int
    due: int
    missing: int
    grade: float | None
    last_active_on: date | None


@dataclass(frozen=True, slots=True)
class AssessmentFigures:
    """What a cohort made of one piece of work; learners there on its day are ``expected``.

    Banked scores stand apart: nothing was handed in for them. ``due_on`` is None for work
    without a date, which nobody can be late with. ``expected`` and ``missing`` are None before
    the day has come, and where no record tells of anybody's work, as of exams held elsewhere.
    """

    title: str
    kind: AssessmentKind
    due_day: int | None
    due_on: date | None
    is_due: bool
    expected: int | None
    handed_in: int
    on_time: int
    late: int
    median_days_late: float | None
    missing: int | None
    banked: int
    mean_score: float | None


@dataclass(frozen=True, slots=True)
class CohortCounts:
    """A cohort as it stood on a day of its course.

    ``pieces`` are the pieces of coursework due by then, in the order of their dates, each
    with how many had handed it in or brought a score for it; ``handed_in`` is their sum.
    """

    enrolled: int
    left: int
    active: int
    pieces: tuple[int, ...]
    mean_score: float | None

    @property
    def handed_in(self) -> int:
        """Pieces of work handed in of those due."""
        return sum(self.pieces)

    @property
    def expected(self) -> int:
        """Pieces of work that there would be if everybody had handed in everything."""
        return self.enrolled * len(self.pieces)


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """How many completed one lesson, and the middle one's day of the course.

    Of fewer than five ``median_day`` is None: it would speak of single people.
    """

    title: str
    completed: int
    median_day: float | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The presentation before, at the same day of the course, and how it ended."""

    course: CourseSummary
    then: CohortCounts
    completed: int
    enrolled: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class CohortOverview:
    """A course's cohort: who is there, how far they came, and what became of each work."""

    course: CourseSummary
    day: int  # of the course, at most its last
    statuses: Mapping[EnrollmentStatus, int]
    funnel: Mapping[Stage, int]
    assessments: tuple[AssessmentFigures, ...]
    now: CohortCounts
    mean_grade: float | None
    earlier: Earlier | None
    lessons: tuple[LessonFigures, ...] = ()

    @property
    def enrolled(self) -> int:
        """Everybody who ever enrolled."""
        return sum(self.statuses.values())

    def rate(self, count: int) -> float | None:
        """A share of the enrolled, None where they are too few to tell."""
        return count / self.enrolled if self.enrolled >= LEAST else None


@dataclass(frozen=True, slots=True)
class RankedLearner:
    """A learner in the order in which help is offered; ``risk`` None where no model answers."""

    name: str
    figures: LearnerFigures
    risk: float | None
    is_within_capacity: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RankingView:
    """What of the ranking is shown: ``capacity`` is the share (0-1) that can be contacted.

    ``people`` is how many can be contacted this week; where it is told, no share counts.
    """

    day: int | None
    capacity: float = 0.15
    people: int | None = None
    statuses: tuple[EnrollmentStatus, ...] = ()
    only_within_capacity: bool = False
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page of the ranking; ``source`` tells by whose risks, None: by missing work."""

    learners: tuple[RankedLearner, ...]
    found: int
    within_capacity: int
    source: AnswerSource | None


class CohortFigures(Protocol):
    """What one generation tells of courses' learners. Whoever asks has checked who may see."""

    def learners(self, course_id: int, today: date) -> Sequence[LearnerFigures]:
        """Every enrolment of a course."""

    def assessments(self, course_id: int, today: date) -> Sequence[AssessmentFigures]:
        """Every piece of a course's work in the order of its dates."""

    def lessons(self, course_id: int) -> Mapping[int, tuple[int, float]]:
        """By lesson that anybody completed: how many did, and the median day of the course."""

    def counts(self, course_id: int, day: int) -> CohortCounts:
        """The cohort as it stood on a day of its course."""


def stage(figures: LearnerFigures) -> Stage:
    """How far one learner came."""
    if figures.status is EnrollmentStatus.COMPLETED:
        return Stage.COMPLETED
    if figures.required and figures.done >= figures.required:
        return Stage.ALL
    if figures.required and 2 * figures.done >= figures.required:
        return Stage.HALF
    return Stage.BEGAN if figures.last_active_on else Stage.ENROLLED


def funnel(learners: Sequence[LearnerFigures]) -> dict[Stage, int]:
    """How many came at least so far; never more at a later stage than at an earlier one."""
    reached = [STAGES.index(stage(one)) for one in learners]
    return {
        name: sum(1 for place in reached if place >= position)
        for position, name in enumerate(STAGES)
    }


def mean_grade(learners: Sequence[LearnerFigures]) -> float | None:
    """The mean of the grades there are; a missing grade is not a zero."""
    grades = [one.grade for one in learners if one.grade is not None]
    return sum(grades) / len(grades) if len(grades) >= LEAST else None


def lessons(
    named: Sequence[tuple[int, str]], figures: Mapping[int, tuple[int, float]]
) -> tuple[LessonFigures, ...]:
    """The lessons, ids and titles in the course's order, with what became of each."""
    nobody: tuple[int, float | None] = (0, None)
    found = ((title, *figures.get(key, nobody)) for key, title in named)
    return tuple(
        LessonFigures(title, count, day if count >= LEAST else None) for title, count, day in found
    )


def contacts(count: int, capacity: float) -> int:
    """How many of ``count`` learners a share can be contacted, rounded up."""
    return math.ceil(round(count * capacity, 9))


def within_reach(count: int, view: RankingView) -> int:
    """How many of ``count`` learners a view lets be contacted first."""
    if view.people is None:
        return contacts(count, view.capacity)
    return min(count, view.people)


def ranked(
    learners: Sequence[LearnerFigures], risks: Mapping[int, float] | None
) -> list[LearnerFigures]:
    """The learners by risk, the highest first; without a model by the work they miss.

    With a model only those are ranked of whom it speaks. Without one those who have left
    come last, for they miss most and nobody can help them with it.
    """
    if risks is None:
        return sorted(
            learners,
            key=lambda one: (
                one.status is EnrollmentStatus.WITHDRAWN,
                -one.missing,
                one.enrollment_id,
            ),
        )
    known = [one for one in learners if one.enrollment_id in risks]
    return sorted(known, key=lambda one: (-risks[one.enrollment_id], one.enrollment_id))


def shown(
    order: Sequence[LearnerFigures], view: RankingView, named: Collection[int] | None
) -> list[tuple[LearnerFigures, bool]]:
    """The ranked learners that a view lets through, each with whether they can be contacted.

    ``named`` are the enrolments that a search found, None without one. Who can be contacted
    follows from the whole order, not from what is shown of it.
    """
    candidates = [one.enrollment_id for one in contactable(order)]
    reached = set(candidates[: within_reach(len(candidates), view)])
    return [
        (one, one.enrollment_id in reached)
        for one in order
        if (not view.statuses or one.status in view.statuses)
        and (not view.only_within_capacity or one.enrollment_id in reached)
        and (named is None or one.enrollment_id in named)
    ]


def contactable(order: Sequence[LearnerFigures]) -> list[LearnerFigures]:
    """Whom help can still reach: those in progress; once nobody is, everybody, looking back."""
    active = [one for one in order if one.status.is_open]
    return active or list(order)


def course_day(course: CourseSummary, at: datetime | date) -> int:
    """The day of the course on a date, at most its last; negative before its start."""
    on = at.date() if isinstance(at, datetime) else at
    return (min(on, course.last_day) - course.start_date).days
