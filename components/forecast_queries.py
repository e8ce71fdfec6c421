"""Forecasts and risks of one enrolment, kept by the lake generation they were read from.

They are asked for with a page that the person was shown, which decides who may see it.
"""

import streamlit as st

from core.courses.ports import FinishForecast, OwnRisk
from core.courses.schemas import CoursePage
from wiring import services


def forecast(page: CoursePage, generation: int, day: int) -> FinishForecast | None:
    """When the learner's last required work will be done, as known on a day."""
    version = services().finish_forecasts.version(day)
    return _forecast(generation, page.enrollment_id, day, version)


def own_risk(page: CoursePage, generation: int, day: int) -> OwnRisk | None:
    """What the risk model says of the learner, as known on a day; None where it says nothing."""
    version = services().risk_scores.version(day)
    return _own_risk(generation, page.course.course_id, page.enrollment_id, day, version)


@st.cache_data(max_entries=512, show_spinner=False)
def _forecast(
    generation: int,
    enrollment_id: int,
    day: int,
    version: int | None,  # noqa: ARG001 - a part of the key
) -> FinishForecast | None:
    return services().finish_forecasts.forecast(generation, enrollment_id, day)


@st.cache_data(max_entries=512, show_spinner=False)
def _own_risk(
    generation: int,
    course_id: int,
    enrollment_id: int,
    day: int,
    version: int | None,  # noqa: ARG001 - a part of the key
) -> OwnRisk | None:
    return services().risk_scores.own(generation, course_id, enrollment_id, day)
