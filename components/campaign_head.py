"""The head of the Campaigns page: how fresh the data is, and what is compared."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import links, viewer
from components.campaign_watch import saved_views
from core.accounts.access import Area, Principal
from core.campaigns.periods import Span
from core.campaigns.schemas import CampaignProfile, Choices, Overview, View
from core.i18n import MISSING, Language


def show(choices: Choices, overview: Overview, t: Language) -> DeltaGenerator:
    """Title, freshness and the mark of sample data; gives the place beside them, for actions."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(gap="xxsmall"):
            st.title(t("Campaigns"), anchor=False)
            under_title(choices, overview, t)
        saved_views.menu(viewer.principal(), t)
        return st.container(width="content")


def under_title(choices: Choices, overview: Overview, t: Language) -> None:
    """How fresh the data is, and the mark of sample data where any is shown."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(freshness(choices, overview.view, t), width="content")
        if overview.shows_sample:
            sample_mark(t)


def freshness(choices: Choices | CampaignProfile, view: View, t: Language) -> str:
    """How far the data reaches and when it came: "Data through 22 Nov 2026 · imported …"."""
    return t(
        "Data through {day} · imported {when}",
        day=t.date(choices.days_of(view.currency).end),
        when=t.date(choices.imported_at.date() if choices.imported_at else None),
    )


def compared(overview: Overview, t: Language) -> str:
    """Which days the changes compare, or why there is nothing to compare with."""
    span = overview.view.span
    now = _days(span, t)
    if overview.before is None:
        return t("{now}. No change is shown: the data does not reach back far enough.", now=now)
    before = _days(overview.view.earlier, t)
    return t("{now}, compared with {before}", now=now, before=before)


def sample_mark(t: Language) -> None:
    """Says that figures of the sample world are among those shown."""
    st.badge(
        t("Sample data"),
        icon=":material/science:",
        color="violet",
        help=t("Some of these campaigns belong to the sample world and are invented."),
    )


def nothing_imported(principal: Principal, t: Language) -> None:
    """The page while there is no campaign data at all."""
    st.title(t("Campaigns"), anchor=False)
    what_to_import(principal, t)


def what_to_import(principal: Principal, t: Language) -> None:
    """What to do to see figures."""
    with st.container(border=True):
        title = t("No campaign data yet")
        st.markdown(f"**{title}**")
        st.markdown(
            t(
                "Import an export of your ad platform, and spend, revenue and everything "
                "that follows from them appear here."
            )
        )
        if principal.may_open(Area.DATA):
            links.to("data", t("Open the Data page"), ":material/upload:")
        else:
            st.caption(t("An administrator can import it on the Data page."))


def nothing_here(data: Span, t: Language) -> None:
    """What to do when the filters leave nothing."""
    st.info(
        t(
            "No rows for these days and filters. The data reaches from {start} to {end}; "
            "choose other days or take a filter away.",
            start=t.date(data.start),
            end=t.date(data.end),
        ),
        icon=":material/filter_alt_off:",
    )


def days_compared(overview: Overview, t: Language) -> str:
    """The days that a view is compared with, a dash where the data does not reach."""
    return _days(overview.view.earlier, t) if overview.before else MISSING


def _days(span: Span, t: Language) -> str:
    return f"{t.date(span.start)} – {t.date(span.end)}"
