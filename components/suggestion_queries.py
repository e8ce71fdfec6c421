"""Suggestions and plans, kept by the generation or the response they were made from.

As in :mod:`components.queries`, a person's right is asked for before a kept answer is given.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.accounts.access import Area, Principal
from core.campaigns.evidence import Asked
from core.campaigns.learned import Learned, ResponseMark
from core.campaigns.optimizer.budget import BudgetPlan
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.suggestion import Answer, Kind
from core.campaigns.suggestions import (
    TestAdvice,
    newest_response,
    plan_budget,
    read_response,
    suggest,
    suggest_test,
)
from wiring import services

# As printed: see components.queries.
_BY_WORDS: dict[str | type[object], Callable[[Any], Any]] = {
    Asked: repr,
    ResponseMark: repr,
    BudgetLimits: repr,
}


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


def next_test(
    principal: Principal, response: ResponseMark, horizon_days: int, limits: BudgetLimits
) -> TestAdvice:
    """The lift test that would tell most within the limits; raises where no plan keeps them."""
    principal.require(Area.CAMPAIGNS)
    return _test(response, horizon_days, limits, principal)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _suggestion(generation: int, kind: Kind, asked: Asked, _principal: Principal) -> Answer:
    return suggest(_principal, services().suggestion_figures(generation), kind, asked)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=_BY_WORDS)
def _plan(
    response: ResponseMark, horizon_days: int, limits: BudgetLimits, _principal: Principal
) -> BudgetPlan:
    return plan_budget(_principal, learned(_principal, response, horizon_days), limits)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_WORDS)
def _test(
    response: ResponseMark, horizon_days: int, limits: BudgetLimits, _principal: Principal
) -> TestAdvice:
    return suggest_test(_principal, learned(_principal, response, horizon_days), limits)
