"""A person's own courses: progress, grade so far and what is due, a card each."""

from collections.abc import Sequence

import streamlit as st

from components import links
from components.courses import calendar_feed, goal, wording
from components.labels import literal
from core import clock
from core.accounts.access import Area, Principal
from core.courses import service
from core.courses.continuing import LessonLink
from core.courses.schemas import OwnCourse
from core.i18n import Language
from wiring import services

_NARROWEST = 300  # pixels; two cards side by side on a laptop, one on a phone


def courses(principal: Principal) -> list[OwnCourse]:
    """The person's own courses, those under way first."""
    with services().reading() as session:
        found = service.my_courses(session, principal)
    return sorted(found, key=lambda one: not one.status.is_open)


def cards(found: Sequence[OwnCourse], t: Language) -> None:
    """A card for each course, with the way to its page."""
    with st.grid(2, min_column_width=_NARROWEST):
        for own in found:
            with st.container(border=True, height="stretch"):
                _card(own, t)


def tools(principal: Principal, t: Language) -> None:
    """The week's goal, the calendar, and the way to further courses, in one row."""
    with st.container(horizontal=True, vertical_alignment="center"):
        goal.show(principal, t)
        calendar_feed.show(principal, t)
        links.to("catalogue", t("Catalogue"), ":material/library_add:")


def nothing(principal: Principal, t: Language) -> None:
    """What somebody sees who is in no course."""
    if not principal.reaches(Area.COHORTS):
        st.info(t("You are not enrolled in a course."), icon=":material/school:")
        links.to("catalogue", t("Catalogue"), ":material/library_add:")
        return
    st.info(
        t("You are not enrolled in a course. Those whose learners you may see are under Cohorts."),
        icon=":material/school:",
    )
    links.to("cohorts", t("Go to Cohorts"), ":material/groups:")


def go_on(enrollment_id: int, lesson: LessonLink | None, t: Language) -> None:
    """The way to where the learner left off; nothing where there is nowhere to go."""
    if lesson is not None:
        links.to(
            "lesson",
            t("Continue: {title}", title=literal(lesson.title)),
            ":material/play_arrow:",
            enrolment=str(enrollment_id),
            lesson=str(lesson.lesson_id),
        )


def _card(own: OwnCourse, t: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(own.course.title)}**", width="stretch")
        st.badge(t(wording.STATUS_NAMES[own.status]), color="gray")
    percent = own.progress.percent
    if percent is not None:
        st.progress(percent, text=t.percent(percent / 100, 0))
    st.caption(wording.lessons_counted(own.progress, t))
    st.markdown(
        t(
            "Grade so far: **{grade}** · {pass_mark}",
            grade=wording.grade_out_of_100(own.grade, t),
            pass_mark=wording.against_pass_mark(own.grade, own.pass_mark, t),
        )
    )
    st.caption(wording.grade_counted(own.grade, t))
    if own.due:
        nearest = own.due[0]
        icon = ":material/warning:" if nearest.is_overdue else ":material/event:"
        st.markdown(f"{icon} {literal(nearest.title)}: {wording.due(nearest, t)}")
    elif own.status.is_open and own.course.has_ended(clock.today()):
        st.caption(t("The course ended {day}.", day=t.date(own.course.last_day)))
    go_on(own.enrollment_id, own.next_lesson, t)
    links.to("course", t("Open"), ":material/arrow_forward:", enrolment=str(own.enrollment_id))
