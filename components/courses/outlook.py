"""When a learner will be done: the forecast, a what-if plan, and what speaks for and against."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components import forecast_queries, labels, queries, viewer
from components.courses import contest
from components.labels import literal
from core import clock
from core.accounts.access import Area
from core.courses import outlook
from core.courses.outlook import NoForecast
from core.courses.planner import LEAST_MEASURED, StudyPlan, finish
from core.courses.ports import AnswerSource, FinishForecast
from core.courses.schemas import CoursePage
from core.i18n import Language, mark
from ml.damage import ModelDamaged
from wiring import services

_NARROWEST = 300
_HOURS = (1, 20)
_USUAL_HOURS = 4
_ABSENT = {
    NoForecast.NOT_BEGUN: mark("The course has not begun, so nothing is known to forecast from."),
    NoForecast.NO_MODEL: mark(
        "No model answers for this day of the course yet, so no day is forecast. It takes "
        "earlier courses of which enough learners finished."
    ),
    NoForecast.NOT_KNOWN: mark(
        "The published data does not hold this enrolment on the model's day, so no day is forecast."
    ),
    NoForecast.PASSED: mark(
        "The day that was forecast is over, so it is not told any more: it was wrong here."
    ),
}


def show(page: CoursePage, t: Language) -> None:
    """The look ahead while the enrolment is under way; nothing once it has ended."""
    today, generation = clock.today(), queries.generation()
    try:
        asked = outlook.asked(page, services().finish_forecasts.days(), today)
        if asked.absent in (NoForecast.ENDED, NoForecast.NOTHING_LEFT):
            return
        with st.grid(2, min_column_width=_NARROWEST):
            with st.container(border=True, height="stretch"):
                _forecast(page, generation, asked, today, t)
            with st.container(border=True, height="stretch"):
                _what_if(page)
        _risk(page, generation, today, t)
    except ModelDamaged as fault:
        st.error(labels.told(fault, t), icon=":material/error:")


def _forecast(
    page: CoursePage, generation: int, asked: outlook.Asked, today: date, t: Language
) -> None:
    st.caption(t("Forecast: last required work done"))
    absent, found = asked.absent, None
    if asked.day is not None:
        found = forecast_queries.forecast(page, generation, asked.day)
        absent = outlook.doubt(found, today)
    if absent is not None or found is None:
        st.markdown(t(_ABSENT[absent or NoForecast.NOT_KNOWN]))
        return
    st.markdown(f"**{_between(found.earliest, found.latest, t)}**")
    st.caption(_meaning(found, t))
    st.caption(_by(found.source, page.course.start_date, t))


def _between(first: date, last: date, t: Language) -> str:
    return t.date(first) if first == last else f"{t.date(first)} – {t.date(last)}"


def _meaning(found: FinishForecast, t: Language) -> str:
    return t(
        "If the course is completed: with 80% in these days, most likely about {middle}. Of "
        "{tested} learners in courses it had not seen, {coverage} finished within theirs.",
        middle=t.date(found.middle),
        tested=t.number(found.tested),
        coverage=t.percent(found.coverage, 0),
    )


def _by(source: AnswerSource, start: date, t: Language) -> str:
    return t(
        "As known on day {day} of the course ({date}), by {model} version {version}, trained "
        "{trained}.",
        day=t.number(source.day),
        date=t.date(start + timedelta(days=source.day)),
        model=source.model,
        version=t.number(source.version),
        trained=t.date(source.trained_at.date()),
    )


@st.fragment
@viewer.checked(Area.MY_COURSES)
def _what_if(page: CoursePage) -> None:
    """The planner; only its own figures change with the hours."""
    t = viewer.words()
    st.caption(t("What if"))
    with services().reading() as session:
        plan = outlook.study_plan(session, page)
    if plan is None:
        st.markdown(t("No required lesson is left whose time could be worked out."))
        return
    hours = st.slider(t("Hours a week"), *_HOURS, _USUAL_HOURS, key=f"hours-{page.enrollment_id}")
    first, last = finish(plan, hours, clock.today())
    st.markdown(
        t(
            "{hours} a week → **{days}**",
            hours=t.plural("{n} hour", "{n} hours", hours),
            days=_between(first, last, t),
        )
    )
    for one in _rule(plan, t):
        st.caption(one)


def _rule(plan: StudyPlan, t: Language) -> Sequence[str]:
    """How the days come about, and what they leave out."""
    told = [
        t.plural(
            "{n} required lesson is left, {minutes} minutes by the course's stated times. Work "
            "to hand in is not in this.",
            "{n} required lessons are left, {minutes} minutes by the course's stated times. "
            "Work to hand in is not in this.",
            plan.remaining_lessons,
            minutes=t.number(plan.remaining_minutes),
        )
    ]
    if plan.untimed_lessons:
        told.append(
            t.plural(
                "{n} of them has no stated time; the course's mean stands for it.",
                "{n} of them have no stated time; the course's mean stands for each.",
                plan.untimed_lessons,
            )
        )
    if plan.has_own_pace:
        told.append(
            t(
                "So far it took {pace} of the stated times, in {n} measured lessons; for what is "
                "left, with 80% between {fast} and {slow}.",
                pace=t.percent(plan.pace, 0),
                n=t.number(plan.measured_lessons),
                fast=t.percent(plan.fast_pace, 0),
                slow=t.percent(plan.slow_pace, 0),
            )
        )
    else:
        told.append(
            t(
                "An interval needs a pace of one's own: the time of {n} completed lessons.",
                n=t.number(LEAST_MEASURED),
            )
        )
    return told


def _risk(page: CoursePage, generation: int, today: date, t: Language) -> None:
    """What the risk model sees of the learner, in words."""
    if not page.status.is_open:
        return
    asked = outlook.asked(page, services().risk_scores.days(), today)
    if asked.day is None:
        return
    found = forecast_queries.own_risk(page, generation, asked.day)
    if found is None:
        return
    box = st.expander(t("What an early-warning model sees"), icon=":material/insights:")
    with box:
        st.markdown(t("Risk of not passing or leaving: **{risk}**.", risk=t.percent(found.risk, 0)))
        told = [t(one.message, **one.values) for one in found.reasons]
        st.markdown("\n".join(f"- {literal(one)}" for one in told or [t("Nothing stands out.")]))
        st.caption(
            t(
                "Each line is a part of what raises it above the risk of a learner in the middle "
                "of the course (exact Shapley values), the largest first. It decides whom "
                "instructors offer help first, and nothing else."
            )
        )
        st.caption(_by(found.source, page.course.start_date, t))
        contest.form(page, found, t)
