"""The head of a campaign's own page: which campaign the address names, and what it is."""

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import campaign_head, labels, links, queries
from core.accounts.access import Area, Principal
from core.campaigns.schemas import CampaignProfile, Overview
from core.errors import NotFound
from core.i18n import Language

PARAMETER = "campaign"
_ID = re.compile("[0-9]{1,19}")  # an id has 60 bits


def find(principal: Principal, generation: int, t: Language) -> CampaignProfile | None:
    """The campaign that the address names; where there is none, that is said."""
    try:
        return queries.campaign_profile(principal, generation, _asked())
    except NotFound as missing:
        st.title(t("Campaign"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        links.to("campaigns", t("All campaigns"), ":material/arrow_back:")
        return None


def _asked() -> int:
    """The id in the address; raises ``NotFound`` where it cannot be one."""
    asked = st.query_params.get(PARAMETER, "")
    if not _ID.fullmatch(asked):
        raise NotFound(campaign_id=asked)
    return int(asked)


def show(principal: Principal, profile: CampaignProfile, t: Language) -> DeltaGenerator:
    """The campaign's name and what it is; gives the place beside them, for actions."""
    links.to("campaigns", t("All campaigns"), ":material/arrow_back:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.title(labels.literal(profile.name), anchor=False, width="content")
                if profile.is_sample:
                    campaign_head.sample_mark(t)
            st.caption(_facts(profile, t))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            if profile.record_id is not None and principal.may_open(Area.CAMPAIGNS):
                plan = {"plan": str(profile.record_id)}
                links.to("campaign-plan", t("Plan"), ":material/edit_note:", **plan)
            return st.container(width="content")


def _facts(profile: CampaignProfile, t: Language) -> str:
    facts = [labels.platform_name(profile.platform, t)]
    if profile.type:
        facts.append(labels.type_name(profile.type, t))
    if profile.account:
        facts.append(t("account {account}", account=labels.literal(profile.account)))
    return " · ".join(facts)


def fresh(profile: CampaignProfile, overview: Overview, t: Language) -> None:
    """How fresh the data is, and which days are compared."""
    st.caption(campaign_head.freshness(profile, overview.view, t))
    if overview.now is not None:
        st.caption(campaign_head.compared(overview, t))


def nothing_reported(t: Language) -> None:
    """A campaign that is known and that no report has a row of."""
    st.info(
        t(
            "No report has a row of this campaign yet. Import an export of its platform, "
            "and its figures appear here."
        ),
        icon=":material/hourglass_empty:",
    )
