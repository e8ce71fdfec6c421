"""What if: when the remaining lessons would be done at so many hours a week.

The rule is plain arithmetic on the learner's own pace, so that it can be stated beside its
answer: minutes that remain by the course's stated times, times how long the learner took so
far for what was stated.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_MEASURED = 3
"""Of fewer lessons with a measured time no pace of one's own is told."""
_SPREAD = 1.2816  # standard deviations of a normal law to either side of its middle 80%
_LEAST_RATIO = 0.1  # nobody takes less than a tenth of a stated time for all that is left


@dataclass(frozen=True, slots=True)
class LessonTime:
    """A required lesson: minutes it is meant to take, minutes it took; None where not known."""

    expected_minutes: int | None
    spent_minutes: int | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """What is left to do, and how fast the learner is.

    ``remaining_minutes`` are by the stated times; ``pace`` is the time taken ÷ the time
    stated, with its 80% interval for what is left; 1 and without one where it is not known.
    """

    remaining_lessons: int
    remaining_minutes: float
    untimed_lessons: int  # of those remaining; the mean of the course's stated times stands for it
    pace: float
    slow_pace: float
    fast_pace: float
    measured_lessons: int

    @property
    def has_own_pace(self) -> bool:
        """Whether enough lessons were measured to tell a pace."""
        return self.measured_lessons >= LEAST_MEASURED


def plan(lessons: Sequence[LessonTime]) -> StudyPlan | None:
    """The plan of a course's required lessons; None where none is left or no time is stated."""
    stated = [one.expected_minutes for one in lessons if one.expected_minutes]
    remaining = [one for one in lessons if not one.is_done]
    if not stated or not remaining:
        return None
    mean = sum(stated) / len(stated)
    pace, slow, fast, measured = _pace(lessons, len(remaining))
    return StudyPlan(
        remaining_lessons=len(remaining),
        remaining_minutes=sum(one.expected_minutes or mean for one in remaining),
        untimed_lessons=sum(1 for one in remaining if not one.expected_minutes),
        pace=pace,
        slow_pace=slow,
        fast_pace=fast,
        measured_lessons=measured,
    )


def finish(plan: StudyPlan, hours_a_week: float, today: date) -> tuple[date, date]:
    """The first and the last day of the 80% interval in which the lessons would be done."""
    return (
        _on(plan.remaining_minutes * plan.fast_pace, hours_a_week, today),
        _on(plan.remaining_minutes * plan.slow_pace, hours_a_week, today),
    )


def _pace(lessons: Sequence[LessonTime], remaining: int) -> tuple[float, float, float, int]:
    """Pace, its slow and its fast end, and from how many lessons.

    The interval is that of the mean of the remaining lessons' ratios, given the mean of the
    measured ones: both vary (Hahn and Meeker, 1991, Statistical intervals, section 4.8).
    """
    ratios = [
        one.spent_minutes / one.expected_minutes
        for one in lessons
        if one.is_done and one.spent_minutes and one.expected_minutes
    ]
    count = len(ratios)
    if count < LEAST_MEASURED:
        return 1.0, 1.0, 1.0, count
    mean = sum(ratios) / count
    variance = sum((one - mean) ** 2 for one in ratios) / (count - 1)
    reach = _SPREAD * math.sqrt(variance * (1 / count + 1 / remaining))
    return mean, mean + reach, max(mean - reach, _LEAST_RATIO), count


def _on(minutes: float, hours_a_week: float, today: date) -> date:
    days = math.ceil(minutes / (hours_a_week * 60) * 7)
    return today + timedelta(days=min(days, 3650))
