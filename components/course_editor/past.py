"""The history of a course: who changed what, when, from which value to which."""

from collections.abc import Sequence

import streamlit as st
from pyarrow.lib import Table

from components.course_editor import wording
from core.accounts.access import Principal
from core.campaigns.history import PastChange
from core.courses import authoring
from core.courses.course_editing import WrittenCourse
from core.i18n import MISSING, Language
from wiring import services


def show(course: WrittenCourse, principal: Principal, t: Language) -> None:
    """Every change as a row a field, the newest first."""
    with services().reading() as session:
        found = authoring.history(session, principal, course.course_id)
    rows = [row for one in found for row in _rows(one, t)]
    if not rows:
        st.info(t("Nothing has been changed here yet."), icon=":material/history:")
        return
    st.dataframe(
        Table.from_pylist(rows),
        hide_index=True,
        height=420 if len(rows) > 10 else "content",
        alt=t("Changes of this course with who made them, the newest first"),
    )
    if len(found) == authoring.HISTORY_ROWS:
        st.caption(t("The latest {n} changes are shown.", n=t.number(len(found))))


def _rows(past: PastChange, t: Language) -> Sequence[dict[str, str]]:
    head = {t("When"): t.moment(past.at), t("Who"): past.by or t("somebody who has left")}
    if not past.fields:
        return [head | _cells(t("Created"), MISSING, MISSING, t)]
    return [
        head
        | _cells(wording.past_field(one.field, t), one.before or MISSING, one.after or MISSING, t)
        for one in past.fields
    ]


def _cells(field: str, before: str, after: str, t: Language) -> dict[str, str]:
    return {t("Field"): field, t("Before"): before, t("After"): after}
