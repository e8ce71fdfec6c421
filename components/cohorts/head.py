"""The head of the Cohorts page: which course, how fresh the data is, and the export."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import cohort_queries, exports, labels, viewer
from components.cohorts import absent, choose
from components.cohorts import export as cohort_export
from core.accounts.access import Area, Principal
from core.courses.cohorts import CohortOverview, Ranking, RankingView
from core.courses.schemas import CourseSummary
from core.i18n import Language
from ml.damage import ModelDamaged
from wiring import services


def show(
    place: DeltaGenerator, generation: int, overview: CohortOverview, t: Language
) -> DeltaGenerator:
    """Title and freshness above the choice of a course; gives the place for actions."""
    with place:
        st.title(t("Cohorts"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(freshness(generation, t), width="content")
            if overview.course.is_sample:
                st.badge(
                    t("Sample data"),
                    icon=":material/science:",
                    color="violet",
                    help=t("This course and its learners are invented."),
                )
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def freshness(generation: int, t: Language) -> str:
    """When the data was published."""
    published = services().warehouse.manifest(generation).published_at
    return t("Data of {moment}", moment=t.moment(published))


def nothing(place: DeltaGenerator, principal: Principal, t: Language) -> None:
    """The page while there is no course whose learners the person may see."""
    with place:
        st.title(t("Cohorts"), anchor=False)
    absent.show(principal, t)


def risk_days(t: Language) -> Sequence[int]:
    """Days for which a model answers; none, and why, where that cannot be told."""
    try:
        return cohort_queries.risk_days()
    except ModelDamaged as fault:
        st.error(labels.told(fault, t), icon=":material/error:")
        return ()


def answered(
    principal: Principal, generation: int, course_id: int, view: RankingView, today: date
) -> tuple[Ranking, RankingView]:
    """The ranking, and by what view; a damaged model is said, and missing work ranks instead."""
    try:
        return cohort_queries.cohort_ranking(principal, generation, course_id, view, today), view
    except ModelDamaged as fault:
        st.error(labels.told(fault, viewer.words()), icon=":material/error:")
        plain = replace(view, day=None)
        return cohort_queries.cohort_ranking(principal, generation, course_id, plain, today), plain


def export(generation: int, of: CourseSummary, view: RankingView, today: date, t: Language) -> None:
    """The Export menu, for all learners that the filters let through."""
    exports.menu(f"cohort_{of.code}_{today:%Y-%m-%d}", _build(generation, of, view, today, t), t)


def _build(
    generation: int, of: CourseSummary, view: RankingView, today: date, t: Language
) -> Callable[[], exports.Export]:
    def build(principal: Principal) -> exports.Export:
        overview, ranking = cohort_queries.cohort_export(
            principal, generation, of.course_id, view, today
        )
        head = [
            (t("Cohorts"), ""),
            *choose.in_words(of, view, t),
            (t("Data"), freshness(generation, t)),
        ]
        return cohort_export.cohort(head, overview, ranking, t)

    return viewer.later(Area.COHORTS, build)
