"""Documents from a table: the rows looked over, the batches as they go, and their zips."""

import streamlit as st

from components import document_batch, jobs, links, viewer
from core.accounts.access import Area
from core.jobs.models import JobKind

_SHOWN = 3  # latest finished batches kept in sight


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.NEW_DOCUMENT)
    t = viewer.words()
    st.title(t("Documents from a table"))
    links.to("new-document", t("New document"), ":material/arrow_back:")
    document_batch.explain()
    document_batch.request(principal)
    jobs.watch(
        Area.NEW_DOCUMENT,
        [JobKind.MAKE_BATCH],
        after=document_batch.offer,
        named=document_batch.job_name,
        keep=_SHOWN,
    )
