"""What Home shows of courses: a learner's own progress, an instructor's courses."""

import streamlit as st

from components.labels import literal
from core.accounts.access import Area, Principal, Role
from core.courses import service
from core.courses.models import EnrollmentStatus
from core.courses.schemas import OwnCourse, TaughtCourse
from core.i18n import MISSING, Language, mark
from wiring import services

STATUS_NAMES = {
    EnrollmentStatus.ACTIVE: mark("In progress"),
    EnrollmentStatus.COMPLETED: mark("Completed"),
    EnrollmentStatus.FAILED: mark("Not passed"),
    EnrollmentStatus.WITHDRAWN: mark("Withdrawn"),
}


def own(principal: Principal, t: Language) -> None:
    """The person's own courses, each with its progress and the arithmetic behind it."""
    with services().reading() as session:
        courses = service.my_courses(session, principal)
    if not courses:
        if principal.reaches(Area.COHORTS):
            return  # people who teach or administer are rarely enrolled themselves
        st.info(t("You are not enrolled in a course."))
        return
    st.subheader(t("My courses"), anchor=False)
    for course in courses:
        _own_card(t, course)


def _own_card(t: Language, own: OwnCourse) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(own.course.title)}**", width="stretch")
            st.badge(t(STATUS_NAMES[own.status]), color="gray")
        percent = own.progress.percent
        if percent is None:
            st.caption(
                t("This course has no required lessons, so progress is {dash}.", dash=MISSING)
            )
            return
        st.progress(percent, text=t.percent(percent / 100, 0))
        st.caption(
            t(
                "{done} of {required} required lessons",
                done=t.number(own.progress.completed),
                required=t.number(own.progress.required),
            )
        )


def taught(principal: Principal, t: Language) -> None:
    """Courses whose learners the person may see, with how their enrolments stand."""
    with services().reading() as session:
        courses = service.taught_courses(session, principal)
    st.subheader(t("Courses"), anchor=False)
    if not courses:
        hint = t("The sample world on the Data page brings six.")
        nothing = t("There are no courses yet.")
        st.info(f"{nothing} {hint}" if Role.ADMIN in principal.roles else nothing)
        return
    st.dataframe(
        [_taught_row(t, course) for course in courses],
        hide_index=True,
        alt=t("Courses with their enrolments by state"),
    )


def _taught_row(t: Language, taught: TaughtCourse) -> dict[str, object]:
    counts = taught.enrolled
    return {
        t("Course"): taught.course.title,
        t("Starts"): t.date(taught.course.start_date),
        t("Enrolled"): taught.total,
        **{t(name): counts.get(status, 0) for status, name in STATUS_NAMES.items()},
    }
