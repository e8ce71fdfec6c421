"""History: the documents a person may see, with their scores, downloads and ratings."""

import streamlit as st

from components import viewer
from components.document_history import listing
from core.accounts.access import Area


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.DOCUMENT_HISTORY)
    t = viewer.words()
    st.title(t("History"))
    listing.show(principal)
