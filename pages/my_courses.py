"""My courses: the courses a person is enrolled in, and how they stand in each."""

import streamlit as st

from components import viewer
from components.courses import own
from core.accounts.access import Area


def page() -> None:
    """Draw a card for each course, or say why there is none."""
    principal = viewer.page(Area.MY_COURSES)
    t = viewer.words()
    st.title(t("My courses"), anchor=False)
    found = own.courses(principal)
    if found:
        own.tools(principal, t)
        own.cards(found, t)
    else:
        own.nothing(principal, t)
