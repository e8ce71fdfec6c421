"""How a course looks ahead to its learner: whether a forecast can be told, and the study plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from core.courses import enrolment_queries
from core.courses.cohorts import course_day
from core.courses.models import EnrollmentStatus
from core.courses.planner import LessonTime, StudyPlan, plan
from core.courses.ports import FinishForecast
from core.courses.schemas import CoursePage

_OVER = (EnrollmentStatus.COMPLETED, EnrollmentStatus.FAILED, EnrollmentStatus.WITHDRAWN)


class NoForecast(StrEnum):
    """Why no day is told."""

    ENDED = "ended"
    NOTHING_LEFT = "nothing_left"
    NOT_BEGUN = "not_begun"
    NO_MODEL = "no_model"
    NOT_KNOWN = "not_known"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Asked:
    """For which day of the course to ask a model; or why it need not be asked."""

    day: int | None
    absent: NoForecast | None = None


def asked(page: CoursePage, days: Sequence[int], today: date) -> Asked:
    """The latest day that the course has reached, of those for which a model answers."""
    if page.status in _OVER or page.course.has_ended(today):
        return Asked(None, NoForecast.ENDED)
    if _nothing_left(page):
        return Asked(None, NoForecast.NOTHING_LEFT)
    at = course_day(page.course, today)
    if at < 0:
        return Asked(None, NoForecast.NOT_BEGUN)
    reached = [day for day in days if day <= at]
    return Asked(reached[-1]) if reached else Asked(None, NoForecast.NO_MODEL)


def doubt(forecast: FinishForecast | None, today: date) -> NoForecast | None:
    """Why an answer is not to be told: there is none, or its last day is over already."""
    if forecast is None:
        return NoForecast.NOT_KNOWN
    return NoForecast.PASSED if forecast.latest < today else None


def study_plan(session: Session, page: CoursePage) -> StudyPlan | None:
    """What the person who was shown the page still has to study, and how fast they are."""
    minutes = enrolment_queries.minutes_by_lesson(session, page.enrollment_id)
    return plan(
        [
            LessonTime(one.expected_minutes, minutes.get(one.lesson_id), bool(one.completed_at))
            for module in page.modules
            for one in module.lessons
            if one.is_required
        ]
    )


def _nothing_left(page: CoursePage) -> bool:
    lessons = [one for module in page.modules for one in module.lessons if one.is_required]
    items = [one.completed_at is not None for one in lessons]
    items += [one.handed_in_at is not None for one in page.work if one.due_on]
    return bool(items) and all(items)
