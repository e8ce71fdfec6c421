"""One campaign plan: written, changed, moved through its states, looked back on."""

import streamlit as st

from components import viewer
from components.campaign_editor import form, held, moves, opened, parts, past, saving
from core.accounts.access import Area, Principal
from core.campaigns.parts import PartOf
from core.i18n import Language


def page() -> None:
    """Draw the plan that the address names, or the form of a new one."""
    principal = viewer.page(Area.CAMPAIGNS)
    t = viewer.words()
    if opened.is_new():
        _new(principal, t)
    else:
        _existing(principal, t)


def _new(principal: Principal, t: Language) -> None:
    reported = opened.reported(principal)
    opened.head_of_new(reported, t)
    name = f"new-plan-{reported.campaign_id if reported else ''}"
    typed, sent = form.show(name, opened.beginning(reported), t("Plan the campaign"), t)
    if sent:
        saving.create(principal, typed, t)


def _existing(principal: Principal, t: Language) -> None:
    now = opened.find(principal, t)
    if now is None:
        return
    kept = held.hold(now)
    opened.head(now, principal, t)
    moves.show(now, t)
    typed, sent = form.show(kept.name, kept.opened.plan, t("Save the plan"), t)
    if sent:
        saving.save(principal, kept, now, typed, t)
    saving.conflict(principal, kept, now, typed, t)
    with st.grid(2, min_column_width=320):
        parts.show(now, PartOf.CREATIVE, principal, t)
        parts.show(now, PartOf.AUDIENCE, principal, t)
    past.show(now, principal, t)
