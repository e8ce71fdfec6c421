"""A form by which a person says how they want to hear of alerts."""

import streamlit as st

from components import feedback, viewer
from core.accounts.access import Principal
from core.alerts import service
from core.alerts.models import Channel
from core.alerts.schemas import Subscription
from core.i18n import mark
from wiring import services

_NAMES = {
    Channel.NONE: mark("On Home only"),
    Channel.MAIL: mark("By mail too"),
    Channel.WEBHOOK: mark("By webhook too"),
}


def show(principal: Principal) -> None:
    """The channel, and the address of a webhook where that is chosen."""
    t = viewer.words()
    with services().reading() as session:
        kept = service.subscription(session, principal)
    channels = list(_NAMES)
    with st.container(border=True):
        st.subheader(t("Alerts of campaigns"), anchor=False)
        st.caption(
            t("Budgets, goals, unusual days and silent tracking. Each alert is sent to you once.")
        )
        channel = st.selectbox(
            t("How to hear of them"),
            channels,
            index=channels.index(kept.channel),
            format_func=lambda channel: t(_NAMES[channel]),
            key="alert-channel",
        )
        url = None
        if channel is Channel.WEBHOOK:
            url = st.text_input(
                t("Address of the webhook"),
                value=kept.webhook_url or "",
                max_chars=2000,
                placeholder="https://",
                help=t(
                    "Each alert is posted there as a CloudEvents message with a text that chat "
                    "systems read. A repetition has the same Idempotency-Key."
                ),
                key="alert-webhook",
            )
        if st.button(t("Save"), key="alert-save"):
            _save(principal, Subscription(channel, url))


def _save(principal: Principal, wanted: Subscription) -> None:
    """Keep what was chosen, or say why it cannot be."""
    with feedback.sentences():
        wired = services()
        sound = service.sound(wanted, wired.webhook_networks)
        with wired.work() as session:
            service.subscribe(session, principal, sound)
        feedback.done(viewer.words()("Saved."))
