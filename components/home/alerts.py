"""Alerts on Home: what a person has not dismissed yet, each with the way to its campaign."""

import streamlit as st

from components import campaign_head, links, viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.alerts import service
from core.alerts.models import AlertKind
from core.alerts.schemas import ToldAlert
from core.campaigns.alert_sentences import TITLES, sentence, subject
from core.i18n import Language
from wiring import services

SHOWN = 3
ALL = 50
_ALL_KEY = "all-alerts"
_ICONS = {
    AlertKind.PACING: ":material/account_balance_wallet:",
    AlertKind.GOAL: ":material/flag:",
    AlertKind.ANOMALY: ":material/monitoring:",
    AlertKind.TRACKING: ":material/sensors_off:",
}


def show(principal: Principal, t: Language) -> None:
    """The newest alerts, how many there are, and ways to take them away; else nothing."""
    limit = ALL if st.session_state.get(_ALL_KEY) else SHOWN
    with services().reading() as session:
        alerts, count = service.own_alerts(session, principal, limit)
    if not alerts:
        return
    st.subheader(t("Alerts"), anchor=False)
    for alert in alerts:
        _card(alert, t)
    _below(count, t)


def _below(count: int, t: Language) -> None:
    """How many there are, and what can be done with all of them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if count > SHOWN:
            st.toggle(t("Show all {n}", n=t.number(count)), key=_ALL_KEY)
        if count > 1:
            st.button(
                t("Dismiss all"),
                key="dismiss-all",
                type="tertiary",
                on_click=_dismiss,
                args=(None,),
            )


def _card(alert: ToldAlert, t: Language) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            about = subject(alert.campaign_name, alert.currency, t)
            title = f"{_ICONS[alert.kind]} **{literal(about)}**"
            st.markdown(f"{title} · {t(TITLES[alert.kind])}", width="stretch")
            if alert.is_sample:
                campaign_head.sample_mark(t)
        st.markdown(literal(sentence(alert.kind, alert.facts, alert.currency, t)))
        with st.container(horizontal=True, vertical_alignment="center"):
            address = {"campaign": str(alert.campaign_id)} if alert.campaign_id else {}
            page = "campaign" if address else "campaigns"
            links.to(page, t("Look closer"), ":material/search:", **address)
            st.button(
                t("Dismiss"),
                key=f"dismiss-{alert.notice_id}",
                type="tertiary",
                icon=":material/close:",
                on_click=_dismiss,
                args=(alert.notice_id,),
            )
            st.caption(t.date(alert.raised_at.date()), width="content")


@viewer.checked(Area.CAMPAIGNS)
def _dismiss(notice_id: int | None) -> None:
    """Take one alert away, or all of them."""
    who = viewer.principal()
    with services().work() as session:
        if notice_id is None:
            service.dismiss_all(session, who)
        else:
            service.dismiss(session, who, notice_id)
