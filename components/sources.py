"""Says where two reports tell the same days of campaigns, and which of them counts."""

import streamlit as st

from components import queries
from core.accounts.access import Principal
from core.campaigns.schemas import View
from core.campaigns.told_twice import sentences
from core.i18n import Language


def of_all(principal: Principal, generation: int, t: Language) -> None:
    """A card about all that is held; nothing where no analytics report was imported."""
    sources = queries.campaign_sources(principal, generation)
    if not sources.twice and not sources.only_analytics:
        return
    with st.container(border=True):
        st.subheader(t("Told by two sources"), anchor=False)
        for said in sentences(sources, t):
            st.markdown(said)
        if sources.only_analytics:
            st.caption(
                t(
                    "{n} campaigns are known to Google Analytics alone, on some days or all. They "
                    "count as campaigns of their own: where an advertising platform has the same "
                    "campaign under another name, give both one name.",
                    n=t.number(sources.only_analytics),
                )
            )


def of_view(principal: Principal, generation: int, view: View, t: Language) -> None:
    """One line for each platform of the view; nothing where no day is told twice."""
    for said in sentences(queries.campaign_sources(principal, generation, view), t):
        st.caption(said)
