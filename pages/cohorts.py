"""Cohorts: how far a course's learners came, and whom to help first."""

import streamlit as st

from components import cohort_queries, completions, course_admin, queries, viewer
from components.cohorts import choose, contacts, contests, head, learners, overview
from components.courses import taking_part
from core import clock
from core.accounts.access import Area


def page() -> None:
    """Read the course and the filters, ask for the figures, draw them."""
    principal = viewer.page(Area.COHORTS)
    t, today, generation = viewer.words(), clock.today(), queries.generation()
    title = st.container()
    course = choose.course(principal, t)
    if course is None:
        head.nothing(title, principal, t)
        return
    cohort = cohort_queries.cohort_overview(principal, generation, course.course_id, today)
    actions = head.show(title, generation, cohort, t)
    with actions:
        course_admin.show(principal, course)
        taking_part.opening(principal, course.course_id, t)
    if not cohort.enrolled:
        st.info(t("Nobody is enrolled in this course yet, or not since the data was renewed."))
        return
    overview.kpis(cohort, t)
    with st.container(border=True):
        st.subheader(t("Whom to help first"), anchor=False)
        view = choose.ranking(course, head.risk_days(t), today, t)
        ranking, view = head.answered(principal, generation, course.course_id, view, today)
        learners.show(ranking, course, t)
        learners.pages(ranking.found, t)
    contacts.show(ranking, course, generation, t)
    contests.show(principal, course.course_id, t)
    with actions:
        head.export(generation, course, view, today, t)
    overview.charts(cohort, t)
    overview.lessons(cohort, t)
    overview.comparison(cohort, t)
    overview.work(cohort, t)
    completions.of_course(principal, generation, course.course_id, t)
