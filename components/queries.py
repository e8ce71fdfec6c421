"""Answers about campaigns, kept by the lake generation they were read from.

Only this module and those named ``…_queries`` beside it keep answers.

A run asks for the generation once and hands it to every question, so that its answers fit one
another whatever is published meanwhile. A person's right to the answer is asked for on every
call, before the kept answer is given.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.charts.figure import Figure
from components.charts.spend_revenue import spend_and_revenue
from core.accounts.access import Area, Principal
from core.campaigns.changes import HISTORY_WEEKS, Findings, find_changes
from core.campaigns.detail import read_campaign, read_days
from core.campaigns.overview import find_campaigns, read_breakdown, read_choices, read_overview
from core.campaigns.periods import Against
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
from core.campaigns.told_twice import Sources, read_sources
from core.i18n import Language, language
from wiring import services

# What Python prints of a value says all of it, and is many times faster than walking through it.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {
    View: repr,
}
_ALL_ROWS = 100_000
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


def campaign_sources(principal: Principal, generation: int, view: View | None = None) -> Sources:
    """Which days two reports tell, of all data or of a view."""
    principal.require(Area.DATA if view is None else Area.CAMPAIGNS)
    return _sources(generation, view, principal)


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


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _sources(generation: int, view: View | None, _principal: Principal) -> Sources:
    return read_sources(_principal, services().source_figures(generation), view)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_WORDS)
def _changes(generation: int, view: View) -> Findings:
    figures = services().campaign_figures(generation)
    return find_changes(figures.weekly(view, HISTORY_WEEKS, _CAMPAIGNS_JUDGED))
