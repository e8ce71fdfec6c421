"""The list of courses that a person may write, and the form of a new one."""

from typing import Any

import streamlit as st
from pyarrow.lib import Table

from components import feedback, links, theme
from components.course_editor import settings
from core import clock
from core.accounts.access import Principal
from core.courses import course_editing
from core.courses.course_editing import WrittenCourse
from core.courses.course_plan import CoursePlan
from core.i18n import Language
from wiring import services

_MANY = 12  # rows; longer tables scroll
_TALL = 460  # pixels


def show(principal: Principal, t: Language) -> None:
    """Every course with its state, and the way to a new one."""
    with services().reading() as session:
        found = course_editing.written_courses(session, principal)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(t("Write courses"), width="content", anchor=False)
        with st.popover(t("New course"), icon=":material/add:"):
            _new(principal, t)
    st.caption(
        t(
            "A draft is seen by those who write it only. A published course is in the catalogue "
            "if learners enrol by themselves."
        )
    )
    if not found:
        st.info(
            t("There is no course yet that you may write. Begin with a new one."),
            icon=":material/edit_note:",
        )
        return
    _table([_row(one, t) for one in found], t)


def _new(principal: Principal, t: Language) -> None:
    empty = CoursePlan(code="", title="", start_date=clock.today(), duration_weeks=6)
    with st.form("new-course", border=False, enter_to_submit=False):
        plan = settings.fields("new-course", empty, t, is_short=True)
        sent = st.form_submit_button(t("Create the draft"), type=theme.call_to_action())
    if sent:
        with feedback.sentences():
            with services().work() as session:
                made = course_editing.create_course(session, principal, plan)
            feedback.later(t("The draft is there. Add modules and lessons to it."))
            st.switch_page(
                st.Page(_elsewhere, title=t("Course editor"), url_path="course-editor"),
                query_params={"course": str(made)},
            )


def _row(one: WrittenCourse, t: Language) -> dict[str, Any]:
    return {
        "open": links.course_editor_address(one.course_id),
        t("Course"): one.plan.title + (f" ({t('Sample')})" if one.is_sample else ""),
        t("Code"): one.plan.code,
        t("State"): t("Published") if one.published_at else t("Draft"),
        t("First day"): t.date(one.plan.start_date),
        t("Weeks"): t.number(one.plan.duration_weeks),
        t("Enrolled"): t.number(one.enrolled),
    }


def _table(rows: list[dict[str, Any]], t: Language) -> None:
    st.dataframe(
        Table.from_pylist(rows),
        hide_index=True,
        height=_TALL if len(rows) > _MANY else "content",
        column_config={
            "open": st.column_config.LinkColumn(
                t("Page"), display_text=t("Edit"), width=70, pinned=True
            )
        },
        alt=t("Courses that you may write, with their state"),
    )


def _elsewhere() -> None:
    """Stands for a page that is registered elsewhere."""
