"""New document: a template's form, the making as it goes, and the download."""

import streamlit as st

from components import documents, house_style, jobs, links, viewer
from core.accounts.access import Area
from core.jobs.models import JobKind

_SHOWN = 3  # latest finished documents kept in sight


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.NEW_DOCUMENT)
    t = viewer.words()
    st.title(t("New document"))
    links.to("document-batch", t("Many at once, from a table"), ":material/table:")
    documents.request(principal)
    jobs.watch(
        Area.NEW_DOCUMENT,
        [JobKind.MAKE_DOCUMENT],
        after=documents.offer,
        named=documents.job_name,
        keep=_SHOWN,
    )
    house_style.show(principal)
