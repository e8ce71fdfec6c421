"""Whom to help first: the learners by risk, with reasons in words."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from components.courses.wording import STATUS_NAMES
from components.labels import literal
from components.links import course_address
from core.courses.cohort_service import PAGE_ROWS
from core.courses.cohorts import RankedLearner, Ranking
from core.courses.schemas import CourseSummary
from core.i18n import MISSING, Language

PAGE = "ranking_page"


def show(ranking: Ranking, of: CourseSummary, t: Language) -> None:
    """The ranking's page with by what, and as of when, it is ranked."""
    st.caption(ranked_by(ranking, of, t))
    if not ranking.learners:
        st.info(t("Nobody matches these filters."))
        return
    event = st.dataframe(
        [_row(one, t) for one in ranking.learners],
        hide_index=True,
        height=460,
        column_config=_columns(t),
        alt=t("Learners by risk, with reasons and what they did"),
        **_choosing(ranking),
    )
    if ranking.source is not None:
        _why(chosen(ranking, event["selection"]["cells"]), t)


def _choosing(ranking: Ranking) -> dict[str, Any]:
    """Options that let a cell be chosen, where there are reasons to read below the table."""
    if ranking.source is None:
        return {}
    return {"on_select": "rerun", "selection_mode": "single-cell"}


def chosen(ranking: Ranking, cells: Sequence[tuple[int, str]]) -> RankedLearner:
    """The learner in whose row a cell was chosen; the first where none was."""
    row = cells[0][0] if cells else 0
    return ranking.learners[row if row < len(ranking.learners) else 0]


def _why(one: RankedLearner, t: Language) -> None:
    """The reasons of one learner in full, which a narrow screen's table cuts off."""
    risk = t.percent(one.risk, 0)
    told = reasons(one, t) or [t("Nothing stands out.")]
    with st.container(border=True, gap="small"):
        st.markdown(t("Why **{name}**: risk {risk}", name=literal(one.name), risk=risk))
        st.markdown("\n".join(f"- {literal(reason)}" for reason in told))
        st.caption(how_found(t))
        st.caption(t("Choose a cell of the table to read of another learner."))


def how_found(t: Language) -> str:
    """What the reasons are, in a sentence or two."""
    return t(
        "Reasons are exact Shapley values (SHAP over groups of figures): the parts in which the "
        "risk differs from that of a learner in the middle of the cohort. The three largest that "
        "raise it are shown; they are no causes."
    )


def _columns(t: Language) -> dict[str, Any]:
    text = st.column_config.TextColumn
    figures = ("Lessons done", "Due work missing", "Grade so far (of 100)")
    return {
        "open": st.column_config.LinkColumn(
            t("Page"), display_text=t("Open"), width=70, pinned=True
        ),
        t("Risk"): text(alignment="right", width=70),
        t("Why"): text(width=420),
        **{t(name): text(alignment="right") for name in figures},
    }


def ranked_by(ranking: Ranking, of: CourseSummary, t: Language) -> str:
    """By which model, of when, and as known when; or that none answers."""
    source = ranking.source
    if source is None:
        return t("No model answers for this course yet, so learners are ranked by missing work.")
    known_on = of.start_date + timedelta(days=source.day)
    told = t(
        "Risk of not passing or leaving, by {model} version {version}, trained {trained}; "
        "as known on day {day} of the course ({date}).",
        model=source.model,
        version=t.number(source.version),
        trained=t.date(source.trained_at.date()),
        day=t.number(source.day),
        date=t.date(known_on),
    )
    count = t.plural(
        "{n} learner can be contacted.", "{n} learners can be contacted.", ranking.within_capacity
    )
    return f"{told} {count}"


def pages(found: int, t: Language) -> None:
    """Where to choose a page of the ranking; nothing where all fit on one."""
    last = -(-found // PAGE_ROWS)
    if last < 2:
        return
    st.session_state[PAGE] = min(st.session_state.get(PAGE, 1), last)
    st.number_input(t("Page of {last}", last=t.number(last)), 1, last, key=PAGE, width=140)


def cells(one: RankedLearner, t: Language) -> dict[str, str]:
    """A learner as texts.

    Where no model answers there is neither a risk nor a reason to show.
    """
    figures = one.figures
    contact = t("Yes") if one.is_within_capacity else t("No")
    return {
        t("Learner"): one.name,
        **({t("Contact"): contact} if one.risk is None else _risk(one, contact, t)),
        t("State"): t(STATUS_NAMES[figures.status]),
        t("Lessons done"): _of(figures.lessons_done, figures.lessons_required, t),
        t("Due work missing"): _of(figures.missing, figures.due, t),
        t("Grade so far (of 100)"): t.number(figures.grade),
        t("Last active"): t.date(figures.last_active_on),
    }


def _risk(one: RankedLearner, contact: str, t: Language) -> dict[str, str]:
    why = "; ".join(reasons(one, t))
    return {t("Risk"): t.percent(one.risk, 0), t("Contact"): contact, t("Why"): why or MISSING}


def reasons(one: RankedLearner, t: Language) -> list[str]:
    """Why the model gives a learner this risk, in words; the weightiest first."""
    return [t(reason.message, **reason.values) for reason in one.reasons]


def _row(one: RankedLearner, t: Language) -> dict[str, str]:
    return {"open": course_address(one.figures.enrollment_id), **cells(one, t)}


def _of(part: int, whole: int, t: Language) -> str:
    return f"{t.number(part)} / {t.number(whole)}" if whole else MISSING
