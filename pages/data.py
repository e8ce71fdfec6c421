"""Data: imports and what became of their rows, the warehouse's state, the sample world."""

import streamlit as st

from components import (
    import_history,
    import_questions,
    imports,
    jobs,
    own_data,
    platform,
    queries,
    sources,
    viewer,
    xapi_export,
)
from core.accounts.access import Area
from core.jobs.models import JobKind

_KINDS = (
    JobKind.IMPORT_ADS,
    JobKind.IMPORT_OULAD,
    JobKind.SYNC,
    JobKind.LOAD_SAMPLE,
    JobKind.REMOVE_SAMPLE,
    JobKind.ADVANCE_SAMPLE,
)


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.DATA)
    t = viewer.words()
    st.title(t("Data"), anchor=False)
    imports.forms(principal)
    import_questions.show(principal)
    jobs.watch(Area.DATA, _KINDS)
    import_history.show(principal)
    sources.of_all(principal, queries.generation(), t)
    left, right = st.columns(2, gap="medium")
    with left:
        platform.warehouse(principal)
        xapi_export.show(principal, t)
    with right:
        platform.sample_world(principal)
        own_data.waiting(principal, t)
