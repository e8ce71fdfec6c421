"""What counts in a course: edited in tables, previewed, and only then put in force."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pyarrow import lib as pa
from pyarrow.lib import Table

from components import feedback, theme
from components.course_editor import rule_table as rows
from components.course_editor.wording import percent
from core.accounts.access import Principal
from core.courses import rule_changes
from core.courses.contents_editing import WrittenModule
from core.courses.course_editing import WrittenCourse
from core.courses.rule_changes import Effect, Preview, Scope
from core.courses.rules import Rules
from core.i18n import MISSING, Language, mark
from wiring import services

_LESSONS = pa.schema(
    [
        (rows.LESSON, pa.int64()),
        (rows.MODULE, pa.string()),
        (rows.TITLE, pa.string()),
        (rows.COUNTS, pa.bool_()),
        (rows.WEIGHT, pa.float64()),
        (rows.GROUP, pa.string()),
    ]
)
_GROUPS = pa.schema(
    [(rows.GROUP, pa.string()), (rows.NEEDED, pa.int64()), (rows.WEIGHT, pa.float64())]
)
_SCOPES = {
    Scope.NEW: mark("Only for those who enrol from now on"),
    Scope.ALL: mark("For everybody who is in the course"),
}
_SHOWN = 200


def show(
    course: WrittenCourse,
    found: Sequence[WrittenModule],
    rules: Rules,
    principal: Principal,
    t: Language,
) -> None:
    """The rules in force in two tables, and the preview of what was asked for."""
    st.caption(
        t(
            "Rules {number}. Progress is the weight of what is completed over the weight of what "
            "is required. Who is enrolled keeps these rules unless you move them.",
            number=t.number(rules.number),
        )
    )
    key = f"rules-{course.course_id}"
    with st.form(f"{key}-form-{rules.number}", enter_to_submit=False):
        typed = _tables(key, found, rules, t)
        sent = st.form_submit_button(t("Preview the change"), type=theme.call_to_action())
    if sent:
        st.session_state[key] = typed
    asked: Rules | None = st.session_state.get(key)
    if asked is not None:
        with feedback.sentences():
            _preview(key, course, asked, principal, t)


def _tables(key: str, found: Sequence[WrittenModule], rules: Rules, t: Language) -> Rules:
    mark_typed = st.number_input(
        t("Pass mark"), 0, 100, rules.pass_mark, key=f"{key}-{rules.number}-pass"
    )
    weight = st.column_config.NumberColumn(t("Weight"), min_value=0, max_value=99_999)
    lessons: Any = st.data_editor(
        Table.from_pylist(rows.lesson_rows(found, rules), _LESSONS),
        key=f"{key}-{rules.number}-lessons",
        hide_index=True,
        disabled=[rows.LESSON, rows.MODULE, rows.TITLE],
        column_config={
            rows.LESSON: None,
            rows.MODULE: t("Module"),
            rows.TITLE: t("Lesson"),
            rows.COUNTS: st.column_config.CheckboxColumn(t("Required")),
            rows.WEIGHT: weight,
            rows.GROUP: st.column_config.TextColumn(
                t("Group"),
                max_chars=200,
                help=t("Lessons with the same group name count together, as one requirement."),
            ),
        },
    )
    st.markdown(f"**{t('Groups')}**")
    st.caption(t("How many lessons of a group are needed, and what the group weighs."))
    groups: Any = st.data_editor(
        Table.from_pylist(rows.group_rows(rules), _GROUPS),
        key=f"{key}-{rules.number}-groups",
        hide_index=True,
        num_rows="dynamic",
        column_config={
            rows.GROUP: t("Group"),
            rows.NEEDED: st.column_config.NumberColumn(t("Needed"), min_value=1, step=1),
            rows.WEIGHT: weight,
        },
    )
    return rows.rules_from(int(mark_typed), lessons.to_pylist(), groups.to_pylist(), rules.number)


def _preview(
    key: str, course: WrittenCourse, asked: Rules, principal: Principal, t: Language
) -> None:
    with services().reading() as session:
        told = rule_changes.preview(session, principal, course.course_id, asked)
    with st.container(border=True):
        st.subheader(t("What the change would do"), anchor=False)
        _effects(told, t)
        scope = st.radio(
            t("Whom the new rules are for"),
            list(Scope),
            format_func=lambda one: t(_SCOPES[one]),
            key=f"{key}-scope",
        )
        scope = scope or Scope.NEW
        with st.container(horizontal=True):
            if st.button(t("Put the rules in force"), type=theme.call_to_action()):
                _apply(key, course, asked, scope, principal, t)
            if st.button(t("Discard the change"), key=f"{key}-discard"):
                _forget(key)
                st.rerun()


def _apply(
    key: str,
    course: WrittenCourse,
    asked: Rules,
    scope: Scope,
    principal: Principal,
    t: Language,
) -> None:
    with services().work() as session:
        number = rule_changes.change_rules(
            session, principal, course.course_id, asked.number, asked, scope
        )
    _forget(key)
    feedback.done(t("Rules {number} are in force.", number=t.number(number)))


def _forget(key: str) -> None:
    st.session_state.pop(key, None)


def _effects(told: Preview, t: Language) -> None:
    if told.pass_mark_before != told.pass_mark_after:
        st.markdown(
            t(
                "The pass mark goes from {before} to {after}.",
                before=t.number(told.pass_mark_before),
                after=t.number(told.pass_mark_after),
            )
        )
    st.markdown(
        t(
            "Of {in_course} in the course, {changed} would see other numbers if moved, "
            "{falls} of them a lower progress. {ended} have ended the course and keep their rules.",
            in_course=t.number(told.in_course),
            changed=t.number(len(told.effects)),
            falls=t.number(sum(one.falls for one in told.effects)),
            ended=t.number(told.ended),
        )
    )
    if told.effects:
        _table(told.effects, t)


def _passes(is_so: bool | None, t: Language) -> str:
    if is_so is None:
        return MISSING
    return t("yes") if is_so else t("no")


def _table(effects: Sequence[Effect], t: Language) -> None:
    ordered = sorted(effects, key=lambda one: (not one.falls, one.learner))
    st.dataframe(
        Table.from_pylist(
            [
                {
                    t("Learner"): one.learner,
                    t("Progress now"): percent(one.before, t),
                    t("Progress then"): percent(one.after, t),
                    t("Passes now"): _passes(one.passes_before, t),
                    t("Passes then"): _passes(one.passes_after, t),
                }
                for one in ordered[:_SHOWN]
            ]
        ),
        hide_index=True,
        height=420 if len(ordered) > 10 else "content",
        alt=t("Learners whose progress the new rules would change"),
    )
    if len(ordered) > _SHOWN:
        st.caption(t("The first {n} are shown.", n=t.number(_SHOWN)))
