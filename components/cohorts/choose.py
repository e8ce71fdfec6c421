"""Which course, and what of its ranking: all in the URL, so that a link shares the view."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.cohorts.learners import PAGE
from components.courses.wording import STATUS_NAMES
from components.filters import read_any_language
from core.accounts.access import Principal
from core.courses import service
from core.courses.cohorts import RankingView, course_day
from core.courses.models import EnrollmentStatus
from core.courses.schemas import CourseSummary
from core.i18n import MISSING, Language
from wiring import services

CAPACITIES = (10, 15, 20)  # percent of the learners who can be contacted
MOST_PEOPLE = 10_000
_NARROWEST = 150
_COURSE = "cohort_course"


def course(principal: Principal, t: Language) -> CourseSummary | None:
    """The chosen course, at first the latest; None where there is none to choose."""
    with services().reading() as session:
        taught = service.courses_to_choose(session, principal)
    if not taught:
        return None
    by_id = {one.course_id: one for one in taught}
    asked = st.query_params.get("course", "")
    named = {str(one): one for one in by_id}
    if _COURSE not in st.session_state and asked in named:
        st.session_state[_COURSE] = named[asked]
    if _COURSE not in st.session_state and asked:
        st.info(t("The course of this link does not exist, or you may not see it."))
    chosen = st.selectbox(
        t("Course"), list(by_id), format_func=lambda one: _name(by_id[one], t), key=_COURSE
    )
    st.query_params["course"] = str(chosen)  # its number: a bound one would write its name
    return by_id[chosen]


def _name(one: CourseSummary, t: Language) -> str:
    return f"{one.title} · {one.code} · {t.date(one.start_date)}"


def ranking(of: CourseSummary, days: Sequence[int], today: date, t: Language) -> RankingView:
    """The filters of the ranking; ``days`` are those for which a model answers."""
    reached = [day for day in days if day <= course_day(of, today)]
    read_any_language("capacity", list(CAPACITIES), lambda one, to: to.percent(one / 100, 0), t)
    read_any_language("state", list(EnrollmentStatus), lambda one, to: to(STATUS_NAMES[one]), t)
    with st.grid(5 if reached else 4, min_column_width=_NARROWEST):
        day = _day(reached, t)
        capacity = st.selectbox(
            t("Can be contacted"),
            CAPACITIES,
            index=1,
            format_func=lambda percent: t.percent(percent / 100, 0),
            key="capacity",
            bind="query-params",
            help=t("The share of the ranked learners that there is time to contact."),
        )
        people = st.number_input(
            t("People this week"),
            1,
            MOST_PEOPLE,
            None,
            key="people",
            bind="query-params",
            placeholder=t("By share"),
            help=t("How many you can contact this week; these come first, whatever the share."),
        )
        statuses = st.multiselect(
            t("State"),
            list(EnrollmentStatus),
            format_func=lambda status: t(STATUS_NAMES[status]),
            placeholder=t("All states"),
            key="state",
            bind="query-params",
        )
        search = st.text_input(
            t("Learner"), key="learner", max_chars=100, bind="query-params", placeholder=t("Name")
        )
    only = st.toggle(t("Only those who can be contacted"), key="only", bind="query-params")
    return RankingView(
        day=day,
        capacity=(capacity or CAPACITIES[1]) / 100,
        people=people,
        statuses=tuple(statuses),
        only_within_capacity=only,
        search=search or "",
        page=st.session_state.get(PAGE, 1),
    )


def _day(reached: Sequence[int], t: Language) -> int | None:
    if not reached:
        return None
    chosen: int = st.selectbox(
        t("As known on day"),
        reached,
        index=len(reached) - 1,
        format_func=t.number,
        key="day",
        bind="query-params",
        help=t("The day of the course up to which the model knows what learners did."),
    )
    return chosen


def _capacity(view: RankingView, t: Language) -> str:
    if view.people is None:
        return t.percent(view.capacity, 0)
    return t.plural("{n} learner this week", "{n} learners this week", view.people)


def in_words(of: CourseSummary, view: RankingView, t: Language) -> list[tuple[str, str]]:
    """The filters as name and value, for the head of an export."""
    return [
        (t("Course"), f"{of.title} ({of.code})"),
        (t("As known on day"), t.number(view.day)),
        (t("Can be contacted"), _capacity(view, t)),
        (
            t("State"),
            ", ".join(t(STATUS_NAMES[one]) for one in view.statuses) or t("All states"),
        ),
        (t("Learner"), view.search or MISSING),
        (
            t("Only those who can be contacted"),
            t("Yes") if view.only_within_capacity else t("No"),
        ),
    ]
