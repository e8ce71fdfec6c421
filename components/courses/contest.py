"""A learner contests what the early-warning model says of them, and reads the answer."""

from collections.abc import Sequence

import streamlit as st

from components import feedback, viewer
from components.labels import literal
from core.accounts.access import Principal
from core.courses import contesting
from core.courses.contesting import LONGEST, Contest
from core.courses.ports import OwnRisk
from core.courses.schemas import CoursePage
from core.i18n import Language
from wiring import services


def form(page: CoursePage, found: OwnRisk, t: Language) -> None:
    """Where the learner says what is wrong with a reason; nothing for others."""
    if not page.is_own or not found.reasons:
        return
    told = [t(one.message, **one.values) for one in found.reasons]
    with st.popover(t("Contest a reason"), icon=":material/gavel:"):
        with st.form("contest", border=False, clear_on_submit=True):
            chosen = st.selectbox(t("Reason"), range(len(told)), format_func=told.__getitem__)
            text = st.text_area(t("What is wrong with it"), max_chars=LONGEST)
            is_sent = st.form_submit_button(t("Send to who teaches the course"))
        if is_sent:
            _contest(page, found, chosen, text, t)


def _contest(page: CoursePage, found: OwnRisk, chosen: int, text: str, t: Language) -> None:
    with feedback.sentences():
        with services().work() as session:
            contesting.contest(
                session,
                viewer.principal(),
                page.enrollment_id,
                found.reasons[chosen],
                found.source,
                text,
            )
        feedback.done(t("Sent. The answer will stand on this page."))


def show(page: CoursePage, principal: Principal, t: Language) -> None:
    """What was contested, with the answers; nothing where nothing was."""
    with services().reading() as session:
        made = contesting.of_enrolment(session, principal, page.enrollment_id)
    if not made:
        return
    st.subheader(t("Contested reasons"), anchor=False)
    for one in made:
        with st.container(border=True, gap="small"):
            told(one, t)


def told(one: Contest, t: Language) -> None:
    """A contest in words: the reason, whose it was, what was said, and the answer."""
    st.markdown(f"**{literal(t(one.reason.message, **one.reason.values))}**")
    st.markdown(literal(one.text))
    st.caption(said(one, t))
    if one.answered_at is None:
        st.caption(t("Not answered yet."))
        return
    st.markdown(t("Answer: {text}", text=literal(one.answer or "")))
    st.caption(" · ".join(answered(one, t)))


def said(one: Contest, t: Language) -> str:
    """When it was contested, and which version had said so."""
    return t(
        "Contested on {date}; said by {model} version {version} of day {day} of the course.",
        date=t.date(one.contested_at.date()),
        model=one.model,
        version=t.number(one.version),
        day=t.number(one.known_day),
    )


def answered(one: Contest, t: Language) -> Sequence[str]:
    """Who answered and when; a person who is gone from the records has no name."""
    moment = [] if one.answered_at is None else [t.date(one.answered_at.date())]
    return [*([one.answered_by] if one.answered_by else []), *moment]
