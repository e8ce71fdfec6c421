"""A course's graded work: kinds, weights and due days."""

from decimal import Decimal
from typing import Any

import streamlit as st
from pyarrow.lib import Table

from components.course_editor import held, modules
from components.course_editor.wording import field_name, value
from components.courses.wording import KIND_NAMES
from core.accounts.access import Principal
from core.courses import work_editing
from core.courses.course_editing import WrittenCourse
from core.courses.course_plan import WorkPlan
from core.courses.due import due_on
from core.courses.models import AssessmentKind
from core.courses.work_editing import WrittenWork
from core.i18n import Language
from wiring import services


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """A table of the work, one chosen piece to change, a form to add one."""
    with services().reading() as session:
        found = work_editing.graded(session, principal, course.course_id)
    if found:
        rows = [_row(course, one, t) for one in found]
        st.dataframe(Table.from_pylist(rows), hide_index=True, alt=t("Graded work of this course"))
    else:
        st.info(t("The course has no graded work yet."), icon=":material/assignment:")
    with st.grid(2, min_column_width=320):
        if found:
            with st.container(border=True, height="stretch"):
                st.subheader(t("Change graded work"), anchor=False)
                chosen = st.selectbox(
                    t("Graded work"),
                    found,
                    format_func=lambda one: one.plan.title,
                    key=f"work-{course.course_id}",
                )
                _change(course, chosen, principal, t)
        with st.container(border=True, height="stretch"):
            st.subheader(t("Add graded work"), anchor=False)
            _add(course, len(found), principal, t)


def _row(course: WrittenCourse, one: WrittenWork, t: Language) -> dict[str, Any]:
    due = due_on(course.plan.start_date, one.plan.due_day)
    return {
        t("Title"): one.plan.title,
        t("Kind"): t(KIND_NAMES[one.plan.kind]),
        t("Weight"): value(one.plan.weight, t),
        t("Due day"): value(one.plan.due_day, t),
        t("Due on"): value(due, t),
    }


def _change(course: WrittenCourse, work: WrittenWork, principal: Principal, t: Language) -> None:
    subject = f"work-{work.assessment_id}"
    kept = held.hold(subject, work.plan)
    name = f"{subject}-{kept.form}"
    with st.form(name, border=False, enter_to_submit=False):
        typed = _fields(name, course, kept.opened, t)
        sent = st.form_submit_button(t("Save the work"))

    def action(now: WorkPlan, plan: WorkPlan) -> None:
        with services().work() as session:
            work_editing.change_work(
                session, principal, course.course_id, work.assessment_id, now, plan
            )

    if sent:
        held.save(subject, work.plan, typed, action, t)
    if st.button(t("Remove"), icon=":material/delete:", key=f"{subject}-remove"):
        modules.act(
            lambda session: work_editing.remove_work(
                session, principal, course.course_id, work.assessment_id
            ),
            t("Removed."),
        )


def _add(course: WrittenCourse, count: int, principal: Principal, t: Language) -> None:
    key = f"add-work-{course.course_id}-{count}"
    with st.form(key, border=False, enter_to_submit=False):
        plan = _fields(key, course, WorkPlan("", AssessmentKind.ASSIGNMENT, Decimal(1)), t)
        if st.form_submit_button(t("Add the work"), icon=":material/add:"):
            modules.act(
                lambda session: work_editing.add_work(session, principal, course.course_id, plan),
                t("Added."),
            )


def _fields(name: str, course: WrittenCourse, plan: WorkPlan, t: Language) -> WorkPlan:
    title = st.text_input(t("Title"), plan.title, max_chars=200, key=f"{name}-title")
    kinds = list(AssessmentKind)
    kind = st.selectbox(
        t("Kind"),
        kinds,
        index=kinds.index(plan.kind),
        format_func=lambda one: t(KIND_NAMES[one]),
        key=f"{name}-kind",
    )
    weight = st.number_input(
        field_name("weight", t),
        0.0,
        99_999.0,
        float(plan.weight),
        step=1.0,
        format="%.4g",
        key=f"{name}-weight",
        help=t("Its share of the grade; only the proportions mean anything."),
    )
    day: Any = st.number_input(
        field_name("due_day", t),
        0,
        course.plan.duration_weeks * 7,
        plan.due_day,
        key=f"{name}-due",
        help=t("Days after the first day of the course; empty: no date."),
    )
    exact = plan.weight if weight == float(plan.weight) else Decimal(str(weight))
    return WorkPlan(title, kind, exact, None if day is None else int(day))
