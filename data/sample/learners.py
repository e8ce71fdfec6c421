"""Plays the learners: who enrols, who stops when, what they finish and how they are graded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from core.courses.models import AssessmentKind, EnrollmentStatus
from data.sample.campaigns import CampaignDays
from data.sample.catalogue import CoursePlan
from data.sample.plans import DAYS
from data.sample.teaching import QUESTIONS

LEARNERS = 1200
PASS_MARK = 40
_STREAM = 2
_SECOND_COURSE = 0.15  # share of learners who take another course later
_BY_CAMPAIGN = 0.55  # share of enrolments that a campaign brought
_STUDY = (0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 5, 4, 4, 4, 4, 4, 4, 5, 7, 9, 10, 8, 5, 2)
_HOURS = np.cumsum(_STUDY) / sum(_STUDY)  # share of all study that lies before each hour's end
_GRADING_DAYS = 3  # work handed in less than this long ago has no score yet


@dataclass(frozen=True, slots=True)
class Completion:
    """A finished lesson, by its place in the course; minutes are None where not measured."""

    lesson: int
    at: datetime
    minutes: int | None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Work handed in, by the assessment's place in the course; ungraded work has no score."""

    assessment: int
    at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class EnrolmentStory:
    """One learner's way through one course, up to the world's last day."""

    learner: int
    course: int
    campaign: int | None
    status: EnrollmentStatus
    enrolled_at: datetime
    ended_at: datetime | None
    completions: tuple[Completion, ...]
    submissions: tuple[HandedIn, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One learner in one course; all days are counted from the course's start.

    ``effort`` and ``ability`` are standard normal and hang together. After ``stops`` the
    learner does nothing more; it is infinite for those who stay. ``today`` is the last day.
    """

    course: CoursePlan
    effort: float
    ability: float
    begins: int
    stops: float
    today: int

    def happens(self, day: float) -> bool:
        """Whether the learner is still there on ``day``, and it is not in the future."""
        return self.begins <= day <= min(self.stops, self.today)

    def moment(self, day: int, rng: np.random.Generator) -> datetime:
        """A moment of the course's ``day``."""
        return _moment(self.course.start + timedelta(days=day), rng)


def play_learners(
    seed: int, until: date, courses: list[CoursePlan], campaigns: list[CampaignDays]
) -> list[EnrolmentStory]:
    """Play every learner through one course, some through two; same arguments, same stories."""
    rng = np.random.default_rng((seed, _STREAM))
    firsts = rng.integers(0, len(courses), LEARNERS)
    efforts = rng.normal(0, 1, LEARNERS)
    abilities = 0.4 * efforts + rng.normal(0, 0.92, LEARNERS)
    stories = []
    for learner, first in enumerate(firsts):
        effort, ability = float(efforts[learner]), float(abilities[learner])
        for number in _chosen_courses(int(first), len(courses), rng):
            course = courses[number]
            at = _enrolled_at(course, until, rng)
            brought_by = _campaign(course, at.date(), until, campaigns, rng)
            begins = max(0, (at.date() - course.start).days)
            stops = _stopping_day(effort, begins, course, rng)
            way = _Way(course, effort, ability, begins, stops, (until - course.start).days)
            stories.append(_play(way, learner, number, brought_by, at, rng))
    return stories


def _chosen_courses(first: int, count: int, rng: np.random.Generator) -> list[int]:
    later = range(first + 1, count)
    if later and rng.random() < _SECOND_COURSE:
        return [first, int(rng.choice(later))]
    return [first]


def _enrolled_at(course: CoursePlan, until: date, rng: np.random.Generator) -> datetime:
    late = rng.random() < 0.1
    days = rng.integers(1, 8) if late else -1 - int(rng.gamma(2.0, 8.0))
    return _moment(min(course.start + timedelta(days=int(days)), until), rng)


def _campaign(
    course: CoursePlan,
    day: date,
    until: date,
    campaigns: list[CampaignDays],
    rng: np.random.Generator,
) -> int | None:
    """The campaign that brought an enrolment: likely one that then brought many for the course."""
    if rng.random() > _BY_CAMPAIGN:
        return None
    place = DAYS - 1 - (until - day).days
    if place < 0:
        return None  # before any campaign of this world
    fits = {course.key: 3.0, None: 1.0}
    pull = np.array(
        [
            fits.get(one.plan.course, 0.0) * np.nan_to_num(one.conversions[place])
            for one in campaigns
        ]
    )
    if not pull.any():
        return None
    return int(rng.choice(len(campaigns), p=pull / pull.sum()))


def _play(
    way: _Way,
    learner: int,
    number: int,
    campaign: int | None,
    enrolled_at: datetime,
    rng: np.random.Generator,
) -> EnrolmentStory:
    done = _completions(way, rng)
    handed_in = _submissions(way, rng)
    status, ended = _ending(way, done, handed_in, rng)
    return EnrolmentStory(
        learner=learner,
        course=number,
        campaign=campaign,
        status=status,
        enrolled_at=enrolled_at,
        ended_at=None if ended is None else way.moment(ended, rng),
        completions=done,
        submissions=handed_in,
    )


def _stopping_day(
    effort: float, begins: int, course: CoursePlan, rng: np.random.Generator
) -> float:
    """The day after which a learner does nothing more.

    The weekly hazard is high at first and falls within a month, as in open courses.
    """
    weeks = np.arange(course.weeks)
    hazard = (0.018 + 0.15 * np.exp(-weeks / 1.4)) * np.exp(-0.75 * effort)
    leaves = rng.random(course.weeks) < np.minimum(hazard, 0.6)
    if not leaves.any():
        return float("inf")
    return begins + 7.0 * int(np.argmax(leaves)) + rng.uniform(0, 7)


def _completions(way: _Way, rng: np.random.Generator) -> tuple[Completion, ...]:
    lessons = way.course.lessons
    delay = rng.gamma(2.0, 1.2) * np.exp(-0.35 * way.effort)
    planned = np.maximum([lesson.day for lesson in lessons], way.begins)
    days = (planned + delay + rng.exponential(1.0, len(lessons))).astype(int)
    days = _avoid_saturdays(way.course, np.minimum(days, way.course.length - 1), rng)
    takes = _taken(way, rng)
    expected = np.array([lesson.expected_minutes for lesson in lessons])
    pace = np.exp(0.1 * (way.effort - way.ability))
    minutes = np.maximum(3, expected * pace * rng.lognormal(0, 0.3, len(lessons))).astype(int)
    measured = rng.random(len(lessons)) > 0.03
    moments = [way.moment(int(day), rng) for day in days]
    return tuple(
        Completion(n, moments[n], int(minutes[n]) if measured[n] else None)
        for n in range(len(lessons))
        if takes[n] and way.happens(days[n])
    )


def _avoid_saturdays(
    course: CoursePlan, days: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Half of what would fall on a Saturday waits for Sunday."""
    weekday = (course.start.weekday() + days) % 7
    waits = (weekday == 5) & (rng.random(days.size) < 0.5) & (days < course.length - 1)
    shifted: NDArray[np.int64] = days + waits
    return shifted


def _taken(way: _Way, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which lessons a learner who stays finishes: most required ones, fewer of the others."""
    required = np.array([lesson.required for lesson in way.course.lessons])
    interest = 1.0 / (1.0 + np.exp(-(way.effort - 0.4)))
    takes: NDArray[np.bool_] = required | (rng.random(required.size) < interest)
    if rng.random() < 0.07 * np.exp(-0.6 * way.effort):
        skipped = rng.choice(np.flatnonzero(required), rng.integers(1, 4), replace=False)
        takes[skipped] = False
    return takes


def _submissions(way: _Way, rng: np.random.Generator) -> tuple[HandedIn, ...]:
    handed_in = []
    for n, assessment in enumerate(way.course.assessments):
        early = -rng.exponential(1.5)
        day = int(assessment.due_day + (rng.uniform(0, 2.5) if rng.random() < 0.08 else early))
        score = 64 + 9 * way.ability + 8 * way.effort + rng.normal(0, 8)
        does = rng.random() < min(0.97, 0.93 + 0.04 * way.effort)
        at = way.moment(day, rng)
        if does and way.happens(day):
            if assessment.kind is AssessmentKind.QUIZ:  # marked at once, by its questions
                handed_in.append(HandedIn(n, at, _quiz_score(score)))
                continue
            graded = way.today - day >= _GRADING_DAYS
            handed_in.append(HandedIn(n, at, _score(score) if graded else None))
    return tuple(handed_in)


def _quiz_score(raw: float) -> float:
    """The nearest score that a whole number of right answers brings."""
    return round(_score(raw) * QUESTIONS / 100) * 100 / QUESTIONS


def _score(raw: float) -> float:
    return round(min(100.0, max(0.0, raw)), 1)


def _ending(
    way: _Way,
    done: tuple[Completion, ...],
    handed_in: tuple[HandedIn, ...],
    rng: np.random.Generator,
) -> tuple[EnrollmentStatus, int | None]:
    """How the enrolment stands on the last day, and the course day on which it ended."""
    length = way.course.length
    withdraws_on = int(min(way.stops, length) + rng.exponential(6.0))
    tells = rng.random() < 0.65  # the others just stop coming
    if way.stops < length and tells and withdraws_on <= min(way.today, length):
        return EnrollmentStatus.WITHDRAWN, withdraws_on
    if way.today < length:
        return EnrollmentStatus.ACTIVE, None
    passed = _is_whole(way.course, done) and _grade(way.course, handed_in) >= PASS_MARK
    return (EnrollmentStatus.COMPLETED if passed else EnrollmentStatus.FAILED), length


def _is_whole(course: CoursePlan, done: tuple[Completion, ...]) -> bool:
    finished = {completion.lesson for completion in done}
    return all(n in finished for n, lesson in enumerate(course.lessons) if lesson.required)


def _grade(course: CoursePlan, handed_in: tuple[HandedIn, ...]) -> float:
    """The grade in percent; work that was not handed in counts as zero."""
    points = (course.assessments[work.assessment].weight * (work.score or 0) for work in handed_in)
    return sum(points) / 100


def _moment(day: date, rng: np.random.Generator) -> datetime:
    """A moment of the day, in UTC, at an hour at which people study."""
    hour = int(np.searchsorted(_HOURS, rng.random(), side="right"))
    at = time(hour, int(rng.integers(60)), int(rng.integers(60)), tzinfo=UTC)
    return datetime.combine(day, at)
