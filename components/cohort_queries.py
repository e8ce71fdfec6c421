"""Answers about courses' cohorts, kept by the lake generation they were read from.

As in :mod:`components.queries`, a person's right is asked for before a kept answer is given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from core.accounts.access import Area, Principal
from core.campaigns import completions
from core.campaigns.completions import Brought, CampaignCompletions
from core.courses import cohort_service
from core.courses.cohort_service import PAGE_ROWS
from core.courses.cohorts import CohortOverview, Ranking, RankingView
from wiring import services

# As printed: see components.queries.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {
    RankingView: repr,
    frozenset: lambda ids: repr(sorted(ids)),
}
_ALL_ROWS = 100_000


def cohort_overview(
    principal: Principal, generation: int, course_id: int, today: date
) -> CohortOverview:
    """A course's cohort; ``NotFound`` where the person may not see its learners."""
    with services().reading() as session:
        before = cohort_service.presentation_before(session, principal, course_id)
    return _cohort(generation, course_id, before, today, principal)


def cohort_ranking(
    principal: Principal, generation: int, course_id: int, view: RankingView, today: date
) -> Ranking:
    """A page of a course's learners by risk; follows a promotion at once.

    What is kept holds no names: they are searched and read anew, for the rows shown.
    """
    with services().reading() as session:
        cohort_service.require(session, principal, course_id)
        version = None if view.day is None else services().risk_scores.version(view.day)
        found = cohort_service.searched(session, principal, course_id, view)
        kept = _ranking(generation, course_id, view, version, found, today, principal)
        if kept.source is not None and kept.source.version != version:  # switched meanwhile
            kept = _read_ranking(principal, generation, course_id, view, today, PAGE_ROWS)
        return cohort_service.named(session, principal, kept)


def risks_on(generation: int, course_id: int, day: int | None) -> Mapping[int, float]:
    """Risks of a course's enrolments as known on a day; empty where no model answers for it.

    Whoever asks has checked that the person may see the learners. Raises ``ModelDamaged``.
    """
    found = None if day is None else services().risk_scores.score(generation, course_id, day)
    return {} if found is None else found.risks


def risk_days() -> Sequence[int]:
    """Days of a course for which a model answers now."""
    return services().risk_scores.days()


def cohort_export(
    principal: Principal, generation: int, course_id: int, view: RankingView, today: date
) -> tuple[CohortOverview, Ranking]:
    """A cohort with all its learners: too many, and asked for too rarely, to keep."""
    overview = cohort_overview(principal, generation, course_id, today)
    whole = replace(view, page=1)
    ranking = _read_ranking(principal, generation, course_id, whole, today, _ALL_ROWS)
    with services().reading() as session:
        return overview, cohort_service.named(session, principal, ranking)


def campaign_completions(
    principal: Principal, generation: int, campaign_id: int
) -> CampaignCompletions:
    """What became of the learners whom a campaign brought."""
    principal.require(Area.CAMPAIGNS)
    return _campaign_completions(generation, campaign_id, principal)


def course_campaigns(principal: Principal, generation: int, course_id: int) -> tuple[Brought, ...]:
    """A course's learners by campaign; ``NotFound`` where the person may not see them."""
    with services().reading() as session:
        figures = services().completion_figures(generation)
        return completions.of_course(session, principal, figures, course_id)


@st.cache_data(max_entries=64, show_spinner=False)
def _campaign_completions(
    generation: int, campaign_id: int, _principal: Principal
) -> CampaignCompletions:
    figures = services().completion_figures(generation)
    return completions.of_campaign(_principal, figures, campaign_id)


@st.cache_data(max_entries=64, show_spinner=False)
def _cohort(
    generation: int,
    course_id: int,
    before: int | None,  # noqa: ARG001 - a part of the key: not everybody sees the same
    today: date,
    _principal: Principal,
) -> CohortOverview:
    with services().reading() as session:
        figures = services().cohort_figures(generation)
        return cohort_service.overview(session, _principal, figures, course_id, today)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=_BY_WORDS)
def _ranking(
    generation: int,
    course_id: int,
    view: RankingView,
    version: int | None,  # noqa: ARG001 - a part of the key
    found: frozenset[int] | None,  # noqa: ARG001 - a part of the key: names change at any time
    today: date,
    _principal: Principal,
) -> Ranking:
    return _read_ranking(_principal, generation, course_id, view, today, PAGE_ROWS)


def _read_ranking(
    principal: Principal,
    generation: int,
    course_id: int,
    view: RankingView,
    today: date,
    rows: int,
) -> Ranking:
    wired = services()
    with wired.reading() as session:
        return cohort_service.rank(
            session,
            principal,
            wired.cohort_figures(generation),
            wired.risk_scores,
            generation,
            course_id,
            view,
            today,
            rows,
        )
