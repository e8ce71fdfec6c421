"""The form that writes a lesson's quiz: its rules, then its questions."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from components import feedback, theme
from components.lessons import question_fields
from core.accounts.access import Principal
from core.courses import quiz_editing
from core.courses.quiz_editing import QuizPlan
from core.courses.quiz_models import AttemptRule
from core.i18n import Language, mark
from wiring import services

_RULES = {
    AttemptRule.BEST: mark("The best attempt"),
    AttemptRule.LAST: mark("The last attempt"),
}
_NEW = 0  # stands for a quiz that is not there yet, among the ids of those that are


def show(lesson_id: int, principal: Principal, t: Language) -> None:
    """The lesson's quiz as a form; where it has none, the ways to give it one."""
    with services().reading() as session:
        plan = quiz_editing.planned(session, principal, lesson_id)
        waiting = [] if plan else quiz_editing.waiting(session, principal, lesson_id)
    with st.container(border=True):
        st.subheader(t("Quiz"), anchor=False)
        if plan is None:
            plan = _choose(lesson_id, waiting, t)
        if plan is not None:
            _form(lesson_id, plan, principal, t)


def _choose(lesson_id: int, waiting: list[tuple[int, str]], t: Language) -> QuizPlan | None:
    """A new quiz, or one of the course's graded quizzes that no lesson asks yet."""
    titles = {_NEW: t("A new quiz")} | dict(waiting)
    chosen: int | None = st.selectbox(
        t("Add a quiz"),
        list(titles),
        format_func=titles.__getitem__,
        index=None,
        placeholder=t("This lesson has no quiz"),
        key=f"quiz-of-{lesson_id}",
    )
    if chosen is None:
        return None
    title = "" if chosen == _NEW else titles[chosen]
    return QuizPlan(
        assessment_id=chosen or None,
        title=title,
        weight=Decimal(0),
        due_day=None,
        pass_mark=60,
        attempts_allowed=None,
        counts=AttemptRule.BEST,
        must_pass=True,
        questions=(),
    )


def _form(lesson_id: int, plan: QuizPlan, principal: Principal, t: Language) -> None:
    key = f"quiz-{lesson_id}-{plan.assessment_id or 0}"
    more = st.number_input(
        t("Empty questions below"), 0, 20, 0 if plan.questions else 3, key=f"{key}-more"
    )
    with st.form(key, enter_to_submit=False, border=False):
        typed = _rules(key, plan, t)
        questions = question_fields.ask(key, plan.questions, int(more), t)
        sent = st.form_submit_button(
            t("Save the quiz"), type=theme.call_to_action(), icon=":material/save:"
        )
    st.caption(t("Attempts that were handed in keep their marks when questions change."))
    if sent:
        with feedback.sentences():
            with services().work() as session:
                quiz_editing.save(
                    session, principal, lesson_id, replace(typed, questions=questions)
                )
            st.session_state.pop(f"{key}-more", None)
            feedback.done(t("The quiz is saved."))
    if plan.assessment_id and plan.questions and st.button(t("Take the quiz off this lesson")):
        with feedback.sentences():
            with services().work() as session:
                quiz_editing.remove(session, principal, lesson_id)
            feedback.done(t("The quiz is off this lesson; what was handed in stays."))


def _rules(key: str, plan: QuizPlan, t: Language) -> QuizPlan:
    with st.grid(2, min_column_width=240):
        in_the_grade = _in_the_grade(key, plan, t)
        ruled = _attempts(key, in_the_grade, t)
    must_pass = st.checkbox(
        t("The lesson is done only once the quiz is passed"), plan.must_pass, key=f"{key}-must"
    )
    return replace(ruled, must_pass=must_pass)


def _in_the_grade(key: str, plan: QuizPlan, t: Language) -> QuizPlan:
    title = st.text_input(t("Title"), plan.title, max_chars=200, required=True, key=f"{key}-title")
    weight = st.number_input(
        t("Weight in the grade"),
        0.0,
        100_000.0,
        float(plan.weight),
        key=f"{key}-weight",
        help=t("Only the proportions of the weights matter."),
    )
    due = st.number_input(
        t("Due, in days after the course's start"),
        0,
        3650,
        plan.due_day,
        key=f"{key}-due",
        placeholder=t("no date"),
    )
    return replace(plan, title=title or "", weight=Decimal(str(weight)), due_day=due)


def _attempts(key: str, plan: QuizPlan, t: Language) -> QuizPlan:
    pass_mark = st.number_input(t("Pass mark (of 100)"), 0, 100, plan.pass_mark, key=f"{key}-pass")
    attempts = st.number_input(
        t("Attempts allowed"),
        1,
        100,
        plan.attempts_allowed,
        key=f"{key}-attempts",
        placeholder=t("no limit"),
    )
    counts: AttemptRule | None = st.selectbox(
        t("Which attempt counts"),
        list(AttemptRule),
        index=list(AttemptRule).index(plan.counts),
        format_func=lambda one: t(_RULES[one]),
        key=f"{key}-counts",
    )
    return replace(
        plan,
        pass_mark=int(pass_mark),
        attempts_allowed=attempts,
        counts=counts or plan.counts,
    )
