"""A course's modules: named, ordered, added and removed."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import feedback
from core.accounts.access import Principal
from core.courses import contents_editing
from core.courses.contents_editing import WrittenModule
from core.courses.course_editing import WrittenCourse
from core.i18n import Language
from wiring import services


def show(
    course: WrittenCourse, found: Sequence[WrittenModule], principal: Principal, t: Language
) -> None:
    """One chosen module to change, and a form to add one."""
    with st.container(border=True, height="stretch"):
        st.subheader(t("Modules"), anchor=False)
        chosen = (
            st.selectbox(
                t("Module"),
                found,
                format_func=lambda one: one.title,
                key=f"module-{course.course_id}",
            )
            if found
            else None
        )
        if chosen is not None:
            _change(course.course_id, chosen, principal, t)
        _add(course.course_id, len(found), principal, t)


def _change(course_id: int, module: WrittenModule, principal: Principal, t: Language) -> None:
    key = f"module-{module.module_id}"
    with st.form(f"{key}-{module.title}", border=False, enter_to_submit=False):
        title = st.text_input(
            t("Title"), module.title, max_chars=200, key=f"{key}-{module.title}-t"
        )
        if st.form_submit_button(t("Save the module")):
            act(
                lambda session: contents_editing.rename_module(
                    session, principal, course_id, module.module_id, title
                ),
                t("Saved."),
            )
    with st.container(horizontal=True):
        moves(
            key,
            lambda session, step: contents_editing.move_module(
                session, principal, course_id, module.module_id, step
            ),
            lambda session: contents_editing.remove_module(
                session, principal, course_id, module.module_id
            ),
            t,
        )


def _add(course_id: int, count: int, principal: Principal, t: Language) -> None:
    key = f"add-module-{course_id}-{count}"
    with st.form(key, border=False):
        title = st.text_input(t("New module"), max_chars=200, key=f"{key}-title")
        if st.form_submit_button(t("Add the module"), icon=":material/add:"):
            act(
                lambda session: contents_editing.add_module(session, principal, course_id, title),
                t("Added."),
            )


def moves(
    key: str,
    move: Callable[..., object],
    remove: Callable[..., object],
    t: Language,
) -> None:
    """Buttons that move something up, down, or remove it."""
    if st.button(t("Move up"), icon=":material/arrow_upward:", key=f"{key}-up"):
        act(lambda session: move(session, -1), t("Moved."))
    if st.button(t("Move down"), icon=":material/arrow_downward:", key=f"{key}-down"):
        act(lambda session: move(session, 1), t("Moved."))
    if st.button(t("Remove"), icon=":material/delete:", key=f"{key}-remove"):
        act(remove, t("Removed."))


def act(action: Callable[..., object], said: str) -> None:
    """Do one thing in a unit of work of its own and tell that it was done."""
    with feedback.sentences():
        with services().work() as session:
            action(session)
        feedback.done(said)
