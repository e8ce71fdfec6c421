"""What is watched of campaigns, kept by the lake generation it was read from.

As in :mod:`components.queries`, a person's right is asked for before a kept answer is given.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.accounts.access import Area, Principal
from core.campaigns import account_goals, watching
from core.campaigns import service as campaigns
from core.campaigns.account_goals import AccountStanding
from core.campaigns.anomalies import Anomalies, ExpectedCourse
from core.campaigns.goals import Goal
from core.campaigns.plan import CampaignRecord
from core.campaigns.tracking import Tracking, Troubled
from core.campaigns.watching import WatchedCampaign
from wiring import services

# As printed: see components.queries.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {CampaignRecord: repr, Goal: repr}
_ALL = 100_000
_TROUBLED_SHOWN = 100  # those with most spend


def campaigns_watched(principal: Principal, generation: int) -> tuple[WatchedCampaign, ...]:
    """How the budgets and goals of running campaigns stand; a changed plan is seen at once."""
    with services().reading() as session:
        records = watching.running(campaigns.list_campaigns(session, principal))
    return _watched(generation, records, principal)


def account_standings(principal: Principal, generation: int) -> tuple[AccountStanding, ...]:
    """How the goals of all campaigns together stand; a changed goal is seen at once."""
    with services().reading() as session:
        goals = account_goals.read_goals(session, principal)
    return _standings(generation, tuple(goals.items()), principal) if goals else ()


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


def campaigns_tracked(principal: Principal, generation: int, currency: str) -> tuple[Tracking, ...]:
    """Every campaign of a currency with trouble, for an export: asked for too rarely to keep."""
    figures = services().watch_figures(generation)
    return watching.read_troubled(principal, figures, currency, _ALL).rows


def campaign_tracking(
    principal: Principal, generation: int, currency: str, campaign_id: int
) -> Tracking | None:
    """One campaign's tracking; ``None`` where it has no row in the last four weeks."""
    principal.require(Area.CAMPAIGNS)
    return _tracking(generation, currency, campaign_id, principal)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _watched(
    generation: int, records: tuple[CampaignRecord, ...], _principal: Principal
) -> tuple[WatchedCampaign, ...]:
    return watching.read_watched(_principal, services().watch_figures(generation), records)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_WORDS)
def _standings(
    generation: int, goals: tuple[tuple[str, tuple[Goal, ...]], ...], _principal: Principal
) -> tuple[AccountStanding, ...]:
    figures = services().watch_figures(generation)
    return account_goals.read_standings(_principal, figures, dict(goals))


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
