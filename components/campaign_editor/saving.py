"""Saving what was typed; where somebody else saved first, both are shown and nothing is lost."""

from collections.abc import Set

import streamlit as st
from pyarrow.lib import Table

from components import feedback
from components.campaign_editor import held, wording
from components.campaign_editor.held import Held
from components.labels import literal
from core.accounts.access import Principal
from core.campaigns import service
from core.campaigns.merging import clashes, merged
from core.campaigns.plan import CampaignPlan, CampaignRecord
from core.i18n import Language
from wiring import services

SUBJECT = "plan"


def create(principal: Principal, typed: CampaignPlan, t: Language) -> None:
    """Keep a new plan and go on with it."""
    with feedback.sentences():
        with services().work() as session:
            made = service.create_campaign(session, principal, typed)
        st.query_params.from_dict({SUBJECT: str(made.campaign_id)})
        feedback.done(t("The campaign is planned. It is a draft until you activate it."))


def save(
    principal: Principal, kept: Held, now: CampaignRecord, typed: CampaignPlan, t: Language
) -> None:
    """Save over the plan that was opened, or show what somebody else saved since.

    Once that was shown, saving again keeps what was typed and takes the rest from theirs.
    """
    base = kept.opened.plan
    if now.version != kept.agreed and clashes(base, typed, now.plan):
        kept.agreed = now.version
        return
    plan = merged(base, typed, now.plan)
    with feedback.sentences():
        with services().work() as session:
            service.change_campaign(session, principal, now.campaign_id, plan, now.version)
        held.forget()
        feedback.done(t("Saved."))


def conflict(
    principal: Principal, kept: Held, now: CampaignRecord, typed: CampaignPlan, t: Language
) -> None:
    """What somebody else saved since the form was opened, beside what was typed."""
    if kept.agreed is None:
        return
    found = clashes(kept.opened.plan, typed, now.plan)
    with st.container(border=True):
        names = _who(principal, kept, {one.field for one in found}, t)
        st.warning(
            t(
                "While you were editing, {names} saved this plan. Nothing of yours was written.",
                names=literal(names),
            ),
            icon=":material/group:",
        )
        rows = [
            {
                t("Field"): wording.field_name(one.field, t),
                t("You typed"): (
                    wording.value(one.field, one.mine, typed.currency, t)
                    if one.is_mine
                    else t("left alone")
                ),
                t("Saved now"): wording.value(one.field, one.theirs, now.plan.currency, t),
                t("When you opened it"): wording.value(
                    one.field, one.before, kept.opened.plan.currency, t
                ),
            }
            for one in found
        ]
        st.table(Table.from_pylist(rows), hide_index=True)
        st.caption(
            t(
                "Your input is still in the form. Save again to keep what you typed; "
                "fields that you left alone keep what is saved now."
            )
        )
        if st.button(t("Discard my input"), key=f"{kept.name}-discard"):
            held.forget()
            st.rerun()


def _who(principal: Principal, kept: Held, changed: Set[str], t: Language) -> str:
    """Who changed these fields since the form was opened."""
    with services().reading() as session:
        past = service.history(session, principal, kept.opened.campaign_id)
    names = [
        t("you (in another window)")
        if one.user_id == principal.user_id
        else one.by or t("somebody who has left")
        for one in past
        if one.version > kept.opened.version and changed & {change.field for change in one.fields}
    ]
    return ", ".join(dict.fromkeys(names)) or t("somebody")
