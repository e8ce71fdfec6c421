"""Suggestions: what to change in budgets, audiences, creatives and timing, and how sure it is."""

import streamlit as st

from components import campaign_head, queries, viewer
from components.campaign_detail import tabs
from components.suggestions import head, parts
from core.accounts.access import Area


def page() -> None:
    """Read the filters and draw the open part."""
    principal = viewer.page(Area.CAMPAIGNS)
    t, generation = viewer.words(), queries.generation()
    choices = queries.campaign_choices(principal, generation)
    st.title(t("Suggestions"), anchor=False)
    if choices is None:
        campaign_head.what_to_import(principal, t)
        return
    asked = head.show(principal, generation, choices, t)
    tabs.show(parts.of(principal, generation, asked, t), t)
