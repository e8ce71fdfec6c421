"""Catalogue: the courses that are open to enrol in."""

import streamlit as st

from components import viewer
from components.courses import catalogue
from core.accounts.access import Area


def page() -> None:
    """Draw a card for each course that is open."""
    principal = viewer.page(Area.MY_COURSES)
    t = viewer.words()
    st.title(t("Catalogue"), anchor=False)
    catalogue.show(principal, t)
