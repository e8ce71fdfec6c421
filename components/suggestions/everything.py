"""All suggestions together: one gain with one interval, and why the parts are not added."""

import streamlit as st

from components import queries, suggestion_queries
from components.suggestions import budget, card, learning, limits
from components.suggestions.head import Wanted
from core.accounts.access import Principal
from core.campaigns.all_together import Joined, join
from core.campaigns.learned import Learned
from core.campaigns.optimizer import OPTIMIZERS, budget_card
from core.campaigns.optimizer.budget import BudgetPlan
from core.campaigns.optimizer.joint import Part
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.suggestion import Kind
from core.campaigns.schemas import View
from core.errors import Invalid
from core.i18n import MISSING, Language, mark

_SEED = 1
_NAMES = {
    Kind.BUDGET: mark("Budget"),
    Kind.AUDIENCE: mark("Audiences"),
    Kind.CREATIVE: mark("Creatives"),
    Kind.TIMING: mark("Timing"),
}


def show(principal: Principal, generation: int, wanted: Wanted, t: Language) -> None:
    """The joint gain, or what is missing for it."""
    learned = learning.known(principal, generation, wanted.currency, wanted.horizon_days, t)
    if learned is None:
        return
    if learned.draws is None:
        card.show(budget_card.too_thin(learned), t("All together"), t)
        return
    budget.unchecked(learned, wanted.currency, t)
    asked = limits.show(learned.draws, sum(learned.held_spend), t)
    try:
        plan = suggestion_queries.budget_plan(principal, learned.mark, learned.horizon_days, asked)
    except Invalid as refused:
        st.error(budget.sentence(refused, wanted.currency, t), icon=":material/block:")
        return
    _card(principal, generation, wanted, learned, plan, t)


def _card(
    principal: Principal,
    generation: int,
    wanted: Wanted,
    learned: Learned,
    plan: BudgetPlan,
    t: Language,
) -> None:
    draws = learned.draws
    if draws is None:
        return
    others = {
        kind: suggestion_queries.suggestion(principal, generation, kind, wanted.asked())
        for kind in OPTIMIZERS
    }
    gains = draws.uplift(plan.multiples)
    joined = join(gains, others, _attributed(principal, generation, wanted), _SEED)
    with st.container(border=True):
        st.subheader(t("All together"), anchor=False)
        _headline(joined, t)
        _alone(joined, plan, t)
        _notes(draws, t)


def _attributed(principal: Principal, generation: int, wanted: Wanted) -> float | None:
    """What platforms attribute to all campaigns over as many days as the horizon has."""
    view = View(wanted.recent, wanted.currency)
    now = queries.campaign_overview(principal, generation, view).now
    return None if now is None else now.revenue


def _headline(joined: Joined, t: Language) -> None:
    found = joined.together
    with st.grid(3, min_column_width=200):
        for label, value in (
            (t("Expected gain"), t.percent(found.gain.mean, 1, signed=True)),
            (t("90% interval"), card.interval(found.gain.p05, found.gain.p95, t)),
            (t("Probability of a gain"), card.chance(found.p_gain, t)),
        ):
            st.metric(label, value, border=True, height="stretch")


def _alone(joined: Joined, plan: BudgetPlan, t: Language) -> None:
    """What each suggestion would bring alone, on the same scale."""
    gain = plan.uplift
    alone: dict[Kind, Part | None] = {Kind.BUDGET: Part(gain.mean, gain.p05, gain.p95)}
    alone |= joined.alone
    columns = {
        t("Suggestion"): [t(_NAMES[kind]) for kind in alone],
        t("Alone"): [
            MISSING if part is None else t.percent(part.mean, 1, signed=True)
            for part in alone.values()
        ],
        t("90% interval"): [
            MISSING if part is None else card.interval(part.p05, part.p95, t)
            for part in alone.values()
        ],
    }
    card.table(columns, t("What each suggestion would bring alone"), right=[*columns][1:])


def _notes(draws: ResponseDraws, t: Language) -> None:
    st.caption(
        t(
            "Shares of the revenue that all campaigns would cause in the next {days} days as "
            "today. The gains are not added: a better audience, creative or day may be the same "
            "gain seen three times, so how much of the smaller ones comes on top of the largest "
            "is left open, from nothing to all of it. Platforms are taken to claim too much of "
            "all campaigns alike.",
            days=t.number(draws.horizon_days),
        )
    )
