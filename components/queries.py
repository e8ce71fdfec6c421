"""The only place where answers are kept: by the lake generation they were read from.

A run asks for the generation once and hands it to every question, so that its answers fit one
another whatever is published meanwhile. A person's right to the answer is asked for on every
call, before the kept answer is given.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from components.charts.figure import Figure
from components.charts.spend_revenue import spend_and_revenue
from core.accounts.access import Area, Principal
from core.campaigns import service as campaigns
from core.campaigns import watching
from core.campaigns.anomalies import Anomalies, ExpectedCourse
from core.campaigns.changes import HISTORY_WEEKS, Findings, find_changes
from core.campaigns.detail import read_campaign, read_days
from core.campaigns.evidence import Asked
from core.campaigns.learned import Learned, ResponseMark
from core.campaigns.optimizer.budget import BudgetPlan
from core.campaigns.optimizer.experiment import Experiment
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.suggestion import Answer, Kind
from core.campaigns.overview import find_campaigns, read_breakdown, read_choices, read_overview
from core.campaigns.periods import Against
from core.campaigns.plan import CampaignRecord
from core.campaigns.reported import ReportedCampaign
from core.campaigns.schemas import (
    Breakdown,
    CampaignChoice,
    CampaignPage,
    CampaignProfile,
    Choices,
    Day,
    Dimension,
    Overview,
    View,
)
from core.campaigns.suggestions import (
    newest_response,
    plan_budget,
    read_response,
    suggest,
    suggest_test,
)
from core.campaigns.tracking import Tracking, Troubled
from core.campaigns.watching import WatchedCampaign
from core.courses import cohort_service
from core.courses.cohort_service import PAGE_ROWS
from core.courses.cohorts import CohortOverview, Ranking, RankingView
from core.i18n import Language, language
from wiring import services

# What Python prints of a value says all of it, and is many times faster than walking through it.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {
    View: repr,
    RankingView: repr,
    CampaignRecord: repr,
    frozenset: lambda ids: repr(sorted(ids)),
    Asked: repr,
    ResponseMark: repr,
    BudgetLimits: repr,
}
_ALL_ROWS = 100_000
_TROUBLED_SHOWN = 100  # those with most spend
_CAMPAIGNS_JUDGED = 200  # those with most spend; more would not change the three largest


def generation() -> int:
    """The generation of the data that is current now."""
    return services().warehouse.generation()


def campaign_choices(principal: Principal, generation: int) -> Choices | None:
    """What campaigns can be filtered by."""
    principal.require(Area.CAMPAIGNS)
    return _choices(generation, principal)


def campaigns_with(
    principal: Principal,
    generation: int,
    labels: Sequence[str] = (),
    campaign_ids: Sequence[int] = (),
) -> tuple[CampaignChoice, ...]:
    """The campaigns that have one of these labels or ids, also those that are not offered."""
    principal.require(Area.CAMPAIGNS)
    return _found(generation, tuple(labels), tuple(campaign_ids), principal)


def campaign_profile(principal: Principal, generation: int, campaign_id: int) -> CampaignProfile:
    """What one campaign is; ``NotFound`` where no campaign has this id."""
    principal.require(Area.CAMPAIGNS)
    return _profile(generation, campaign_id, principal)


def campaign_days(principal: Principal, generation: int, view: View) -> tuple[Day, ...]:
    """Each day of a view that has rows, the last one first."""
    principal.require(Area.CAMPAIGNS)
    return _days(generation, view, principal)


def campaign_overview(principal: Principal, generation: int, view: View) -> Overview:
    """A view's figures."""
    principal.require(Area.CAMPAIGNS)
    return _overview(generation, view, principal)


def campaign_chart(principal: Principal, generation: int, view: View, t: Language) -> Figure:
    """The chart of a view's spend and revenue, in the reader's language."""
    principal.require(Area.CAMPAIGNS)
    return _chart(generation, t.code, view, principal)


def campaign_breakdown(
    principal: Principal, generation: int, view: View, by: Dimension
) -> Breakdown:
    """A view cut by a dimension, as many rows as a page shows."""
    principal.require(Area.CAMPAIGNS)
    return _breakdown(generation, view, by, principal)


def campaign_export(principal: Principal, generation: int, view: View, by: Dimension) -> Breakdown:
    """A view cut by a dimension with all rows: too many, and asked for too rarely, to keep."""
    figures = services().campaign_figures(generation)
    return read_breakdown(principal, figures, view, by, _ALL_ROWS)


def reported_without_record(principal: Principal, generation: int) -> Sequence[ReportedCampaign]:
    """Campaigns that had no record when the generation was published."""
    principal.require(Area.CAMPAIGNS)
    return _without_record(generation)


def reported_campaign(
    principal: Principal, generation: int, campaign_id: int
) -> ReportedCampaign | None:
    """One campaign as it is reported; asked for too rarely to keep."""
    principal.require(Area.CAMPAIGNS)
    return services().reported_campaigns(generation).one(campaign_id)


def campaign_with_figures(
    principal: Principal, generation: int, platform: str, account_id: str, external_id: str
) -> int | None:
    """The warehouse's number of a campaign that has figures; None for one without any."""
    principal.require(Area.CAMPAIGNS)
    return _with_figures(generation, platform, account_id, external_id)


def campaign_page(
    principal: Principal,
    generation: int,
    view: View,
    dimensions: Sequence[Dimension],
    with_days: bool,
) -> CampaignPage:
    """Everything that a page shows, with all rows of its breakdowns, for its export."""
    (other,) = set(Against) - {view.against}
    return CampaignPage(
        campaign_overview(principal, generation, view),
        campaign_overview(principal, generation, replace(view, against=other)),
        tuple(campaign_export(principal, generation, view, by) for by in dimensions),
        campaign_days(principal, generation, view) if with_days else (),
    )


def campaign_changes(principal: Principal, generation: int, view: View) -> Findings:
    """What changed most in the last four weeks of a view."""
    principal.require(Area.CAMPAIGNS)
    return _changes(generation, view)


def campaigns_watched(principal: Principal, generation: int) -> tuple[WatchedCampaign, ...]:
    """How the budgets and goals of running campaigns stand; a changed plan is seen at once."""
    with services().reading() as session:
        records = watching.running(campaigns.list_campaigns(session, principal))
    return _watched(generation, records, principal)


def campaign_watched(principal: Principal, generation: int, record_id: int) -> WatchedCampaign:
    """How one campaign's budget and goals stand. Raises ``NotFound``."""
    with services().reading() as session:
        record = campaigns.get_campaign(session, principal, record_id)
    (found,) = _watched(generation, (record,), principal)
    return found


def campaign_anomalies(principal: Principal, generation: int, currency: str) -> Anomalies | None:
    """The last days' anomalies of a currency's campaigns."""
    principal.require(Area.CAMPAIGNS)
    return _anomalies(generation, currency, principal)


def campaign_course(
    principal: Principal, generation: int, currency: str, campaign_id: int, kpi: str
) -> ExpectedCourse | None:
    """One campaign's KPI by day with its usual range."""
    principal.require(Area.CAMPAIGNS)
    return _expected(generation, currency, campaign_id, kpi, principal)


def campaigns_troubled(principal: Principal, generation: int, currency: str) -> Troubled:
    """A currency's campaigns whose tracking has trouble."""
    principal.require(Area.CAMPAIGNS)
    return _troubled(generation, currency, principal)


def campaign_tracking(
    principal: Principal, generation: int, currency: str, campaign_id: int
) -> Tracking | None:
    """One campaign's tracking; ``None`` where it has no row in the last four weeks."""
    principal.require(Area.CAMPAIGNS)
    return _tracking(generation, currency, campaign_id, principal)


def suggestion(principal: Principal, generation: int, kind: Kind, asked: Asked) -> Answer:
    """The suggestion of one optimizer."""
    principal.require(Area.CAMPAIGNS)
    return _suggestion(generation, kind, asked, principal)


def response(principal: Principal, currency: str) -> ResponseMark | None:
    """The latest response that was learned in a currency; it may be of an older generation."""
    return newest_response(principal, services().responses, currency)


def is_current(response: ResponseMark, generation: int) -> bool:
    """Whether the figures that a response was learned from are still the same."""
    return services().history_fingerprint(generation) == response.fingerprint


def learned(principal: Principal, response: ResponseMark, horizon_days: int) -> Learned:
    """One horizon of a response; the store itself keeps what was read."""
    return read_response(principal, services().responses, response, horizon_days)


def budget_plan(
    principal: Principal, response: ResponseMark, horizon_days: int, limits: BudgetLimits
) -> BudgetPlan:
    """The best plan within the limits; raises what no plan can keep."""
    principal.require(Area.CAMPAIGNS)
    return _plan(response, horizon_days, limits, principal)


def next_test(principal: Principal, response: ResponseMark, horizon_days: int) -> Experiment | None:
    """The lift test that would tell most, within the usual limits; None where none helps."""
    principal.require(Area.CAMPAIGNS)
    return _test(response, horizon_days, principal)


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


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _suggestion(generation: int, kind: Kind, asked: Asked, _principal: Principal) -> Answer:
    return suggest(_principal, services().suggestion_figures(generation), kind, asked)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _plan(
    response: ResponseMark, horizon_days: int, limits: BudgetLimits, _principal: Principal
) -> BudgetPlan:
    return plan_budget(_principal, learned(_principal, response, horizon_days), limits)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _test(response: ResponseMark, horizon_days: int, _principal: Principal) -> Experiment | None:
    return suggest_test(_principal, learned(_principal, response, horizon_days))


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


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _watched(
    generation: int, records: tuple[CampaignRecord, ...], _principal: Principal
) -> tuple[WatchedCampaign, ...]:
    return watching.read_watched(_principal, services().watch_figures(generation), records)


@st.cache_data(max_entries=8, show_spinner=False)
def _anomalies(generation: int, currency: str, _principal: Principal) -> Anomalies | None:
    figures = services().watch_figures(generation)
    return watching.read_anomalies(_principal, figures, currency)


@st.cache_data(max_entries=64, show_spinner=False)
def _expected(
    generation: int, currency: str, campaign_id: int, kpi: str, _principal: Principal
) -> ExpectedCourse | None:
    whole = _anomalies(generation, currency, _principal)
    if whole is None:
        return None
    figures = services().watch_figures(generation)
    return watching.read_course(_principal, figures, currency, campaign_id, kpi, whole.tails)


@st.cache_data(max_entries=8, show_spinner=False)
def _troubled(generation: int, currency: str, _principal: Principal) -> Troubled:
    figures = services().watch_figures(generation)
    return watching.read_troubled(_principal, figures, currency, _TROUBLED_SHOWN)


@st.cache_data(max_entries=64, show_spinner=False)
def _tracking(
    generation: int, currency: str, campaign_id: int, _principal: Principal
) -> Tracking | None:
    figures = services().watch_figures(generation)
    return watching.read_tracking(_principal, figures, currency, campaign_id)


@st.cache_data(max_entries=4, show_spinner=False)
def _choices(generation: int, _principal: Principal) -> Choices | None:
    return read_choices(_principal, services().campaign_figures(generation))


@st.cache_data(max_entries=64, show_spinner=False)
def _found(
    generation: int, labels: tuple[str, ...], campaign_ids: tuple[int, ...], _principal: Principal
) -> tuple[CampaignChoice, ...]:
    figures = services().campaign_figures(generation)
    return find_campaigns(_principal, figures, labels, campaign_ids)


@st.cache_data(max_entries=256, show_spinner=False)
def _profile(generation: int, campaign_id: int, _principal: Principal) -> CampaignProfile:
    return read_campaign(_principal, services().campaign_figures(generation), campaign_id)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_BY_WORDS)
def _days(generation: int, view: View, _principal: Principal) -> tuple[Day, ...]:
    return read_days(_principal, services().campaign_figures(generation), view)


@st.cache_data(max_entries=4, show_spinner=False)
def _without_record(generation: int) -> Sequence[ReportedCampaign]:
    return services().reported_campaigns(generation).without_record()


@st.cache_data(max_entries=512, show_spinner=False)
def _with_figures(generation: int, platform: str, account_id: str, external_id: str) -> int | None:
    reported = services().reported_campaigns(generation)
    return reported.with_figures(platform, account_id, external_id)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _overview(generation: int, view: View, _principal: Principal) -> Overview:
    return read_overview(_principal, services().campaign_figures(generation), view)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _chart(generation: int, code: str, view: View, _principal: Principal) -> Figure:
    overview = _overview(generation, view, _principal)
    return spend_and_revenue(overview, language(code))


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _breakdown(generation: int, view: View, by: Dimension, _principal: Principal) -> Breakdown:
    return read_breakdown(_principal, services().campaign_figures(generation), view, by)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_WORDS)
def _changes(generation: int, view: View) -> Findings:
    figures = services().campaign_figures(generation)
    return find_changes(figures.weekly(view, HISTORY_WEEKS, _CAMPAIGNS_JUDGED))
