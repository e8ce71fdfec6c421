"""Values that the courses' services hand out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.courses.continuing import LessonLink
from core.courses.due import DueItem
from core.courses.grade import Grade
from core.courses.models import AssessmentKind, EnrollmentStatus
from core.courses.progress import Progress


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """What a list of courses shows of one course."""

    course_id: int
    code: str
    title: str
    difficulty_level: str | None
    start_date: date
    duration_weeks: int
    is_sample: bool

    @property
    def last_day(self) -> date:
        """The day on which its weeks are over; days count from the start, which is day 0."""
        return self.start_date + timedelta(weeks=self.duration_weeks)

    def has_ended(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.last_day


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course in which the reader is enrolled, and how far they are.

    ``due`` is what they have to hand in, the most pressing first; nothing once it has ended.
    """

    enrollment_id: int
    course: CourseSummary
    status: EnrollmentStatus
    enrolled_at: datetime | None
    progress: Progress
    grade: Grade
    pass_mark: int
    due: tuple[DueItem, ...]
    next_lesson: LessonLink | None


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A course whose learners the reader may see; ``enrolled`` counts them by status."""

    course: CourseSummary
    enrolled: dict[EnrollmentStatus, int]

    @property
    def total(self) -> int:
        """Everybody who ever enrolled."""
        return sum(self.enrolled.values())


@dataclass(frozen=True, slots=True)
class Instructor:
    """Somebody who teaches a course."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson of a course and when the learner completed it, if they did.

    What is required, with which weight or in which group, is told by the learner's rules.
    """

    lesson_id: int
    title: str
    is_required: bool
    weight: Decimal
    expected_minutes: int | None
    completed_at: datetime | None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ModuleState:
    """A part of a course with its lessons, in order."""

    module_id: int
    title: str
    lessons: tuple[LessonState, ...]

    @property
    def is_done(self) -> bool:
        """Whether every lesson is completed that is required."""
        return all(one.completed_at or not one.is_required for one in self.lessons)


@dataclass(frozen=True, slots=True)
class GroupState:
    """Lessons of which some count together: how many are needed, done and there."""

    title: str
    weight: Decimal
    needed: int
    done: int
    lessons: int


@dataclass(frozen=True, slots=True)
class Work:
    """Graded work of a course and what the learner made of it.

    ``handed_in_at`` is the first time; ``days_late`` None where nothing is due or handed in,
    or the score was banked in an earlier course. ``grade_share`` (0-1) is its part of the grade.
    """

    assessment_id: int
    title: str
    kind: AssessmentKind
    grade_share: Decimal
    due_on: date | None
    handed_in_at: datetime | None
    days_late: int | None
    score: Decimal | None
    is_banked: bool

    def was_due_before(self, enrolled_at: datetime | None) -> bool:
        """Whether its due date had passed when the person enrolled, where both are known."""
        if self.due_on is None or enrolled_at is None:
            return False
        return self.due_on < enrolled_at.date()


@dataclass(frozen=True, slots=True)
class CoursePage:
    """One enrolment as its learner sees it; ``learner`` names whose it is.

    ``is_own`` is False where somebody who teaches or administers looks at it.
    """

    enrollment_id: int
    learner: str
    is_own: bool
    course: CourseSummary
    description: str | None
    pass_mark: int
    status: EnrollmentStatus
    enrolled_at: datetime | None
    ended_at: datetime | None
    progress: Progress
    grade: Grade
    due: tuple[DueItem, ...]
    modules: tuple[ModuleState, ...]
    work: tuple[Work, ...]
    next_lesson: LessonLink | None
    groups: tuple[GroupState, ...] = ()
    rule_number: int = 1

    @property
    def can_complete(self) -> bool:
        """Whether the reader may mark lessons as done here."""
        return self.is_own and self.status.is_open
