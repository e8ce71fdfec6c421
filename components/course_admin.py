"""Who is let into a course: enrolling a learner and naming its instructors, for staff."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components import feedback, theme, viewer
from components.labels import literal
from core import clock
from core.accounts.access import Area, Principal
from core.courses import enrolling
from core.courses.schemas import CourseSummary, Instructor
from core.i18n import Language
from wiring import services


def show(principal: Principal, course: CourseSummary) -> None:
    """Two buttons that open a form each; nothing for those who do not administer courses."""
    if not principal.sees_all(Area.COHORTS):
        return
    t = viewer.words()
    with services().reading() as session:
        teaching = enrolling.instructors(session, principal, course.course_id)
    with st.container(horizontal=True):
        with st.popover(t("Enrol a learner"), icon=":material/person_add:"):
            _enrol(principal, course, t)
        with st.popover(t("Instructors"), icon=":material/co_present:"):
            _instructors(teaching, principal, course.course_id, t)


def _enrol(principal: Principal, course: CourseSummary, t: Language) -> None:
    """The form that enrols; for a course that has ended it warns and asks once more."""
    confirm = ""
    if course.has_ended(clock.today()):
        st.warning(
            t(
                "This course ended {day}. Nothing in it is due any more.",
                day=t.date(course.last_day),
            )
        )
        confirm = t("Enrol all the same")
    said = t("Enrolled. The figures count them once records are published.")
    key = f"enrol-{course.course_id}"
    _by_email(t("Enrol"), key, said, enrolling.enrol, principal, course.course_id, confirm=confirm)


def _by_email(
    label: str,
    key: str,
    said: str,
    action: Callable[..., object],
    principal: Principal,
    course_id: int,
    *,
    confirm: str = "",
) -> None:
    """A form for the address of somebody known, on whom the action is done.

    ``confirm`` is what has to be ticked anew for each person in a course that has ended.
    """
    t = viewer.words()
    with st.form(key, clear_on_submit=True, border=False):
        if confirm:
            even_ended = st.checkbox(confirm, key=f"even-ended-{course_id}")
            action = partial(action, even_ended=even_ended)
        email = st.text_input(t("E-mail address"), type="email", required=True, key=f"{key}-email")
        sent = st.form_submit_button(label, type=theme.call_to_action())
    if sent:
        _act(said, action, principal, course_id, email or "")


def _instructors(
    teaching: list[Instructor], principal: Principal, course_id: int, t: Language
) -> None:
    if not teaching:
        st.caption(t("Nobody teaches this course."))
    for one in teaching:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(one.name), width="stretch")
            if st.button(t("Remove"), key=f"remove-{course_id}-{one.user_id}"):
                _act(t("Removed."), enrolling.remove_instructor, principal, course_id, one.user_id)
    _by_email(
        t("Add as instructor"),
        f"assign-{course_id}",
        t("Added as instructor."),
        enrolling.assign_instructor,
        principal,
        course_id,
    )


def _act(said: str, action: Callable[..., object], *arguments: object) -> None:
    """Do one action in a unit of work of its own and tell that it was done."""
    with feedback.sentences():
        with services().work() as session:
            action(session, *arguments)
        feedback.done(said)
