"""One campaign: its figures against those before, its funnel, what they consist of, its days."""

import streamlit as st

from components import campaign_export, campaign_head, filters, queries, viewer
from components.campaign_detail import head, parts, tabs
from core.accounts.access import Area


def page() -> None:
    """Read the address and the filters, ask for the figures, draw the open part."""
    principal = viewer.page(Area.CAMPAIGNS)
    t, generation = viewer.words(), queries.generation()
    profile = head.find(principal, generation, t)
    if profile is None:
        return
    actions = head.show(principal, profile, t)
    if not profile.currencies:
        head.nothing_reported(t)
        return
    fresh = st.container(gap="xxsmall")
    view = filters.of_campaign(profile, t)
    overview = queries.campaign_overview(principal, generation, view)
    with fresh:
        head.fresh(profile, overview, t)
    with actions:
        campaign_export.of_campaign(generation, profile, overview, t)
    if overview.now is None:
        campaign_head.nothing_here(profile.days_of(view.currency), t)
        return
    tabs.show(parts.of(principal, generation, overview, t), t)
