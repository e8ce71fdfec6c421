"""What Home shows of courses: a learner's own progress, an instructor's courses."""

import streamlit as st

from components.cohorts import absent
from components.courses import own as cards
from components.courses.wording import STATUS_NAMES
from components.links import cohort_address
from core.accounts.access import Area, Principal
from core.courses import service
from core.courses.schemas import TaughtCourse
from core.i18n import Language
from wiring import services


def own(principal: Principal, t: Language) -> None:
    """The person's own courses, a card each with the way to its page."""
    courses = cards.courses(principal)
    if not courses:
        if principal.reaches(Area.COHORTS):
            return  # people who teach or administer are rarely enrolled themselves
        st.info(t("You are not enrolled in a course."))
        return
    st.subheader(t("My courses"), anchor=False)
    cards.cards(courses, t)


def taught(principal: Principal, t: Language) -> None:
    """Courses whose learners the person may see, with how their enrolments stand."""
    with services().reading() as session:
        courses = service.taught_courses(session, principal)
    st.subheader(t("Courses"), anchor=False)
    if not courses:
        absent.show(principal, t)
        return
    number = st.column_config.NumberColumn(format="localized")
    st.dataframe(
        [_taught_row(t, course) for course in courses],
        hide_index=True,
        column_config={
            "open": st.column_config.LinkColumn(
                t("Cohort"), display_text=t("Open"), width=70, pinned=True
            ),
            **{t(name): number for name in ("Enrolled", *STATUS_NAMES.values())},
        },
        alt=t("Courses with their enrolments by state"),
    )


def _taught_row(t: Language, taught: TaughtCourse) -> dict[str, object]:
    counts = taught.enrolled
    return {
        "open": cohort_address(taught.course.course_id),
        t("Course"): taught.course.title,
        t("Starts"): t.date(taught.course.start_date),
        t("Enrolled"): taught.total,
        **{t(name): counts.get(status, 0) for status, name in STATUS_NAMES.items()},
    }
