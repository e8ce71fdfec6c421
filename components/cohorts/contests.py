"""What learners contest of the early-warning model, beside who they are, with the answers."""

from collections.abc import Sequence

import streamlit as st

from components import feedback, links, viewer
from components.courses import contest
from components.labels import literal
from core.accounts.access import Area, Principal
from core.courses import contesting
from core.courses.contesting import LONGEST, Contest
from core.i18n import Language
from wiring import services


def show(principal: Principal, course_id: int, t: Language) -> None:
    """Open contests each with its form, answered ones folded; nothing where there is none."""
    with services().reading() as session:
        made = contesting.of_course(session, principal, course_id)
    waiting = [one for one in made if one.answered_at is None]
    answered = [one for one in made if one.answered_at is not None]
    if waiting:
        st.subheader(t("Contested reasons"), anchor=False)
    for one in waiting:
        with st.container(border=True, gap="small"):
            _learner(one)
            contest.told(one, t)
            _form(one, principal, t)
    _closed(answered, t)


def _closed(answered: Sequence[Contest], t: Language) -> None:
    if not answered:
        return
    name = t.plural(
        "{n} answered contest of a reason", "{n} answered contests of reasons", len(answered)
    )
    with st.expander(name, icon=":material/gavel:"):
        for one in answered:
            with st.container(border=True, gap="small"):
                _learner(one)
                contest.told(one, t)


def _learner(one: Contest) -> None:
    address = links.course_address(one.enrollment_id)
    st.markdown(f"[{literal(one.learner)}]({address})")


def _form(one: Contest, principal: Principal, t: Language) -> None:
    if one.learner_id == principal.user_id:
        return
    key = f"answer-{one.contest_id}"
    with st.form(key, border=False):
        st.text_area(t("Answer"), max_chars=LONGEST, key=f"{key}-text")
        st.form_submit_button(
            t("Answer and close"), on_click=_answer, args=(one.contest_id, f"{key}-text")
        )


@viewer.checked(Area.COHORTS)
def _answer(contest_id: int, key: str) -> None:
    with feedback.sentences():
        with services().work() as session:
            contesting.answer(session, viewer.principal(), contest_id, st.session_state[key])
        t = viewer.words()
        feedback.later(t("Answered."))
