"""The budget: the best plan within the limits, the curves it follows from, plans of one's own."""

from collections.abc import Sequence

import streamlit as st

from components import labels, suggestion_queries
from components.suggestions import accept, card, curves, learning, limits, what_if
from components.suggestions.head import Wanted
from core.accounts.access import Principal
from core.campaigns.learned import Learned
from core.campaigns.optimizer import budget_card, budget_words
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.planning import BudgetAnswer
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.screening import Held
from core.campaigns.optimizer.suggestion import Suggestion
from core.campaigns.optimizer.wording import say
from core.errors import Invalid
from core.i18n import Language
from core.track_record.proposing import Made


def show(principal: Principal, generation: int, wanted: Wanted, t: Language) -> None:
    """Everything of the budget, or what is missing for it."""
    learned = learning.known(principal, generation, wanted.currency, wanted.horizon_days, t)
    if learned is None:
        return
    if learned.draws is None:
        card.show(budget_card.too_thin(learned), t("Budget"), t)
        return
    unchecked(learned, wanted.currency, t)
    asked = limits.show(learned.draws, sum(learned.held_spend), t)
    _plan(principal, learned, learned.draws, asked, t)
    held(learned.held, learned.held_spend, wanted.currency, t)


def _plan(
    principal: Principal,
    learned: Learned,
    draws: ResponseDraws,
    asked: BudgetLimits,
    t: Language,
) -> None:
    try:
        plan = suggestion_queries.budget_plan(principal, learned.mark, learned.horizon_days, asked)
    except Invalid as refused:
        st.error(sentence(refused, draws.currency, t), icon=":material/block:")
        what_if.show(draws, {}, t)
        return
    made = Made(
        learned.mark.generation,
        learned.lesson.seed,
        learned.horizon_days,
        learned.lesson.basis.last_day,
    )

    def take(_: Suggestion) -> None:
        answer = BudgetAnswer(plan, draws, learned.held, learned.held_spend)
        accept.show_plan(answer, asked, made, t, key="budget")

    card.show(budget_card.suggestion(learned, draws, plan, asked), t("Budget"), t, take)
    then = dict(zip(draws.campaign_ids, map(float, plan.multiples), strict=True))
    curves.show(draws, then, t)
    what_if.show(draws, then, t)


def unchecked(learned: Learned, currency: str, t: Language) -> None:
    """A warning where nothing but the platforms' own claims was learned from."""
    if learned.is_unchecked:
        st.warning(say(budget_words.unchecked(), t, currency), icon=":material/warning:")


def sentence(refused: Invalid, currency: str, t: Language) -> str:
    """Why no plan keeps the limits, with amounts and types as readers write them."""
    data = {
        key: t.money(value, currency) if isinstance(value, float) else value
        for key, value in refused.data.items()
    }
    if isinstance(data.get("type"), str):
        data["type"] = labels.type_name(data["type"] or None, t)
    return labels.told(type(refused)(**data), t)


def held(found: Sequence[Held], spend: Sequence[float], currency: str, t: Language) -> None:
    """Campaigns that keep their spend, each with why and what it takes."""
    if not found:
        return
    with st.container(border=True):
        st.subheader(t("Campaigns that keep their spend"), anchor=False)
        st.caption(t("Their history does not tell what more or less spend would bring."))
        columns = {
            t("Campaign"): [one.name for one in found],
            t("Now"): [t.money(one, currency, 0) for one in spend],
            t("Why"): [say(one.why, t, currency) for one in found],
            t("What it takes"): [say(one.needs, t, currency) for one in found],
        }
        card.table(columns, t("Campaigns that keep their spend"), right=[t("Now")])
