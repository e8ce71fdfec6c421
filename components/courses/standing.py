"""How a learner stands: completion, the grade to the pass mark, and time, each on its own."""

import streamlit as st

from components.courses import wording
from core import clock
from core.accounts.access import Principal
from core.courses import studying
from core.courses.needed import Needed, needed_to_pass
from core.courses.pace import ON_TRACK_DAYS, Pace, Standing, pace
from core.courses.schemas import CoursePage
from core.i18n import Language, mark
from wiring import services

_STANDINGS = {
    Standing.AHEAD: mark("Ahead"),
    Standing.ON_TRACK: mark("On track"),
    Standing.BEHIND: mark("Behind"),
}
_ICONS = {
    Standing.AHEAD: ":material/trending_up:",
    Standing.ON_TRACK: ":material/trending_flat:",
    Standing.BEHIND: ":material/trending_down:",
}


def completion(page: CoursePage, t: Language) -> None:
    """Progress with its arithmetic, and the pace against teaching days."""
    percent = page.progress.percent
    share = None if percent is None else percent / 100
    st.metric(t("Completion"), t.percent(share, 0))
    if percent is not None:
        st.progress(percent)
    st.caption(wording.lessons_counted(page.progress, t))
    for group in page.groups:
        st.caption(wording.group_counted(group, t))
    found = pace(share, page.course.start_date, page.course.duration_weeks, clock.today())
    if found is not None and page.status.is_open:
        st.markdown(f"{_ICONS[found.standing]} {t(_STANDINGS[found.standing])}")
        st.caption(pace_counted(found, t))


def pace_counted(found: Pace, t: Language) -> str:
    """The arithmetic behind ahead, on track and behind."""
    told = t(
        "{passed} of {all} teaching days (Monday to Friday) have passed: {expected} would be on "
        "time.",
        passed=t.number(found.passed_days),
        all=t.number(found.teaching_days),
        expected=t.percent(found.expected_share, 0),
    )
    within = t("Up to {within} days either way is on track.", within=t.number(ON_TRACK_DAYS))
    return f"{told} {_apart(round(found.days, 1), t)} {within}"


def _apart(days: float, t: Language) -> str:
    """By how many teaching days what is done leads the calendar, or is behind it."""
    if not days:
        return t("What is done is exactly that.")
    told = t.number(abs(days), 1)
    if days > 0:
        return t("What is done is worth {days} days more than that.", days=told)
    return t("What is done is worth {days} days less than that.", days=told)


def grade(page: CoursePage, t: Language) -> None:
    """The grade so far, and what the work that is still open has to bring."""
    st.metric(t("Grade so far"), wording.grade_out_of_100(page.grade, t))
    st.caption(wording.against_pass_mark(page.grade, page.pass_mark, t))
    st.caption(wording.grade_counted(page.grade, t))
    if page.course.has_ended(clock.today()):
        return  # what is open stays open
    found = needed_to_pass([(one.grade_share, one.score) for one in page.work], page.pass_mark)
    if found is not None and found.average is not None:
        st.caption(to_pass(found, page.pass_mark, t))


def to_pass(found: Needed, pass_mark: int, t: Language) -> str:
    """What is missing to the pass mark, with its arithmetic."""
    values = {
        "points": t.number(found.points, 1),
        "pass_mark": t.number(pass_mark),
        "share": t.percent(found.open_share, 0),
        "average": t.number(found.average),
    }
    if found.is_sure:
        return t("{points} points of {pass_mark} are there: the pass mark is reached.", **values)
    if found.is_out_of_reach:
        return t(
            "{points} points of {pass_mark} are there, and {share} of the weight is open: even "
            "full marks would not reach the pass mark.",
            **values,
        )
    return t(
        "{points} points of {pass_mark} are there; the open {share} of the weight needs "
        "{average} of 100 on average.",
        **values,
    )


def time(page: CoursePage, principal: Principal, t: Language) -> None:
    """Time spent so far beside what the required lessons are expected to take."""
    with services().reading() as session:
        log = studying.study_log(session, principal, page.enrollment_id)
    seconds = sum(one.seconds for one in log)
    st.metric(t("Time"), wording.duration(seconds, t))
    active = sum(1 for one in log if one.seconds)
    st.caption(t.plural("counted on {n} day", "counted on {n} days", active))
    required = [one for part in page.modules for one in part.lessons if one.is_required]
    told = [one.expected_minutes for one in required if one.expected_minutes is not None]
    if told and len(told) == len(required):
        expected = wording.duration(60 * sum(told), t)
        st.caption(
            t.plural(
                "The {n} required lesson takes about {time}.",
                "The {n} required lessons take about {time}.",
                len(required),
                time=expected,
            )
        )
