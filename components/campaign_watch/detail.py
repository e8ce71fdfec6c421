"""The parts of a campaign's page that watch over it."""

import streamlit as st

from components import queries, watch_queries
from components.campaign_watch import anomalies, pacing, tracking
from core.accounts.access import Principal
from core.campaigns.schemas import View
from core.i18n import Language


def budget(principal: Principal, generation: int, campaign_id: int, t: Language) -> None:
    """The campaign's budget and goals."""
    record_id = queries.campaign_profile(principal, generation, campaign_id).record_id
    if record_id is None:
        pacing.no_plan(t)
        return
    pacing.show(watch_queries.campaign_watched(principal, generation, record_id), t)


def health(principal: Principal, generation: int, view: View, t: Language) -> None:
    """The campaign's days against what was to be expected, and its tracking."""
    campaign_id, currency = view.campaign_ids[0], view.currency
    found = watch_queries.campaign_anomalies(principal, generation, currency)
    kpi = anomalies.choose(t)
    course = watch_queries.campaign_course(principal, generation, currency, campaign_id, kpi)
    anomalies.chart(course, currency, t)
    anomalies.of_campaign(found, campaign_id, currency, t)
    with st.container(border=True):
        st.subheader(t("Tracking"), anchor=False)
        one = watch_queries.campaign_tracking(principal, generation, currency, campaign_id)
        tracking.of_campaign(one, currency, t)
