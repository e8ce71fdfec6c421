"""Track record: what was accepted, what was predicted of it, and what came."""

import streamlit as st

from components import viewer
from components.track_record import detail, listing, overview, records
from core.accounts.access import Area


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.CAMPAIGNS)
    t = viewer.words()
    st.title(t("Track record"), anchor=False)
    found = records.read(principal)
    if not found:
        records.empty(t)
        return
    overview.show(found, t)
    detail.show(listing.show(found, t), t)
