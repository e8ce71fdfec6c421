"""Overviews of made-up cohorts, from what became of each piece of work."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from core.courses.cohorts import AssessmentFigures, CohortCounts, CohortOverview
from core.courses.models import AssessmentKind, EnrollmentStatus
from core.courses.schemas import CourseSummary

START = date(2026, 3, 2)
PIECES = st.lists(st.tuples(*[st.integers(0, 9) | st.integers(0, 300)] * 4), min_size=1, max_size=4)
"""Of each piece of work how many were on time, late, banked and missing."""


def overview(pieces: Sequence[tuple[int, int, int, int]], left: int) -> CohortOverview:
    """A cohort on a day on which everything is due; the largest piece tells how many there are."""
    enrolled = max(sum(one) for one in pieces) + left
    return CohortOverview(
        course=CourseSummary(1, "A1", "Course", None, START, 20, False),
        day=60,
        statuses={EnrollmentStatus.ACTIVE: enrolled - left, EnrollmentStatus.WITHDRAWN: left},
        funnel={},
        assessments=tuple(_work(n, *one) for n, one in enumerate(pieces)),
        now=CohortCounts(
            enrolled,
            left,
            enrolled - left,
            tuple(on_time + late + banked for on_time, late, banked, _ in pieces),
            50.0,
        ),
        mean_grade=None,
        earlier=None,
    )


def _work(place: int, on_time: int, late: int, banked: int, missing: int) -> AssessmentFigures:
    return AssessmentFigures(
        title=f"Work {place}",
        kind=AssessmentKind.ASSIGNMENT,
        due_day=7 * place,
        due_on=START + timedelta(days=7 * place),
        is_due=True,
        expected=on_time + late + banked + missing,
        handed_in=on_time + late,
        on_time=on_time,
        late=late,
        median_days_late=1.0 if late else None,
        missing=missing,
        banked=banked,
        mean_score=50.0 if on_time + late else None,
    )
