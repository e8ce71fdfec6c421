"""The parts of a campaign's page: overview, funnel, breakdown and days."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components import breakdown, completions, funnel, kpi_row, queries
from components.campaign_detail import days
from components.campaign_watch import detail as watch
from components.charts import bars, card, plotly
from components.charts.spend_revenue import chart_title
from core.accounts.access import Principal
from core.campaigns.kpis import Totals
from core.campaigns.schemas import Dimension, Overview
from core.i18n import Language, mark

_CUTS = (Dimension.WEEKDAY, Dimension.AUDIENCE, Dimension.CREATIVE)


def of(
    principal: Principal, generation: int, overview: Overview, t: Language
) -> dict[str, Callable[[], None]]:
    """What draws each part, by its marked name, in the order of the tabs."""
    asked = (principal, generation, overview, t)
    return {
        mark("Overview"): partial(_overview, *asked),
        mark("Funnel"): partial(_funnel, overview, t),
        mark("Breakdown"): partial(_breakdown, *asked),
        mark("Days"): partial(_days, *asked),
        mark("Budget and goals"): partial(
            watch.budget, principal, generation, overview.view.campaign_ids[0], t
        ),
        mark("Learners"): partial(
            completions.of_campaign,
            principal,
            generation,
            overview.view.campaign_ids[0],
            overview.view.currency,
            t,
        ),
        mark("Health"): partial(watch.health, principal, generation, overview.view, t),
    }


def _overview(principal: Principal, generation: int, overview: Overview, t: Language) -> None:
    kpi_row.show(overview, t)
    view = overview.view
    figure = queries.campaign_chart(principal, generation, view, t)
    title = chart_title(view.span.grain, t)
    card.show(title, figure, "spend_revenue", t, draw=plotly.draw)


def _funnel(overview: Overview, t: Language) -> None:
    funnel.rates(overview, t)
    funnel.show(overview, t, draw=bars.draw)


def _breakdown(principal: Principal, generation: int, overview: Overview, t: Language) -> None:
    with st.container(border=True):
        by = breakdown.choose(t, _CUTS)
        cut = queries.campaign_breakdown(principal, generation, overview.view, by)
        breakdown.show(cut, overview.now or Totals(), overview.view.currency, t)


def _days(principal: Principal, generation: int, overview: Overview, t: Language) -> None:
    days.show(queries.campaign_days(principal, generation, overview.view), overview.view, t)
