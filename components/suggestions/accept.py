"""Accepting a suggestion: a button, a second thought, and a place on the track record."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from components import feedback, labels, theme, viewer
from core.accounts.access import Area
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.planning import BudgetAnswer
from core.campaigns.optimizer.suggestion import Suggestion
from core.errors import AppError
from core.i18n import Language
from core.track_record import service
from core.track_record.proposing import Floats, Made, from_budget, from_suggestion
from core.track_record.schemas import Proposal
from wiring import services

_REFUSED = "refused_acceptance"


def show(
    suggestion: Suggestion,
    made: Made,
    t: Language,
    *,
    key: str,
    gains: Floats | None = None,
    money: Floats | None = None,
) -> None:
    """The button that accepts a card's suggestion, behind a confirmation.

    ``key`` tells the cards of a page apart. A budget suggestion's actions must name the
    warehouse's campaigns in ``subject_id``. ``gains`` are draws of the effect as a share and
    ``money`` in money, where the caller has them; without them the interval is kept alone.
    """
    _button(lambda: from_suggestion(suggestion, made, gains, money), made, t, key)


def show_plan(
    answer: BudgetAnswer, limits: BudgetLimits, made: Made, t: Language, *, key: str
) -> None:
    """The same for a budget plan; its campaign ids must be the warehouse's numbers."""
    _button(lambda: from_budget(answer, limits, made), made, t, key)


def _button(propose: Callable[[], Proposal], made: Made, t: Language, key: str) -> None:
    with st.popover(t("Accept"), icon=":material/task_alt:", key=f"accept-{key}"):
        st.markdown(
            t(
                "It goes on the track record with what is expected of it. After {days} days "
                "the track record shows what really came. Make the change at the platform "
                "yourself: the plan can be downloaded there as a file.",
                days=t.number(made.horizon_days),
            )
        )
        st.button(
            t("Accept it"),
            key=f"accept-{key}-yes",
            type=theme.call_to_action(),
            on_click=_accept,
            args=(propose, made),
        )
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused, icon=":material/error:")


@viewer.checked(Area.CAMPAIGNS)
def _accept(propose: Callable[[], Proposal], made: Made) -> None:
    t = viewer.words()
    try:
        proposal = propose()
        figures = services().track_figures(made.generation)
        named = figures.campaigns(proposal.campaign_ids or ())
        is_sample = bool(named) and all(one.is_sample for one in named)
        with services().work() as session:
            proposal = replace(proposal, is_sample=made.is_sample or is_sample)
            service.accept(session, viewer.principal(), proposal)
    except AppError as refused:
        st.session_state[_REFUSED] = labels.told(refused, t)
    else:
        feedback.later(t("The suggestion is on the track record."))
