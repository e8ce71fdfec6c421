"""The courses that are open: what each takes, and enrolling in it."""

import streamlit as st

from components import feedback, links, theme
from components.courses import wording
from components.labels import literal
from core import clock
from core.accounts.access import Area, Principal, Reach
from core.courses import catalogue
from core.courses.catalogue import CatalogueCourse, Entered
from core.courses.models import EnrollmentStatus
from core.i18n import Language, mark
from wiring import services

_NARROWEST = 300  # pixels; two cards side by side on a laptop, one on a phone
_SAID = {
    Entered.NEW: mark("You are enrolled."),
    Entered.AGAIN: mark("You are enrolled again; what you did before is still there."),
    Entered.ALREADY: mark("You were enrolled already; nothing has changed."),
}


def show(principal: Principal, t: Language) -> None:
    """A card for each open course, or that there is none."""
    with services().reading() as session:
        found = catalogue.open_courses(session, principal)
    if not found:
        st.info(t("No course is open to enrol in now."), icon=":material/school:")
        return
    with st.grid(2, min_column_width=_NARROWEST):
        for offered in found:
            with st.container(border=True, height="stretch"):
                _card(offered, principal, t)


def _card(offered: CatalogueCourse, principal: Principal, t: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(offered.course.title)}**", width="stretch")
        if offered.status is not None:
            st.badge(t(wording.STATUS_NAMES[offered.status]), color="gray")
        if offered.course.is_sample:
            st.badge(t("Sample"), color="gray")
    st.caption(_when(offered, t))
    if offered.description:
        st.markdown(literal(offered.description))
    st.caption(_takes(offered, t))
    if offered.enrollment_id is not None and offered.status is not EnrollmentStatus.WITHDRAWN:
        links.to(
            "course", t("Open"), ":material/arrow_forward:", enrolment=str(offered.enrollment_id)
        )
    elif Reach.OWN_ENROLMENTS in principal.reaches(Area.MY_COURSES):
        _enrol(offered, principal, t)


def _enrol(offered: CatalogueCourse, principal: Principal, t: Language) -> None:
    key = f"enrol-{offered.course.course_id}"
    label = t("Enrol") if offered.status is None else t("Enrol again")
    if st.button(label, key=key, type=theme.call_to_action(), icon=":material/add:"):
        with feedback.sentences():
            with services().work() as session:
                _, came = catalogue.enrol_oneself(session, principal, offered.course.course_id)
            feedback.done(t(_SAID[came]))


def _when(offered: CatalogueCourse, t: Language) -> str:
    """Level, start and length."""
    course = offered.course
    day = t.date(course.start_date)
    has_started = course.start_date <= clock.today()
    told = [t("Started {day}", day=day) if has_started else t("Starts {day}", day=day)]
    told.append(t.plural("{n} week", "{n} weeks", course.duration_weeks))
    if course.difficulty_level:
        told.insert(0, wording.level(course.difficulty_level, t))
    return " · ".join(told)


def _takes(offered: CatalogueCourse, t: Language) -> str:
    """What the course takes: lessons, time, graded work and the pass mark."""
    told = [t.plural("{n} required lesson", "{n} required lessons", offered.lessons)]
    if offered.minutes is not None:
        told.append(t("about {time}", time=wording.duration(60 * offered.minutes, t)))
    told.append(t.plural("{n} piece of graded work", "{n} pieces of graded work", offered.pieces))
    told.append(t("Pass mark {pass_mark}", pass_mark=t.number(offered.pass_mark)))
    return " · ".join(told)
