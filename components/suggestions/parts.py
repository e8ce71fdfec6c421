"""The parts of the page of suggestions; only the open one is computed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components import filters, suggestion_queries
from components.suggestions import accept, budget, card, everything, experiment
from components.suggestions.head import Wanted
from core.accounts.access import Principal
from core.campaigns.optimizer.calendar import countries
from core.campaigns.optimizer.suggestion import Kind, Suggestion
from core.i18n import Language, mark
from core.track_record.proposing import Made


def of(
    principal: Principal, generation: int, wanted: Wanted, t: Language
) -> dict[str, Callable[[], None]]:
    """What draws each part, by its marked name, in the order of the tabs."""
    asked = (principal, generation, wanted, t)
    return {
        mark("Budget"): partial(budget.show, *asked),
        mark("Audiences"): partial(_card, Kind.AUDIENCE, *asked),
        mark("Creatives"): partial(_card, Kind.CREATIVE, *asked),
        mark("Timing"): partial(_timing, *asked),
        mark("All together"): partial(everything.show, *asked),
        mark("Next experiment"): partial(experiment.show, *asked),
    }


def _card(
    kind: Kind,
    principal: Principal,
    generation: int,
    wanted: Wanted,
    t: Language,
    country: str | None = None,
) -> None:
    asked = wanted.asked(country)
    answer = suggestion_queries.suggestion(principal, generation, kind, asked)
    made = Made(generation, asked.seed, asked.horizon_days, asked.span.end)

    def take(suggestion: Suggestion) -> None:
        accept.show(suggestion, made, t, key=kind.value)

    card.show(answer, t(card.TITLES[kind]), t, take)


def _timing(principal: Principal, generation: int, wanted: Wanted, t: Language) -> None:
    _card(Kind.TIMING, principal, generation, wanted, t, _country(t))


def _country(t: Language) -> str | None:
    """The country whose public holidays are looked at apart."""
    offered = sorted(countries(), key=t.country)
    filters.read_any_language("country", offered, lambda code, to: to.country(code), t)
    with st.container(width=320):
        chosen: str | None = st.selectbox(
            t("Public holidays of"),
            offered,
            index=None,
            placeholder=t("No country"),
            format_func=t.country,
            help=t("Its holidays are told apart from ordinary days of the week."),
            key="country",
            bind="query-params",
        )
    return chosen
