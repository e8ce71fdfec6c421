"""A course's page: whose enrolment the address names, and how it stands."""

import streamlit as st

from components import links, viewer
from components.courses import own, wording
from components.courses import standing as standings
from components.labels import literal
from core import clock
from core.accounts.access import Principal
from core.courses import course_page
from core.courses.schemas import CoursePage
from core.errors import NotFound
from core.i18n import Language
from wiring import services

PARAMETER = "enrolment"
_NARROWEST = 300  # pixels of a card; two side by side on a laptop, one on a phone
_DUE_SHOWN = 3


def find(principal: Principal, t: Language) -> CoursePage | None:
    """The enrolment that the address names; where there is none to see, that is said."""
    try:
        with services().reading() as session:
            page = course_page.course_page(session, principal, st.query_params.get(PARAMETER, ""))
    except NotFound as missing:
        st.title(t("Course"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        links.to("my-courses", t("My courses"), ":material/school:")
        return None
    if not page.is_own and viewer.is_first_look(f"enrolment-{page.enrollment_id}"):
        with services().work() as session:
            course_page.note_look(session, principal, page)
    return page


def head(page: CoursePage, t: Language) -> None:
    """The course's name and times, and whose page it is where it is another person's."""
    if page.is_own:
        links.to("my-courses", t("My courses"), ":material/arrow_back:")
    else:
        links.to("cohorts", t("Cohorts"), ":material/arrow_back:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(literal(page.course.title), anchor=False, width="content")
        st.badge(t(wording.STATUS_NAMES[page.status]), color="gray")
    start = t.date(page.course.start_date)
    has_started = page.course.start_date <= clock.today()
    facts = [
        t("Started {day}", day=start) if has_started else t("Starts {day}", day=start),
        t.plural("{n} week", "{n} weeks", page.course.duration_weeks),
    ]
    if page.ended_at:
        facts.append(t("ended {day}", day=t.date(page.ended_at.date())))
    st.caption(" · ".join(facts))
    if page.is_own:
        own.go_on(page.enrollment_id, page.next_lesson, t)
    if not page.is_own:
        st.info(
            t("You are looking at the course of {learner}.", learner=literal(page.learner)),
            icon=":material/visibility:",
        )


def standing(page: CoursePage, principal: Principal, t: Language) -> None:
    """Four cards: completion, grade and time, each on its own, and what is due next."""
    with st.grid(4, min_column_width=_NARROWEST):
        with st.container(border=True, height="stretch"):
            standings.completion(page, t)
        with st.container(border=True, height="stretch"):
            standings.grade(page, t)
        with st.container(border=True, height="stretch"):
            standings.time(page, principal, t)
        with st.container(border=True, height="stretch"):
            _due(page, t)


def _due(page: CoursePage, t: Language) -> None:
    items = page.due
    st.caption(t("Next due"))
    if not page.status.is_open:
        st.caption(t("Nothing: the enrolment has ended."))
    elif page.course.has_ended(clock.today()):
        st.caption(t("Nothing: the course ended {day}.", day=t.date(page.course.last_day)))
    elif not items:
        st.caption(t("Nothing is left to hand in."))
    for item in items[:_DUE_SHOWN]:
        icon = ":material/warning:" if item.is_overdue else ":material/event:"
        st.markdown(f"{icon} {literal(item.title)}: {wording.due(item, t)}")
    if len(items) > _DUE_SHOWN:
        more = len(items) - _DUE_SHOWN
        st.caption(t.plural("{n} more in the table below", "{n} more in the table below", more))
