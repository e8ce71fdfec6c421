"""The only place where answers are kept: by lake generation, so that new data is seen at once.

A person's right to the answer is asked for on every call, before the kept answer is given. The
first argument of a kept function is never read: it is part of the key.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.charts.figure import Figure
from components.charts.spend_revenue import spend_and_revenue
from core.accounts.access import Area, Principal
from core.campaigns.changes import HISTORY_WEEKS, Findings, find_changes
from core.campaigns.overview import read_breakdown, read_choices, read_overview
from core.campaigns.periods import Span
from core.campaigns.schemas import Breakdown, Choices, Dimension, Overview, View
from core.i18n import Language, language
from wiring import services

# What Python prints of a value says all of it, and is many times faster than walking through it.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {View: repr, Span: repr}
_CAMPAIGNS_JUDGED = 200  # those with most spend; more would not change the three largest


def campaign_choices(principal: Principal) -> Choices | None:
    """What campaigns can be filtered by."""
    principal.require(Area.CAMPAIGNS)
    return _choices(services().warehouse.generation(), principal)


def campaign_overview(principal: Principal, view: View, data: Span) -> Overview:
    """A view's figures; ``data`` is the span of days that have data."""
    principal.require(Area.CAMPAIGNS)
    return _overview(services().warehouse.generation(), view, data, principal)


def campaign_chart(principal: Principal, view: View, data: Span, t: Language) -> Figure:
    """The chart of a view's spend and revenue, in the reader's language."""
    principal.require(Area.CAMPAIGNS)
    return _chart(services().warehouse.generation(), t.code, view, data, principal)


def campaign_breakdown(
    principal: Principal, view: View, by: Dimension, data: Span, limit: int
) -> Breakdown:
    """A view cut by a dimension, ``limit`` rows at most."""
    principal.require(Area.CAMPAIGNS)
    return _breakdown(services().warehouse.generation(), view, by, data, limit, principal)


def campaign_changes(principal: Principal, view: View) -> Findings:
    """What changed most in the last four weeks of a view."""
    principal.require(Area.CAMPAIGNS)
    return _changes(services().warehouse.generation(), view)


@st.cache_data(max_entries=4, show_spinner=False)
def _choices(generation: int, _principal: Principal) -> Choices | None:  # noqa: ARG001
    return read_choices(_principal, services().campaign_figures)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _overview(generation: int, view: View, data: Span, _principal: Principal) -> Overview:  # noqa: ARG001
    return read_overview(_principal, services().campaign_figures, view, data.start)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _chart(
    generation: int,
    code: str,
    view: View,
    data: Span,
    _principal: Principal,
) -> Figure:
    overview = _overview(generation, view, data, _principal)
    return spend_and_revenue(overview, language(code))


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _breakdown(
    generation: int,  # noqa: ARG001
    view: View,
    by: Dimension,
    data: Span,
    limit: int,
    _principal: Principal,
) -> Breakdown:
    return read_breakdown(_principal, services().campaign_figures, view, by, data.start, limit)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_WORDS)
def _changes(generation: int, view: View) -> Findings:  # noqa: ARG001
    return find_changes(services().campaign_figures.weekly(view, HISTORY_WEEKS, _CAMPAIGNS_JUDGED))
