"""A course's own fields: code, title, dates and description."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components import theme
from components.course_editor import held
from components.course_editor.wording import field_name
from core.accounts.access import Principal
from core.courses import course_editing
from core.courses.course_editing import WrittenCourse
from core.courses.course_plan import LONGEST_WEEKS, CoursePlan
from core.i18n import Language
from wiring import services


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """The form of the course as a whole."""
    subject = f"course-{course.course_id}"
    kept = held.hold(subject, course.plan)
    name = f"{subject}-{kept.form}"
    with st.form(name, enter_to_submit=False):
        st.subheader(t("Course"), anchor=False)
        typed = fields(name, kept.opened, t)
        sent = st.form_submit_button(t("Save the course"), type=theme.call_to_action())
    if sent:
        held.save(
            subject, course.plan, typed, lambda now, plan: _save(principal, course, now, plan), t
        )


def fields(name: str, plan: CoursePlan, t: Language, *, is_short: bool = False) -> CoursePlan:
    """The fields filled from a plan; what is typed in them."""

    def text(field: str, limit: int) -> str:
        return st.text_input(
            field_name(field, t),
            getattr(plan, field) or "",
            max_chars=limit,
            key=f"{name}-{field}",
        )

    with st.grid(2, min_column_width=220):
        typed: dict[str, Any] = {"title": text("title", 200), "code": text("code", 50)}
        typed["start_date"] = st.date_input(
            field_name("start_date", t),
            plan.start_date,
            format="YYYY-MM-DD",
            key=f"{name}-start_date",
        )
        typed["duration_weeks"] = st.number_input(
            field_name("duration_weeks", t),
            1,
            LONGEST_WEEKS,
            plan.duration_weeks,
            key=f"{name}-duration_weeks",
        )
        if not is_short:
            typed |= {
                "series_code": text("series_code", 50),
                "difficulty_level": text("difficulty_level", 50) or None,
                "industry": text("industry", 100) or None,
            }
    if not is_short:
        typed["description"] = (
            st.text_area(
                field_name("description", t),
                plan.description or "",
                max_chars=10_000,
                key=f"{name}-description",
            )
            or None
        )
    return replace(plan, **typed)


def _save(principal: Principal, course: WrittenCourse, now: CoursePlan, plan: CoursePlan) -> None:
    with services().work() as session:
        course_editing.change_course(session, principal, course.course_id, now, plan)
