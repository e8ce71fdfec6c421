"""Enrolling one person by hand, by the same rules as a row of a list."""

import streamlit as st

from components import feedback, theme
from components.course_editor.enrol_list import OUTCOMES
from components.labels import literal
from core.accounts.access import Principal
from core.courses import enrolment_lists
from core.courses.course_editing import WrittenCourse
from core.courses.enrolment_lists import Entry, Told
from core.i18n import Language
from wiring import services


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """The form, and what became of it where nobody was enrolled."""
    key = f"one-{course.course_id}"
    with st.form(key, enter_to_submit=False):
        st.subheader(t("Enrol one person"), anchor=False)
        with st.grid(2, min_column_width=220):
            email = st.text_input(t("E-mail address"), max_chars=254, key=f"{key}-email")
            name = st.text_input(t("Name"), max_chars=200, key=f"{key}-name")
            person_id = st.text_input(t("Person id"), max_chars=100, key=f"{key}-person")
            campaign = st.text_input(t("Campaign"), max_chars=200, key=f"{key}-campaign")
        add = st.checkbox(t("Add somebody who is not known here"), key=f"{key}-add")
        sent = st.form_submit_button(t("Enrol"), type=theme.call_to_action())
    if sent:
        entry = Entry(1, name.strip(), email.strip(), person_id.strip(), campaign.strip())
        with feedback.sentences():
            _enrol(course, entry, principal, add_unknown=add, t=t)


def _enrol(
    course: WrittenCourse, entry: Entry, principal: Principal, *, add_unknown: bool, t: Language
) -> None:
    with services().work() as session:
        (told,) = enrolment_lists.enrol_list(
            session, principal, course.course_id, [entry], add_unknown=add_unknown
        )
    said = _said(told, t)
    if told.outcome.is_done:
        feedback.done(said)
    st.error(said, icon=":material/error:")


def _said(told: Told, t: Language) -> str:
    who = told.entry.name or told.entry.email or told.entry.person_id or t("Person")
    return f"{literal(who)}: {t(OUTCOMES[told.outcome])}"
