"""A learner's study by day: a chart of the last four weeks, and every day as a table."""

from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow.lib as pa
import streamlit as st

from components.charts import card
from components.charts.figure import Figure, Line, steps_for
from components.courses import wording
from core import clock
from core.accounts.access import Principal
from core.courses import studying
from core.courses.activity import MOST_COUNTED
from core.courses.lesson_schemas import StudyDay
from core.courses.schemas import CoursePage
from core.i18n import Language
from wiring import services

_DAYS = 28
_LEAST_DRAWN_SECONDS = 30  # shorter days round to nothing, and so would their axis


def show(page: CoursePage, principal: Principal, t: Language) -> None:
    """Minutes by day, and what they are counted from; nothing before the first day."""
    with services().reading() as session:
        log = studying.study_log(session, principal, page.enrollment_id)
    if not log:
        return
    if max(one.seconds for one in log) < _LEAST_DRAWN_SECONDS:
        st.subheader(t("Study by day"), anchor=False)
        _table(log, t)
    else:
        _chart(page, log, t)
    st.caption(
        t(
            "Days are in UTC. Time is counted between actions in lessons, at most {most} minutes "
            "for each gap; courses that were imported bring their own.",
            most=t.number(MOST_COUNTED.total_seconds() / 60),
        )
    )


def _chart(page: CoursePage, log: Sequence[StudyDay], t: Language) -> None:
    # Of a course that is over, its last days; else nobody would see anything but zeros.
    last = clock.today() if page.status.is_open else log[0].day
    card.show(
        t("Study by day"),
        figure(log, last, t),
        "study_log",
        t,
        table=lambda: _table(log, t),
    )


def figure(log: Sequence[StudyDay], last: date, t: Language) -> Figure:
    """Minutes of each of the four weeks' days that end with ``last``; a day without is 0."""
    seconds = {one.day: one.seconds for one in log}
    days = [last - timedelta(days=back) for back in reversed(range(_DAYS))]
    minutes = tuple(seconds.get(day, 0) / 60 for day in days)
    line = Line(
        name=t("Minutes"),
        values=minutes,
        texts=tuple(t.number(value) for value in minutes),
        token="first",  # noqa: S106 - the name of a colour
    )
    steps = steps_for([line])
    digits = 0 if all(step == int(step) for step in steps) else 1
    return Figure(
        ticks=tuple(t.day_month(day) for day in days),
        headings=tuple(t.date(day) for day in days),
        lines=(line,),
        steps=steps,
        step_texts=tuple(t.number(step, digits) for step in steps),
        alt=t(
            "Minutes of study by day over four weeks, {total} in all",
            total=wording.duration(sum(seconds.get(day, 0) for day in days), t),
        ),
    )


def _table(log: Sequence[StudyDay], t: Language) -> None:
    config = st.column_config
    st.dataframe(
        pa.table(
            {
                "day": pa.array([t.date(one.day) for one in log], pa.string()),
                "minutes": pa.array([round(one.seconds / 60) for one in log], pa.int64()),
                "lessons": pa.array([one.lessons for one in log], pa.int64()),
            }
        ),
        hide_index=True,
        column_config={
            "day": config.TextColumn(t("Day")),
            "minutes": config.NumberColumn(t("Minutes"), format="localized"),
            "lessons": config.NumberColumn(t("Lessons done"), format="localized"),
        },
        alt=t("Study by day"),
    )
