"""Campaigns: what was spent, what came of it, and against the period before or last year."""

from functools import partial

import streamlit as st

from components import (
    breakdown,
    campaign_export,
    campaign_head,
    filters,
    funnel,
    kpi_row,
    queries,
    sources,
    viewer,
)
from components.campaign_watch import overview as attention
from components.charts import card, echarts_bars
from components.charts.spend_revenue import chart_title
from core.accounts.access import Area
from core.campaigns.kpis import Totals


def page() -> None:
    """Read the filters, ask for the figures, draw them."""
    viewer.page(Area.CAMPAIGNS)
    t, principal = viewer.words(), viewer.principal()
    generation = queries.generation()
    choices = queries.campaign_choices(principal, generation)
    if choices is None:
        campaign_head.nothing_imported(principal, t)
        return
    head = st.container()
    view = filters.show(choices, partial(queries.campaigns_with, principal, generation), t)
    overview = queries.campaign_overview(principal, generation, view)
    with head, campaign_head.show(choices, overview, t):
        campaign_export.of_campaigns(generation, choices, overview, t)
    if overview.now is None:
        campaign_head.nothing_here(choices.days_of(view.currency), t)
        return
    st.caption(campaign_head.compared(overview, t))
    sources.of_view(principal, generation, view, t)
    kpi_row.show(overview, t)
    chart = queries.campaign_chart(principal, generation, view, t)
    card.show(chart_title(view.span.grain, t), chart, "spend_revenue", t)
    with st.container(border=True):
        by = breakdown.choose(t)
        cut = queries.campaign_breakdown(principal, generation, view, by)
        breakdown.show(cut, overview.now or Totals(), view.currency, t)
    funnel.show(overview, t, draw=echarts_bars.draw)
    attention.show(principal, generation, view.currency, t)
