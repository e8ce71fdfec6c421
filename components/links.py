"""Links to other pages from components, which may not know the pages themselves."""

import html
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st


def to(url_path: str, label: str, icon: str | None = None, **query: str) -> None:
    """A link to the page at ``url_path`` in this tab, with a query string if given."""
    page = st.Page(_elsewhere, title=label, url_path=url_path)
    st.page_link(page, label=label, icon=icon, query_params=query or None)


def reopening(url_path: str, label: str, query: Mapping[str, Sequence[str]]) -> None:
    """A link that opens a page anew in this tab; a page that is open keeps its filters else."""
    colour = st.get_option(f"theme.{st.context.theme.type or 'light'}.linkColor")
    address = html.escape(f"/{url_path}?{urlencode(query, doseq=True)}")
    st.html(f'<a href="{address}" style="color:{colour}">{html.escape(label)}</a>')


def course_address(enrollment_id: int) -> str:
    """Where an enrolment's course page is, for tables that link to it."""
    return f"/course?enrolment={enrollment_id}"


def cohort_address(course_id: int) -> str:
    """Where a course's cohort is, for tables that link to it."""
    return f"/cohorts?course={course_id}"


def course_editor_address(course_id: int) -> str:
    """Where a course is written, for tables that link to it."""
    return f"/course-editor?course={course_id}"


def plan_address(record_id: int) -> str:
    """Where the plan of a campaign that has a record is, for tables that link to it."""
    return f"/campaign-plan?plan={record_id}"


def campaign_address(campaign_id: int) -> str:
    """Where a campaign's own page is, by its id in the warehouse, for tables that link to it."""
    return f"/campaign?campaign={campaign_id}"


def new_plan_address(campaign_id: int) -> str:
    """Where a campaign of the warehouse that has no record is planned, for tables."""
    return f"/campaign-plan?campaign={campaign_id}"


def _elsewhere() -> None:
    """Stands for a page that is registered elsewhere; Streamlit knows pages by address."""
