"""Grade books of other systems: looked at, taken over, and given out in the same forms."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

import streamlit as st
from pyarrow.lib import Table

from components import feedback, theme, viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.courses import contents_editing, gradebook_export, gradebook_import, work_editing
from core.courses.course_editing import WrittenCourse
from core.courses.gradebook import Column, Form, Gradebook, Reason
from core.courses.gradebook_import import ImportReport
from core.courses.gradebook_reading import read_gradebook
from core.i18n import Language, mark
from wiring import services

_LARGEST_MB = 20
_FORMS = {
    Form.CANVAS: mark("Canvas grade book"),
    Form.MOODLE_COMPLETION: mark("Moodle activity completion"),
    Form.MOODLE_GRADES: mark("Moodle grades"),
    Form.OPEN_EDX: mark("Open edX grade report"),
}
_REASONS = {
    Reason.UNKNOWN_LEARNER: mark("nobody in this course is known by this"),
    Reason.AMBIGUOUS_LEARNER: mark("several learners have this name"),
    Reason.NOT_A_SCORE: mark("this is not a number"),
    Reason.OUT_OF_RANGE: mark("the score is below 0 or above full marks"),
    Reason.NO_POINTS: mark("full marks are not told"),
    Reason.NO_DATE: mark("the day of completion is not told"),
    Reason.OTHER_ATTEMPT: mark("another attempt has a higher score"),
    Reason.TWICE: mark("the learner stands in the file twice"),
}
Targets = dict[str, int | None]


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """The file to take over, and the files to give out."""
    with st.container(border=True):
        st.subheader(t("Take a grade book over"), anchor=False)
        st.caption(
            t(
                "CSV of Canvas, Moodle or Open edX. Scores have no date there: they count, are "
                "marked as brought in, and are never late."
            )
        )
        file = st.file_uploader(
            t("Grade book"),
            type=["csv", "txt"],
            key=f"gradebook-{course.course_id}",
            max_upload_size=_LARGEST_MB,
        )
        if file is not None:
            with feedback.sentences():
                _file(course, read_gradebook(file.getvalue()), principal, t)
    _export(course, t)


def _file(course: WrittenCourse, book: Gradebook, principal: Principal, t: Language) -> None:
    st.markdown(
        t(
            "{form}: {learners} learners, {columns} columns.",
            form=t(_FORMS[book.form]),
            learners=t.number(len(book.lines)),
            columns=t.number(len(book.columns)),
        )
    )
    targets, points = _mapping(course, book, principal, t)
    told = _run(course, book, targets, points, principal, is_dry=True)
    _report(told, t)
    if st.button(
        t.plural("Take {n} cell over", "Take {n} cells over", told.kept),
        type=theme.call_to_action(),
        disabled=not told.kept,
    ):
        done = _run(course, book, targets, points, principal, is_dry=False)
        feedback.done(
            t(
                "Kept {kept}, duplicate {duplicate}, not taken over {refused}.",
                kept=t.number(done.kept),
                duplicate=t.number(done.duplicate),
                refused=t.number(len(done.refused)),
            )
        )


def _mapping(
    course: WrittenCourse, book: Gradebook, principal: Principal, t: Language
) -> tuple[Targets, dict[str, Decimal]]:
    """What each column is in the course, and full marks where the file does not tell them."""
    with services().reading() as session:
        found = gradebook_import.matches(session, principal, course.course_id, book)
        work = work_editing.graded(session, principal, course.course_id)
        modules = contents_editing.contents(session, principal, course.course_id)
    lessons = {one.lesson_id: one.plan.title for module in modules for one in module.lessons}
    pieces = {one.assessment_id: one.plan.title for one in work}
    targets: Targets = {}
    points: dict[str, Decimal] = {}
    for number, one in enumerate(book.columns):
        key = f"column-{course.course_id}-{number}"
        offered = lessons if one.is_completion else pieces
        with st.grid(2, min_column_width=220):
            targets[one.heading] = _target(key, one, offered, found[one.heading], t)
            if one.points is None and not one.is_completion:
                full = st.number_input(t("Full marks"), 0.01, 100_000.0, None, key=f"{key}-points")
                if full:
                    points[one.heading] = Decimal(str(full))
    return targets, points


def _target(
    key: str, one: Column, offered: Mapping[int, str], match: int | None, t: Language
) -> int | None:
    options = [None, *offered]
    chosen: int | None = st.selectbox(
        literal(one.title),
        options,
        index=options.index(match),
        format_func=lambda target: t("leave out") if target is None else offered[target],
        key=key,
    )
    return chosen


def _run(
    course: WrittenCourse,
    book: Gradebook,
    targets: Targets,
    points: Mapping[str, Decimal],
    principal: Principal,
    *,
    is_dry: bool,
) -> ImportReport:
    with services().work() as session:
        told = gradebook_import.import_gradebook(
            session, principal, course.course_id, book, targets, points
        )
        if is_dry:
            session.rollback()
    return told


def _report(told: ImportReport, t: Language) -> None:
    st.markdown(
        t.plural(
            "{n} cell: {kept} to keep, {replaced} of them change a score; {duplicate} "
            "duplicate; {refused} not taken over.",
            "{n} cells: {kept} to keep, {replaced} of them change a score; {duplicate} "
            "duplicate; {refused} not taken over.",
            told.read,
            kept=t.number(told.kept),
            replaced=t.number(told.replaced),
            duplicate=t.number(told.duplicate),
            refused=t.number(len(told.refused)),
        )
    )
    if told.unknown:
        names = ", ".join(literal(one) for one in told.unknown[:20])
        st.warning(t("Not in this course: {names}", names=names), icon=":material/person_search:")
    if told.refused:
        rows = [
            {
                t("Line"): t.number(one.line),
                t("Person"): one.learner,
                t("Column"): one.heading,
                t("Why not"): t(_REASONS[one.reason]),
            }
            for one in told.refused
        ]
        st.dataframe(
            Table.from_pylist(rows),
            hide_index=True,
            height=360 if len(rows) > 9 else "content",
            alt=t("Cells that are not taken over, and why"),
        )


def _export(course: WrittenCourse, t: Language) -> None:
    with st.container(border=True):
        st.subheader(t("Give grades out"), anchor=False)
        st.caption(t("In the same forms; taken over again, nothing changes."))
        with st.container(horizontal=True):
            for form in Form:
                st.download_button(
                    t(_FORMS[form]),
                    viewer.later(Area.COHORTS, partial(_written, course, form)),
                    file_name=f"{form.value}.csv",
                    mime="text/csv",
                    on_click="ignore",
                    key=f"export-{form}",
                )


def _written(course: WrittenCourse, form: Form, principal: Principal) -> bytes:
    with services().work() as session:
        gradebook_export.note_export(session, principal, course.course_id, form)
        return gradebook_export.export_gradebook(session, principal, course.course_id, form)
