"""Enrolling people from a list: every row is looked at before anything is written."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from pyarrow.lib import Table

from components import feedback, theme
from core.accounts.access import Principal
from core.courses import enrolment_lists
from core.courses.course_editing import WrittenCourse
from core.courses.enrolment_lists import Entry, Outcome, Told
from core.i18n import MISSING, Language, mark
from wiring import services

_LARGEST_MB = 20
OUTCOMES = {
    Outcome.ENROLLED: mark("is enrolled"),
    Outcome.ADDED: mark("is added and enrolled; an administrator can invite them"),
    Outcome.NAMED: mark("is added by name, without a sign-in, and enrolled"),
    Outcome.ALREADY: mark("is in this course already"),
    Outcome.TWICE: mark("stands in the list twice"),
    Outcome.UNKNOWN: mark("nobody is known by this here"),
    Outcome.AMBIGUOUS: mark("several people have this name: give an address"),
    Outcome.NOT_A_LEARNER: mark("is not a learner here"),
    Outcome.BAD_EMAIL: mark("this is not an e-mail address"),
    Outcome.BAD_NAME: mark("this cannot be a name"),
    Outcome.NO_CAMPAIGN: mark("no one campaign has this number or name"),
    Outcome.EMPTY: mark("the row names nobody"),
}


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """The upload of a list, what each row would come to, and the button that does it."""
    key = f"list-{course.course_id}"
    with st.container(border=True):
        st.subheader(t("Enrol from a list"), anchor=False)
        st.caption(t("A CSV file with headings: name, email or person id, and campaign if known."))
        file = st.file_uploader(
            t("List of people"),
            type=["csv", "txt"],
            key=f"{key}-file",
            max_upload_size=_LARGEST_MB,
        )
        add = st.checkbox(t("Add people who are not known here"), key=f"{key}-add")
        if file is None:
            return
        with feedback.sentences():
            entries = enrolment_lists.read_list(file.getvalue())
            told = _run(course, entries, principal, add_unknown=add, is_dry=True)
            _show(told, t)
            _enrol(key, course, entries, told, principal, add_unknown=add, t=t)


def _enrol(
    key: str,
    course: WrittenCourse,
    entries: Sequence[Entry],
    told: Sequence[Told],
    principal: Principal,
    *,
    add_unknown: bool,
    t: Language,
) -> None:
    count = sum(one.outcome.is_done for one in told)
    label = t.plural("Enrol {n} person", "Enrol {n} people", count)
    if st.button(label, type=theme.call_to_action(), disabled=not count, key=f"{key}-go"):
        done = _run(course, entries, principal, add_unknown=add_unknown, is_dry=False)
        count = sum(one.outcome.is_done for one in done)
        feedback.done(t.plural("{n} person is enrolled.", "{n} people are enrolled.", count))


def _run(
    course: WrittenCourse,
    entries: Sequence[Entry],
    principal: Principal,
    *,
    add_unknown: bool,
    is_dry: bool,
) -> list[Told]:
    with services().work() as session:
        told = enrolment_lists.enrol_list(
            session, principal, course.course_id, entries, add_unknown=add_unknown
        )
        if is_dry:
            session.rollback()
    return told


def _show(told: Sequence[Told], t: Language) -> None:
    counts = Counter(one.outcome for one in told)
    st.markdown(
        t.plural(
            "{n} row: {done} would be enrolled, {refused} not.",
            "{n} rows: {done} would be enrolled, {refused} not.",
            len(told),
            done=t.number(sum(count for outcome, count in counts.items() if outcome.is_done)),
            refused=t.number(sum(n for outcome, n in counts.items() if not outcome.is_done)),
        )
    )
    st.dataframe(
        Table.from_pylist(
            [
                {
                    t("Line"): t.number(one.entry.line),
                    t("Person"): one.entry.name
                    or one.entry.email
                    or one.entry.person_id
                    or MISSING,
                    t("What becomes of it"): t(OUTCOMES[one.outcome]),
                }
                for one in told
            ]
        ),
        hide_index=True,
        height=360 if len(told) > 9 else "content",
        alt=t("What becomes of each row of the list"),
    )
