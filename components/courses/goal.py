"""A person's weekly goal, how far this week is, and the choice to have none."""

import streamlit as st

from components import feedback, theme
from components.courses import wording
from core.accounts.access import Principal
from core.courses import weekly_goal
from core.courses.lesson_schemas import Goal
from core.courses.study_models import GoalKind
from core.i18n import Language, mark
from wiring import services

_KINDS = {
    GoalKind.HOURS: mark("Hours a week"),
    GoalKind.LESSONS: mark("Lessons a week"),
    GoalKind.NONE: mark("No goal"),
}
_USUAL = 3


def show(principal: Principal, t: Language) -> None:
    """This week against the goal, and a button that opens its form."""
    with services().reading() as session:
        held = weekly_goal.goal(session, principal)
    if isinstance(held, Goal):
        st.markdown(f":material/flag: {told(held, t)}", width="content")
    with st.popover(t("Weekly goal"), icon=":material/flag:"):
        _form(held, principal, t)


def told(goal: Goal, t: Language) -> str:
    """This week in a sentence."""
    done, target = wording.plain(goal.done, t), t.number(goal.target)
    if goal.kind is GoalKind.HOURS:
        return t("This week: {done} of {target} hours", done=done, target=target)
    return t("This week: {done} of {target} lessons", done=done, target=target)


def _form(held: Goal | GoalKind | None, principal: Principal, t: Language) -> None:
    kind, target = (
        (held.kind, held.target) if isinstance(held, Goal) else (held or GoalKind.HOURS, _USUAL)
    )
    with st.form("weekly-goal", border=False):
        chosen: GoalKind | None = st.radio(
            t("What you want to do"),
            list(GoalKind),
            index=list(GoalKind).index(kind),
            format_func=lambda one: t(_KINDS[one]),
            key="goal-kind",
        )
        wanted = st.number_input(t("How many"), 1, weekly_goal.MOST, target, key="goal-target")
        sent = st.form_submit_button(t("Save"), type=theme.call_to_action())
    st.caption(t("Weeks begin on Monday (UTC). Only you see your goal."))
    if sent:
        with feedback.sentences():
            with services().work() as session:
                weekly_goal.set_goal(session, principal, chosen or kind, int(wanted))
            feedback.done(t("Saved."))
