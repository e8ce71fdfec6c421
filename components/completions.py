"""From campaign to completion: what became of the learners whom campaigns brought."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import cohort_queries
from core.accounts.access import Principal
from core.campaigns.completions import Brought
from core.courses.cohorts import LEAST
from core.i18n import Language

_NARROWEST = 150


def of_campaign(
    principal: Principal, generation: int, campaign_id: int, currency: str, t: Language
) -> None:
    """A campaign's learners: how many completed, at what cost, course by course."""
    found = cohort_queries.campaign_completions(principal, generation, campaign_id)
    if not found.courses:
        st.info(t("No enrolment names this campaign as the one that brought the learner."))
        return
    cost = found.cost_per_completed(currency)
    with st.grid(4, min_column_width=_NARROWEST):
        st.metric(t("Learners brought"), t.number(found.enrolled), border=True)
        st.metric(t("Completed"), _completed(found.enrolled, found.completed, t), border=True)
        st.metric(t("Completion rate"), t.percent(found.completion_rate, 0), border=True)
        st.metric(
            t("Cost per completed learner"),
            t.money(cost, currency),
            help=t("All that the campaign has spent so far ÷ learners who completed"),
            border=True,
        )
    _table(found.courses, t("Course"), lambda one: one.course, t)


def of_course(principal: Principal, generation: int, course_id: int, t: Language) -> None:
    """A course's learners by the campaign that brought them; nothing where none did."""
    found = cohort_queries.course_campaigns(principal, generation, course_id)
    if not found:
        return
    with st.container(border=True):
        st.subheader(t("Campaigns that brought learners"), anchor=False)
        _table(found, t("Campaign"), lambda one: one.campaign, t)


def _table(
    found: Sequence[Brought], heading: str, name: Callable[[Brought], str], t: Language
) -> None:
    right = st.column_config.TextColumn(alignment="right")
    rows = [
        {
            heading: name(one),
            t("Learners brought"): t.number(one.enrolled),
            t("In progress"): t.number(one.open),
            t("Completed"): _completed(one.enrolled, one.completed, t),
            t("Completion rate"): t.percent(one.completion_rate, 0),
        }
        for one in found
    ]
    figures = dict.fromkeys(list(rows[0])[1:], right)
    st.dataframe(
        rows,
        hide_index=True,
        column_config=figures,
        alt=t("Learners whom campaigns brought and how many of them completed"),
    )
    st.caption(
        t(
            "Counted are enrolments that name a campaign. Of fewer than {n} learners it is not "
            "told how many completed.",
            n=t.number(LEAST),
        )
    )


def _completed(enrolled: int, completed: int, t: Language) -> str:
    return t.number(completed if enrolled >= LEAST else None)
