"""Goals of all campaigns together: how they stand this month, and where they are set."""

from collections.abc import Sequence

import streamlit as st

from components import feedback, queries, theme, watch_queries
from components.campaign_editor.form import target_field
from components.campaign_watch.pacing import goal_line
from components.labels import currency_name, literal
from core.accounts.access import Principal
from core.campaigns import account_goals
from core.campaigns.account_goals import AccountGoalsChanged, AccountStanding
from core.campaigns.goals import Goal, in_words
from core.campaigns.models import GoalKpi
from core.i18n import Language
from wiring import services


def standings(principal: Principal, generation: int, t: Language) -> None:
    """Each currency's goals with how far the month has come; nothing where none is set."""
    for standing in watch_queries.account_standings(principal, generation):
        with st.container(border=True):
            st.subheader(t("Goals of all campaigns"), anchor=False)
            st.caption(_through(standing, t))
            for goal in standing.goals:
                goal_line(goal, standing.currency, t)


def editor(principal: Principal, t: Language) -> None:
    """The goals of one currency, to be changed; nothing before anything was imported."""
    choices = queries.campaign_choices(principal, queries.generation())
    if choices is None:
        return
    with st.expander(t("Goals of all campaigns"), icon=":material/flag:"):
        st.caption(
            t(
                "What all campaigns of a currency shall reach together in each calendar month. "
                "Leave empty what has no goal."
            )
        )
        currency = _currency([one.code for one in choices.currencies], t)
        with services().reading() as session:
            seen = account_goals.read_goals(session, principal).get(currency, ())
        _form(principal, currency, seen, t)


def _currency(codes: Sequence[str], t: Language) -> str:
    if len(codes) == 1:
        return codes[0]
    with st.container(width=200):
        chosen: str = st.selectbox(
            t("Currency"), codes, format_func=lambda code: currency_name(code, t),
            key="account-goals-currency",
        )  # fmt: skip
    return chosen


def _form(principal: Principal, currency: str, now: Sequence[Goal], t: Language) -> None:
    """The fields as they were opened; saving compares with what was shown then."""
    name = f"account-goals-{currency}"
    seen: Sequence[Goal] = st.session_state.setdefault(f"{name}-seen", now)
    targets = {goal.kpi: goal.target for goal in seen}
    with st.form(name, border=False):
        with st.grid(4, min_column_width=150):
            typed = {kpi: target_field(name, kpi, targets.get(kpi), t) for kpi in GoalKpi}
        sent = st.form_submit_button(t("Save goals"), type=theme.call_to_action(), width="content")
    if sent:
        goals = [Goal(kpi, target) for kpi, target in typed.items() if target is not None]
        _save(principal, currency, goals, seen, t)


def _save(
    principal: Principal, currency: str, goals: Sequence[Goal], seen: Sequence[Goal], t: Language
) -> None:
    opened = f"account-goals-{currency}-seen"
    with feedback.sentences():
        try:
            with services().work() as session:
                account_goals.set_goals(session, principal, currency, goals, seen)
        except AccountGoalsChanged:
            st.session_state.pop(opened)  # what is saved now is told, so saving again is meant
            with services().reading() as session:
                now = account_goals.read_goals(session, principal).get(currency, ())
            words = ", ".join(in_words(goal, currency, t) for goal in now) or t("no goal")
            st.warning(t("Saved now: {goals}", goals=literal(words)), icon=":material/group:")
            raise
        st.session_state.pop(opened)
        feedback.done(t("Saved."))


def _through(standing: AccountStanding, t: Language) -> str:
    return t(
        "{month} so far, through {day} · amounts in {currency}",
        month=t.date(standing.start, "LLLL y"),
        day=t.date(standing.as_of),
        currency=currency_name(standing.currency, t),
    )
