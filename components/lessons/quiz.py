"""A lesson's quiz: taking it, and what the attempts brought."""

import streamlit as st

from components import feedback, theme
from components.courses import wording
from components.labels import literal
from core.accounts.access import Principal
from core.courses import quizzes
from core.courses.lesson_schemas import AttemptResult, LessonPage, QuizPage
from core.courses.quiz_marking import Answer, Mark, Question
from core.courses.quiz_models import AttemptRule, QuestionKind
from core.i18n import Language
from wiring import services


def show(page: LessonPage, principal: Principal, t: Language) -> None:
    """The quiz with its rules, the form of an open attempt, and every result."""
    if page.quiz_id is None:
        return
    with services().reading() as session:
        quiz = quizzes.quiz_page(session, principal, page.enrollment_id, page.lesson_id)
    if quiz is None:
        return
    with st.container(border=True):
        st.subheader(literal(quiz.title), anchor=False)
        st.caption(_rules(quiz, t))
        if not quiz.questions:
            st.info(t("This quiz has no questions yet."), icon=":material/draft:")
        elif quiz.can_attempt and quiz.open_attempt is not None:
            _form(quiz, quiz.open_attempt, principal, t)
        elif quiz.can_attempt:
            _begin(quiz, principal, t)
        for place, result in enumerate(quiz.results):
            _result(quiz, result, is_latest=place == 0, t=t)


def _rules(quiz: QuizPage, t: Language) -> str:
    """Pass mark, attempts, which of them counts, and what passing is needed for."""
    told = [
        t.plural("{n} question", "{n} questions", len(quiz.questions)),
        t("passed from {pass_mark} of 100", pass_mark=t.number(quiz.pass_mark)),
    ]
    if quiz.attempts_left is None:
        told.append(t("as many attempts as you like"))
    else:
        allowed = t.number(quiz.attempts_allowed)
        told.append(t("{n} of {all} attempts left", n=t.number(quiz.attempts_left), all=allowed))
    if quiz.attempts_allowed != 1:
        is_best = quiz.counts is AttemptRule.BEST
        told.append(t("the best attempt counts") if is_best else t("the last attempt counts"))
    if quiz.due_on is not None:
        told.append(t("due {day}", day=t.date(quiz.due_on)))
    if quiz.must_pass:
        told.append(t("the lesson is done by passing"))
    return " · ".join(told)


def _begin(quiz: QuizPage, principal: Principal, t: Language) -> None:
    label = t("Try again") if quiz.results else t("Begin the quiz")
    if st.button(label, key="begin-quiz", type=theme.call_to_action(), icon=":material/quiz:"):
        with feedback.sentences():
            with services().work() as session:
                quizzes.begin_attempt(session, principal, quiz.enrollment_id, quiz.assessment_id)
            st.rerun()


def _form(quiz: QuizPage, attempt: int, principal: Principal, t: Language) -> None:
    """The questions; what is answered is handed in once, also from two tabs."""
    with st.form(f"attempt-{attempt}", enter_to_submit=False, border=False):
        answers = {
            one.question_id: _ask(place, one, f"answer-{attempt}-{one.question_id}", t)
            for place, one in enumerate(quiz.questions, 1)
        }
        sent = st.form_submit_button(
            t("Hand in"), type=theme.call_to_action(), icon=":material/send:"
        )
    if sent:
        with feedback.sentences():
            with services().work() as session:
                result = quizzes.submit(session, principal, attempt, answers)
            feedback.done(_outcome(result, t))


def _ask(place: int, question: Question, key: str, t: Language) -> Answer:
    """One question with the field of its kind; None where nothing is chosen or typed."""
    st.markdown(f"**{t.number(place)}.** {question.text}")
    label = t("Answer to question {n}", n=t.number(place))
    options = [literal(option) for option in question.options]
    if question.kind is QuestionKind.SINGLE:
        chosen: int | None = st.radio(
            label,
            range(len(options)),
            format_func=options.__getitem__,
            index=None,
            key=key,
            label_visibility="collapsed",
        )
        return chosen
    if question.kind is QuestionKind.MULTIPLE:
        st.caption(t("Choose every right one."))
        ticked = [st.checkbox(option, key=f"{key}-{n}") for n, option in enumerate(options)]
        return [n for n, is_ticked in enumerate(ticked) if is_ticked]
    return st.text_input(label, max_chars=500, key=key, label_visibility="collapsed") or None


def _outcome(result: AttemptResult, t: Language) -> str:
    score = wording.plain(result.score, t)
    if result.passed:
        return t("Passed with {score} of 100.", score=score)
    return t("Not passed: {score} of 100.", score=score)


def _result(quiz: QuizPage, result: AttemptResult, *, is_latest: bool, t: Language) -> None:
    label = t(
        "Attempt {n}, {moment}: {outcome}",
        n=t.number(result.number),
        moment=t.moment(result.submitted_at),
        outcome=_outcome(result, t),
    )
    icon = ":material/check_circle:" if result.passed else ":material/cancel:"
    with st.expander(label, icon=icon, expanded=is_latest, key=f"result-{result.attempt_id}"):
        for place, mark in enumerate(result.marks, 1):
            _mark(place, mark, shows_answer=quiz.shows_answers or not quiz.is_own, t=t)
        if not quiz.shows_answers and quiz.is_own:
            st.caption(t("Right answers are shown once you have passed or no attempt is left."))


def _mark(place: int, mark: Mark, *, shows_answer: bool, t: Language) -> None:
    icon = ":material/check:" if mark.is_right else ":material/close:"
    points = t(
        "{earned} of {points} points",
        earned=wording.plain(mark.earned, t),
        points=wording.plain(mark.points, t),
    )
    st.markdown(f"{icon} **{t.number(place)}.** {mark.text}")
    given = literal(", ".join(mark.given)) if mark.given else t("not answered")
    told = [points, t("your answer: {given}", given=given)]
    if shows_answer and not mark.is_right:
        told.append(t("right: {expected}", expected=literal(", ".join(mark.expected))))
    st.caption(" · ".join(told))
