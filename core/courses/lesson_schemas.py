"""Values of lessons, quizzes and study that the services hand out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.courses.continuing import LessonLink
from core.courses.models import EnrollmentStatus
from core.courses.quiz_marking import Mark, Question
from core.courses.quiz_models import AttemptRule
from core.courses.schemas import CourseSummary
from core.courses.study_models import GoalKind


@dataclass(frozen=True, slots=True)
class FileOfLesson:
    """A file as the lesson lists it."""

    file_id: int
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson of one enrolment as its learner sees it.

    ``seconds`` is the counted time here so far; ``awaits_quiz`` is whether only passing the
    quiz completes the lesson, which has not happened.
    """

    enrollment_id: int
    learner: str
    is_own: bool
    course: CourseSummary
    status: EnrollmentStatus
    module_title: str
    lesson_id: int
    title: str
    content: str
    video_url: str | None
    expected_minutes: int | None
    is_required: bool
    completed_at: datetime | None
    files: tuple[FileOfLesson, ...]
    before: LessonLink | None
    after: LessonLink | None
    place: int
    lessons: int
    seconds: int
    quiz_id: int | None
    awaits_quiz: bool

    @property
    def can_complete(self) -> bool:
        """Whether the reader may mark the lesson as done now."""
        return (
            self.is_own
            and self.status.is_open
            and self.completed_at is None
            and not self.awaits_quiz
        )


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """A handed-in attempt."""

    attempt_id: int
    number: int
    submitted_at: datetime
    score: Decimal
    passed: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class QuizPage:
    """A quiz as one learner sees it; ``results`` are handed-in attempts, the latest first.

    What would have been right is shown once the quiz is passed or no attempt is left.
    """

    assessment_id: int
    enrollment_id: int
    title: str
    pass_mark: int
    attempts_allowed: int | None
    counts: AttemptRule
    must_pass: bool
    due_on: date | None
    is_own: bool
    is_open: bool
    questions: tuple[Question, ...]
    open_attempt: int | None
    results: tuple[AttemptResult, ...]

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts may be handed in; None where there is no limit."""
        if self.attempts_allowed is None:
            return None
        return max(0, self.attempts_allowed - len(self.results))

    @property
    def passed(self) -> bool:
        """Whether any attempt passed."""
        return any(one.passed for one in self.results)

    @property
    def shows_answers(self) -> bool:
        """Whether the right answers are told by now."""
        return self.passed or self.attempts_left == 0

    @property
    def can_attempt(self) -> bool:
        """Whether the reader may begin, or go on with, an attempt."""
        return self.is_own and self.is_open and bool(self.questions) and self.attempts_left != 0


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What a learner did on one day (UTC)."""

    day: date
    seconds: int
    lessons: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A weekly goal and how far this week is: hours with decimals, or lessons."""

    kind: GoalKind
    target: int
    done: Decimal
