"""The six courses of the sample world, written out: modules, lessons, assessments.

Each is taught twice, the first time a year earlier.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core.courses.models import AssessmentKind


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """A lesson; ``day`` is when the course expects it, counted from the start."""

    module: int
    title: str
    weight: int
    required: bool
    expected_minutes: int
    day: float


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """Graded work, due ``due_day`` days after the course's start; ``weight`` in percent."""

    module: int
    title: str
    kind: AssessmentKind
    weight: int
    due_day: int


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course with everything in it; ``is_earlier`` tells its first presentation."""

    key: str
    is_earlier: bool
    title: str
    difficulty: str
    industry: str
    weeks: int
    start: date
    modules: tuple[str, ...]
    lessons: tuple[LessonPlan, ...]
    assessments: tuple[AssessmentPlan, ...]

    @property
    def code(self) -> str:
        """The course's unique code."""
        return f"{self.series_code}-EARLIER" if self.is_earlier else self.series_code

    @property
    def series_code(self) -> str:
        """What both presentations share."""
        return f"SAMPLE-{self.key}"

    @property
    def length(self) -> int:
        """Days from the start to the end."""
        return self.weeks * 7


# key, title, difficulty, industry, weeks, days ago it started; then a line a module:
# title, lessons; one in brackets is optional, one with "+" weighs double.
_COURSES = (
    (
        ("DATA", "Data analysis with Python", "intermediate", "technology", 12, 420),
        """Asking good questions: What data can answer; From question to measure; (A short history)
        Tables: Reading files; Cleaning a table+; Joining two tables; (Dates and time zones)
        Describing: Averages that mislead; Spread and outliers; Grouping and pivoting+
        Showing: Choosing a chart; Drawing it plainly; (Colour that everybody can see)
        Comparing: Chance and samples; Two groups+; Telling cause from company; (Bayes in a page)
        Your own study: Plan a study; Carry it out+; Write it up""",
    ),
    (
        ("FIN", "Finance for non-financial managers", "intermediate", "finance", 10, 330),
        """Reading accounts: Balance sheet; Income statement+; Cash flow; (Where rules come from)
        Costs: Fixed and variable; Contribution margin+; (Activity-based costing)
        Budgets: Building a budget+; Explaining a variance; Rolling forecasts
        Investing: Time value of money; Net present value+; Payback and its limits; (Real options)
        Deciding: Pricing; Make or buy; A case from start to end+""",
    ),
    (
        ("MKTG", "Digital marketing foundations", "beginner", "marketing", 8, 240),
        """Customers: Who they are; What they search for; (Interviewing customers)
        Channels: Search; Social; E-mail; Display and video; (Affiliates)
        Measuring: Clicks to conversions; Return on ad spend+; What a test can show
        Planning: Setting a budget+; A calendar; Writing a brief; (Working with agencies)""",
    ),
    (
        ("UX", "Product design and research", "intermediate", "technology", 10, 168),
        """Understanding: Watching people work; Interviews+; Making sense of notes; (Diary studies)
        Framing: Problems worth solving; Journeys; (Jobs to be done)
        Sketching: Many ideas; Choosing one; Paper prototypes+
        Building: Layout and type; Forms; Clickable prototypes+; (Motion)
        Testing: Usability tests+; Accessibility; Reporting to a team""",
    ),
    (
        ("PM", "Project management essentials", "beginner", "consulting", 8, 95),
        """Starting: Aims and limits; Who has a say; A charter+
        Planning: Breaking work down+; Estimating; Order and slack; (Gantt and his chart)
        Doing: Stand-ups; Risks+; Changes; (Remote teams)
        Closing: Handing over; Looking back; (Building an archive)""",
    ),
    (
        ("ML", "Machine learning in practice", "advanced", "technology", 12, 47),
        """Before the model: A baseline first; Splitting data honestly+; Leakage
        Linear models: Regression; Classification+; Regularisation; (The algebra behind)
        Trees: One tree; Many trees+; Explaining a forecast
        Networks: Layers; Training without overfitting+; (Attention)
        Judging: Calibration; The cost of mistakes+; Fairness; (Conformal intervals)
        In production: Serving; Watching for drift; Retiring a model+""",
    ),
)
_DOUBLE, _SINGLE = 2, 1
_MINUTES = 35


def courses(until: date) -> list[CoursePlan]:
    """Both presentations of the six courses by their start, counted back from ``until``."""
    year = timedelta(days=364)  # so that the weekdays stay
    both = [
        _course(heads, text, until - (year if is_earlier else timedelta()), is_earlier)
        for heads, text in _COURSES
        for is_earlier in (True, False)
    ]
    return sorted(both, key=lambda course: course.start)


def _course(
    heads: tuple[str, str, str, str, int, int], text: str, until: date, is_earlier: bool
) -> CoursePlan:
    key, title, difficulty, industry, weeks, days_ago = heads
    lines = [line.strip().partition(": ") for line in text.splitlines()]
    entries = [
        (module, entry.strip())
        for module, (_, _, rest) in enumerate(lines)
        for entry in rest.split(";")
    ]
    step = (weeks * 7 - 10) / len(entries)
    return CoursePlan(
        key=key,
        is_earlier=is_earlier,
        title=title,
        difficulty=difficulty,
        industry=industry,
        weeks=weeks,
        start=until - timedelta(days=days_ago),
        modules=tuple(name for name, _, _ in lines),
        lessons=tuple(_lesson(*entry, n * step) for n, entry in enumerate(entries)),
        assessments=_assessments(len(lines), weeks * 7),
    )


def _lesson(module: int, entry: str, day: float) -> LessonPlan:
    double, optional = entry.endswith("+"), entry.startswith("(")
    return LessonPlan(
        module=module,
        title=entry.strip("()+"),
        weight=_DOUBLE if double else _SINGLE,
        required=not optional,
        expected_minutes=_MINUTES * (2 if double else 1) - (15 if optional else 0),
        day=day,
    )


def _assessments(modules: int, length: int) -> tuple[AssessmentPlan, ...]:
    kinds = AssessmentKind
    return (
        AssessmentPlan(0, "First quiz", kinds.QUIZ, 10, round(length * 0.2)),
        AssessmentPlan(modules // 2, "Assignment", kinds.ASSIGNMENT, 30, round(length * 0.5)),
        AssessmentPlan(modules - 2, "Second quiz", kinds.QUIZ, 20, round(length * 0.75)),
        AssessmentPlan(modules - 1, "Final exam", kinds.EXAM, 40, length - 3),
    )
