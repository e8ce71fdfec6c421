"""Leaving a course, for its learner; opening it to enrolment, for those who teach it."""

import streamlit as st

from components import feedback, viewer
from core.accounts.access import Area, Principal
from core.courses import catalogue
from core.courses.schemas import CoursePage
from core.i18n import Language
from wiring import services


def leave(page: CoursePage, principal: Principal, t: Language) -> None:
    """Withdraw, after a second question; nothing for others and once the enrolment has ended."""
    if not page.can_complete:
        return
    with st.popover(t("Withdraw"), icon=":material/logout:"):
        st.markdown(t("You leave the course. What you did in it stays in the records."))
        if st.button(t("Withdraw from this course"), key="withdraw"):
            with feedback.sentences():
                with services().work() as session:
                    catalogue.withdraw(session, principal, page.enrollment_id)
                feedback.done(t("You have withdrawn from the course."))


def opening(principal: Principal, course_id: int, t: Language) -> None:
    """Whether learners enrol by themselves, to be changed by those who teach the course."""
    with services().reading() as session:
        was_open = catalogue.is_open(session, principal, course_id)
    key = f"open-{course_id}"
    st.toggle(
        t("Learners enrol by themselves"),
        was_open,
        key=key,
        on_change=_set_open,
        args=(course_id, not was_open),
        help=t("The course stands in the catalogue until its last day."),
    )


@viewer.checked(Area.COHORTS)
def _set_open(course_id: int, is_open: bool) -> None:
    with feedback.sentences(), services().work() as session:
        catalogue.set_open(session, viewer.principal(), course_id, is_open=is_open)
