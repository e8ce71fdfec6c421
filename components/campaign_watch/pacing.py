"""One campaign's spend against its budget, and its goals."""

import streamlit as st

from components.campaign_watch.wording import PROGRESS, STANDINGS, why_unpaced
from core.campaigns.goal_progress import GoalProgress
from core.campaigns.kpis import Good, written
from core.campaigns.pacing import NoPacing, Pacing
from core.campaigns.watching import WatchedCampaign
from core.i18n import Language

_NARROWEST = 150


def show(watched: WatchedCampaign, t: Language) -> None:
    """The budget's cards, or why there are none; then each goal with how far it has come."""
    with st.container(border=True):
        st.subheader(t("Budget"), anchor=False)
        if isinstance(watched.pacing, NoPacing):
            _unpaced(watched.pacing, watched.currency, t)
        else:
            _paced(watched.pacing, watched.currency, t)
    with st.container(border=True):
        st.subheader(t("Goals"), anchor=False)
        if not watched.goals:
            st.caption(
                t("No goal is written down for this campaign. Its plan has a place for them.")
            )
        for goal in watched.goals:
            goal_line(goal, watched.currency, t)


def no_plan(t: Language) -> None:
    """A campaign that is known from reports alone."""
    st.info(
        t(
            "This campaign is known from reports only. Plan it with a budget, dates and goals, "
            "and its pacing appears here."
        ),
        icon=":material/edit_calendar:",
    )


def _unpaced(pacing: NoPacing, currency: str, t: Language) -> None:
    st.info(why_unpaced(pacing, t), icon=":material/hourglass_empty:")
    if pacing.spent is not None:
        st.metric(t("Spent so far"), t.money(pacing.spent, currency))


def _paced(pacing: Pacing, currency: str, t: Language) -> None:
    name, colour = STANDINGS[pacing.standing]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(t(name), color=colour)
        st.caption(_through(pacing, t), width="content")
    st.progress(
        min(1.0, pacing.spent / pacing.budget),
        t(
            "{share} of {budget} spent",
            share=t.percent(pacing.spent / pacing.budget, 0),
            budget=t.money(pacing.budget, currency),
        ),
    )
    with st.grid(4, min_column_width=_NARROWEST):
        for label, value, help_text in _cards(pacing, currency, t):
            st.metric(label, value, help=help_text, border=True, height="stretch")
    if pacing.days_left:
        st.caption(
            t(
                "With a probability of 90% the spend on {end} lies between {low} and {high}.",
                end=t.date(pacing.end),
                low=t.money(pacing.low, currency),
                high=t.money(pacing.high, currency),
            )
        )


def _cards(pacing: Pacing, currency: str, t: Language) -> list[tuple[str, str, str]]:
    """Label, value and explanation of each card."""
    return [
        (
            t("Spent so far"),
            t.short_money(pacing.spent, currency),
            t("What the reports tell, from the first day of the plan."),
        ),
        (
            t("Expected by now"),
            t.short_money(pacing.expected, currency),
            t("The budget spread evenly over the days of the plan."),
        ),
        (
            t("Projected at the end"),
            t.short_money(pacing.projected, currency),
            t("Spent so far, and the days left at the campaign's own recent level."),
        ),
        (
            t("Needed a day"),
            t.short_money(pacing.day_to_land, currency),
            t(
                "What is left of the budget, over the days left. A usual day now spends {now}.",
                now=t.money(pacing.day_now, currency),
            ),
        ),
    ]


def _through(pacing: Pacing, t: Language) -> str:
    if not pacing.days_left:
        return t("Through {day}, the last day of the plan", day=t.date(pacing.as_of))
    return t.plural(
        "Data through {day}, {n} day left",
        "Data through {day}, {n} days left",
        pacing.days_left,
        day=t.date(pacing.as_of),
    )


def goal_line(goal: GoalProgress, currency: str, t: Language) -> None:
    """A goal with its state, and how far it has come."""
    name, colour = PROGRESS[goal.progress]
    sign = "≤" if goal.kpi.good is Good.LOWER else "≥"
    target, value, by_now = (
        written(goal.kpi, figure, currency, t) for figure in (goal.target, goal.value, goal.by_now)
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t(goal.kpi.label)} {sign} {target}**".replace("$", "\\$"), width="content")
        st.badge(t(name), color=colour)
    if goal.kpi.is_sum:
        told = t("{value} so far; {by_now} would be on track", value=value, by_now=by_now)
    else:
        told = t("{value} so far", value=value)
    share = goal.share
    if share is None:
        st.caption(told.replace("$", "\\$"))
        return
    st.progress(min(1.0, max(0.0, share)), told.replace("$", "\\$"))
