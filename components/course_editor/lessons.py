"""A course's lessons: an overview in their order, one chosen to change, a form to add."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pyarrow.lib import Table

from components import links
from components.course_editor import held, modules
from components.course_editor.wording import value
from core.accounts.access import Principal
from core.courses import contents_editing
from core.courses.contents_editing import WrittenLesson, WrittenModule
from core.courses.course_editing import WrittenCourse
from core.courses.course_plan import LONGEST_MINUTES, LessonPlan
from core.courses.rules import Rules
from core.i18n import Language
from wiring import services

_MANY, _TALL = 12, 460


def overview(found: Sequence[WrittenModule], rules: Rules, t: Language) -> None:
    """Every lesson in its order, with how it counts."""
    rows = [
        {
            t("Module"): module.title,
            t("Lesson"): lesson.plan.title,
            t("Expected minutes"): value(lesson.plan.expected_minutes, t),
            t("Counts"): counts(lesson.lesson_id, rules, t),
        }
        for module in found
        for lesson in module.lessons
    ]
    if not rows:
        st.info(t("The course has no lesson yet."), icon=":material/menu_book:")
        return
    st.dataframe(
        Table.from_pylist(rows),
        hide_index=True,
        height=_TALL if len(rows) > _MANY else "content",
        alt=t("Lessons of this course in their order"),
    )


def counts(lesson_id: int, rules: Rules, t: Language) -> str:
    """How a lesson counts: by its weight, in a group, or not at all."""
    if lesson_id in rules.lessons:
        return t("required, weight {weight}", weight=value(rules.lessons[lesson_id], t))
    group = rules.group_of(lesson_id)
    if group is None:
        return t("optional")
    return t(
        "{needed} of {lessons} in {group}",
        needed=t.number(group.needed),
        lessons=t.number(len(group.lessons)),
        group=group.title,
    )


def show(
    course: WrittenCourse, found: Sequence[WrittenModule], principal: Principal, t: Language
) -> None:
    """One chosen lesson to change, and a form to add one."""
    with st.container(border=True, height="stretch"):
        st.subheader(t("Lessons"), anchor=False)
        if not found:
            st.caption(t("Add a module first: lessons stand in modules."))
            return
        offered = [(module, lesson) for module in found for lesson in module.lessons]
        if offered:
            _, chosen = st.selectbox(
                t("Lesson"),
                offered,
                format_func=lambda pair: f"{pair[0].title} · {pair[1].plan.title}",
                key=f"lesson-{course.course_id}",
            )
            _change(course.course_id, chosen, principal, t)
        _add(course.course_id, found, len(offered), principal, t)


def _change(course_id: int, lesson: WrittenLesson, principal: Principal, t: Language) -> None:
    subject = f"lesson-{lesson.lesson_id}"
    kept = held.hold(subject, lesson.plan)
    name = f"{subject}-{kept.form}"
    with st.form(name, border=False, enter_to_submit=False):
        typed = _fields(name, kept.opened, t("Title"), t)
        sent = st.form_submit_button(t("Save the lesson"))

    def action(now: LessonPlan, plan: LessonPlan) -> None:
        with services().work() as session:
            contents_editing.change_lesson(
                session, principal, course_id, lesson.lesson_id, now, plan
            )

    if sent:
        held.save(subject, lesson.plan, typed, action, t)
    links.to(
        "lesson-editor",
        t("Write its text, files and quiz"),
        ":material/edit_note:",
        lesson=str(lesson.lesson_id),
    )
    with st.container(horizontal=True):
        modules.moves(
            subject,
            lambda session, step: contents_editing.move_lesson(
                session, principal, course_id, lesson.lesson_id, step
            ),
            lambda session: contents_editing.remove_lesson(
                session, principal, course_id, lesson.lesson_id
            ),
            t,
        )


def _add(
    course_id: int,
    found: Sequence[WrittenModule],
    count: int,
    principal: Principal,
    t: Language,
) -> None:
    key = f"add-lesson-{course_id}-{len(found)}-{count}"
    with st.form(key, border=False):
        module = st.selectbox(
            t("Module of the new lesson"),
            found,
            index=len(found) - 1,
            format_func=lambda one: one.title,
            key=f"{key}-module",
        )
        plan = _fields(key, LessonPlan(""), t("New lesson"), t)
        if st.form_submit_button(t("Add the lesson"), icon=":material/add:"):
            modules.act(
                lambda session: contents_editing.add_lesson(
                    session, principal, course_id, module.module_id, plan
                ),
                t("Added."),
            )


def _fields(name: str, plan: LessonPlan, label: str, t: Language) -> LessonPlan:
    title = st.text_input(label, plan.title, max_chars=200, key=f"{name}-title")
    minutes: Any = st.number_input(
        t("Expected minutes"), 1, LONGEST_MINUTES, plan.expected_minutes, key=f"{name}-minutes"
    )
    return LessonPlan(title, None if minutes is None else int(minutes))
