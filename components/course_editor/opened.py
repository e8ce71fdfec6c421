"""Which course the address names, its head, and publishing it."""

import streamlit as st

from components import feedback, links, theme
from components.courses import taking_part
from components.labels import literal
from core.accounts.access import Principal
from core.courses import course_editing
from core.courses.course_editing import WrittenCourse
from core.errors import NotFound
from core.i18n import Language
from wiring import services

PARAMETER = "course"


def find(principal: Principal, t: Language) -> WrittenCourse | None:
    """The course that the address names; where there is none to write, that is said."""
    asked = st.query_params.get(PARAMETER, "")
    try:
        if not (asked.isascii() and asked.isdecimal()) or len(asked) > 18:
            raise NotFound(course_id=asked)
        with services().reading() as session:
            return course_editing.written_course(session, principal, int(asked))
    except NotFound as missing:
        st.title(t("Course editor"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        links.to("write-courses", t("Write courses"), ":material/arrow_back:")
        return None


def head(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """The course's title and state, and the way to its learners."""
    links.to("write-courses", t("Write courses"), ":material/arrow_back:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(literal(course.plan.title), anchor=False, width="content")
        if course.published_at:
            st.badge(t("Published"), color="green")
        else:
            st.badge(t("Draft"), color="gray")
        if course.is_sample:
            st.badge(t("Sample data"), icon=":material/science:", color="violet")
    with st.container(horizontal=True, vertical_alignment="center"):
        links.to("cohorts", t("Cohort"), ":material/groups:", course=str(course.course_id))
        _state(course, principal, t)
        taking_part.opening(principal, course.course_id, t)


def _state(course: WrittenCourse, principal: Principal, t: Language) -> None:
    if course.published_at is None:
        if st.button(t("Publish the course"), type=theme.call_to_action()):
            with feedback.sentences():
                with services().work() as session:
                    course_editing.publish(session, principal, course.course_id)
                feedback.done(
                    t("Published. It is in the catalogue if learners enrol by themselves.")
                )
    elif st.button(
        t("Make it a draft again"),
        help=t("Who is enrolled stays; nobody new finds it."),
    ):
        with feedback.sentences():
            with services().work() as session:
                course_editing.withdraw(session, principal, course.course_id)
            feedback.done(t("The course is a draft."))
