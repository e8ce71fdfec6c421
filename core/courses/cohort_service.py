"""What instructors and staff do with cohorts: look at one, and at whom to help first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.courses import cohort_queries, cohorts
from core.courses.cohorts import (
    CohortFigures,
    CohortOverview,
    Earlier,
    LearnerFigures,
    RankedLearner,
    Ranking,
    RankingView,
    course_day,
)
from core.courses.models import Course, EnrollmentStatus
from core.courses.ports import CohortRisk, RiskScores
from core.courses.service import summary
from core.courses.study_queries import lessons_in_order
from core.errors import NotFound

PAGE_ROWS = 50


def overview(
    session: Session, principal: Principal, figures: CohortFigures, course_id: int, today: date
) -> CohortOverview:
    """A course's cohort; NotFound where the person may not see its learners."""
    course = _course(session, principal, course_id)
    shown = summary(course)
    day = course_day(shown, today)
    learners = figures.learners(course_id, today)
    statuses = dict.fromkeys(EnrollmentStatus, 0)
    for one in learners:
        statuses[one.status] += 1
    before = cohort_queries.presentation_before(session, principal, course)
    return CohortOverview(
        course=shown,
        day=day,
        statuses=statuses,
        funnel=cohorts.funnel(learners),
        assessments=tuple(figures.assessments(course_id, today)),
        now=figures.counts(course_id, day),
        mean_grade=cohorts.mean_grade(learners),
        lessons=cohorts.lessons(
            [
                (one.lesson_id, one.title)
                for one in lessons_in_order(session, [course_id])[course_id]
            ],
            figures.lessons(course_id),
        ),
        earlier=None if before is None else _earlier(figures, before, day, today),
    )


def rank(
    session: Session,
    principal: Principal,
    figures: CohortFigures,
    risk_scores: RiskScores,
    generation: int,
    course_id: int,
    view: RankingView,
    today: date,
    rows: int = PAGE_ROWS,
) -> Ranking:
    """Whom to help first, still without names: a page of ``rows`` learners. NotFound as above.

    Reasons are worked out for the shown learners alone. Raises ``ModelDamaged``.
    """
    _course(session, principal, course_id)
    risk = None if view.day is None else risk_scores.score(generation, course_id, view.day)
    order = cohorts.ranked(figures.learners(course_id, today), risk.risks if risk else None)
    found = cohorts.shown(order, view, searched(session, principal, course_id, view))
    # The last page there is, where the filters left fewer than the one that was open.
    start = min(view.page - 1, max(len(found) - 1, 0) // rows) * rows
    return Ranking(
        learners=_ranked(found[start : start + rows], risk),
        found=len(found),
        within_capacity=cohorts.within_reach(len(cohorts.contactable(order)), view),
        source=risk.source if risk else None,
    )


def searched(
    session: Session, principal: Principal, course_id: int, view: RankingView
) -> frozenset[int] | None:
    """The enrolments whose learner's name holds what is searched for; None without a search."""
    text = view.search.strip()
    if not text:
        return None
    return frozenset(cohort_queries.enrolments_named(session, principal, course_id, text))


def named(session: Session, principal: Principal, ranking: Ranking) -> Ranking:
    """The ranking with the names that the records hold now.

    Who is gone from them since the generation, or is not the person's to see, is left out.
    """
    ids = [one.figures.enrollment_id for one in ranking.learners]
    names = cohort_queries.learner_names(session, principal, ids)
    found = (one for one in ranking.learners if one.figures.enrollment_id in names)
    return replace(
        ranking,
        learners=tuple(replace(one, name=names[one.figures.enrollment_id]) for one in found),
    )


def presentation_before(session: Session, principal: Principal, course_id: int) -> int | None:
    """The course that the overview compares with for this person. NotFound as above."""
    course = _course(session, principal, course_id)
    before = cohort_queries.presentation_before(session, principal, course)
    return None if before is None else before.id


def require(session: Session, principal: Principal, course_id: int) -> None:
    """Raise NotFound unless the person may see the course's learners."""
    _course(session, principal, course_id)


def _ranked(
    page: Sequence[tuple[LearnerFigures, bool]], risk: CohortRisk | None
) -> tuple[RankedLearner, ...]:
    """The shown learners with their risks, and reasons for these alone."""
    reasons = risk.reasons([one.enrollment_id for one, _ in page]) if risk else {}
    return tuple(
        RankedLearner(
            name="",
            figures=one,
            risk=risk.risks[one.enrollment_id] if risk else None,
            is_within_capacity=within,
            reasons=tuple(reasons.get(one.enrollment_id, ())),
        )
        for one, within in page
    )


def _earlier(figures: CohortFigures, course: Course, day: int, today: date) -> Earlier:
    learners = figures.learners(course.id, today)
    states = [one.status for one in learners]
    return Earlier(
        course=summary(course),
        then=figures.counts(course.id, day),
        completed=states.count(EnrollmentStatus.COMPLETED),
        enrolled=len(states),
        is_over=not any(state.is_open for state in states),
    )


def _course(session: Session, principal: Principal, course_id: int) -> Course:
    principal.require(Area.COHORTS)
    course = cohort_queries.taught_course(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return course
