"""People: invite, roles, deactivation, sign-ins; for administrators."""

import streamlit as st

from components import people, viewer
from core.accounts.access import Area


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.PEOPLE)
    t = viewer.words()
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(t("People"), width="content", anchor=False)
        people.invite(principal)
    found = people.search(principal)
    if not found:
        st.info(t("Nobody matches. Try a part of the name or of the e-mail address."))
        return
    chosen = people.choose(found)
    if chosen is None:
        st.caption(t("Choose a row to change roles or access."))
    else:
        people.one(principal, chosen)
