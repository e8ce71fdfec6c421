"""Profile: one's own name, language, password and sign-ins."""

import streamlit as st

from components import alert_subscription, own_data, profile, viewer
from core.accounts.access import Area


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.PROFILE)
    t = viewer.words()
    st.title(t("Profile"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        profile.name_and_language(principal)
    with right:
        profile.password(principal)
    if principal.may_open(Area.CAMPAIGNS):
        alert_subscription.show(principal)
    profile.sign_ins(principal)
    own_data.show(principal, t)
