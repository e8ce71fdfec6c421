"""Values that the courses' services hand out."""

from dataclasses import dataclass
from datetime import date, datetime

from core.courses.models import EnrollmentStatus
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


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course in which the reader is enrolled, and how far they are."""

    enrollment_id: int
    course: CourseSummary
    status: EnrollmentStatus
    enrolled_at: datetime | None
    progress: Progress


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
class CourseEnrollment:
    """One learner in a course that the reader may see."""

    enrollment_id: int
    user_id: int
    learner: str
    status: EnrollmentStatus
    enrolled_at: datetime | None
    ended_at: datetime | None
    campaign_id: int | None
    progress: Progress
