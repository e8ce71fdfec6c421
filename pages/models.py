"""Models: how good each version is, which one answers; training, promotion and roll back."""

import streamlit as st

from components import viewer
from components.models import actions, names, scorecard, versions
from core.accounts.access import Area


def page() -> None:
    """Draw the page."""
    principal = viewer.page(Area.MODELS)
    t = viewer.words()
    known = versions.families()
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(t("Models"), width="content", anchor=False)
        actions.train(principal, known, t)
    actions.watch(known)
    for family in known:
        st.header(names.family_name(family.name, t), anchor=False)
        versions.show(principal, family, t)
    scorecard.show(principal, t)
