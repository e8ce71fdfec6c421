"""The table of a course's graded work: when it was due, when it came, what it scored."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components.courses import wording
from core.courses.schemas import CoursePage, Work
from core.i18n import MISSING, Language


def show(page: CoursePage, t: Language) -> None:
    """Every piece of graded work in the order in which it is due."""
    if not page.work:
        return
    st.subheader(t("Graded work"), anchor=False)
    st.dataframe(
        table(page, t),
        hide_index=True,
        height="content",
        column_config=_columns(page.work, t),
        placeholder=MISSING,
        alt=t("Graded work with due date, day handed in and score"),
    )
    st.caption(
        t("Of several attempts the best one counts. Work without a score is left out of the grade.")
    )


def table(page: CoursePage, t: Language) -> pa.Table:
    """The columns: name, due, score (0-100), handed in, note, kind, share of the grade (0-1)."""
    work = page.work
    columns: dict[str, Any] = {
        "title": pa.array([one.title for one in work], pa.string()),
        "due": pa.array([_due(one, t) for one in work], pa.string()),
        "score": pa.array([_number(one.score) for one in work], pa.float64()),
        "handed_in": pa.array([_handed_in(one, t) for one in work], pa.string()),
        "note": pa.array([_note(one, page, t) for one in work], pa.string()),
        "kind": pa.array([t(wording.KIND_NAMES[one.kind]) for one in work], pa.string()),
        "share": pa.array([_number(one.grade_share) for one in work], pa.float64()),
    }
    return pa.table(columns)


def _due(work: Work, t: Language) -> str:
    return t("no date") if work.due_on is None else t.date(work.due_on)


def _handed_in(work: Work, t: Language) -> str | None:
    return None if work.handed_in_at is None else t.date(work.handed_in_at.date())


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def _note(work: Work, page: CoursePage, t: Language) -> str:
    if work.is_banked:
        return t("brought from an earlier course")
    if work.handed_in_at is None and work.was_due_before(page.enrolled_at):
        return t("was due before the enrolment")
    told = []
    if work.days_late:
        told.append(t.plural("{n} day late", "{n} days late", work.days_late))
    if work.handed_in_at and work.score is None:
        told.append(t("not graded yet"))
    return ", ".join(told)


def _columns(work: Sequence[Work], t: Language) -> dict[str, Any]:
    config = st.column_config
    whole = all(one.grade_share * 100 % 1 == 0 for one in work)
    return {
        "title": config.TextColumn(t("Work"), pinned=True),
        "kind": config.TextColumn(t("Kind")),
        "due": config.TextColumn(t("Due")),
        "handed_in": config.TextColumn(t("Handed in")),
        "score": config.NumberColumn(t("Score (of 100)"), format="localized"),
        "share": config.NumberColumn(
            t("Share of the grade"), format="percent", step=0.01 if whole else 0.001
        ),
        "note": config.TextColumn(t("Note")),
    }
