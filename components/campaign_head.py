"""The head of the Campaigns page: how fresh the data is, what is compared, the export."""

from collections.abc import Callable

import streamlit as st

from components import exports, filters, links, queries, viewer
from core.accounts.access import Area, Principal
from core.campaigns.periods import Span
from core.campaigns.schemas import CampaignProfile, Choices, Dimension, Overview, View
from core.i18n import MISSING, Language


def show(generation: int, choices: Choices, overview: Overview, t: Language) -> None:
    """Title, freshness, the mark of sample data, and the export."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(gap="xxsmall"):
            st.title(t("Campaigns"), anchor=False)
            under_title(choices, overview, t)
        exports.menu(_file_name(overview.view), _export(generation, choices, overview, t), t)


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
    return t("{now}, compared with {before}", now=now, before=_days(span.before, t))


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


def _export(
    generation: int, choices: Choices, overview: Overview, t: Language
) -> Callable[[], exports.Export]:
    """What builds the export when somebody asks for it, with all rows of the breakdown."""
    by = st.session_state.get("by") or Dimension.PLATFORM

    def build(principal: Principal) -> exports.Export:
        cut = queries.campaign_export(principal, generation, overview.view, by)
        return exports.campaigns(_export_head(choices, overview, t), overview, cut, t)

    return viewer.later(Area.CAMPAIGNS, build)


def _export_head(choices: Choices, overview: Overview, t: Language) -> list[tuple[str, str]]:
    """The filters, the days compared and the date of the data, as name and value."""
    view = overview.view
    head = [
        (t("Campaigns"), ""),
        *filters.in_words(view, choices, t),
        (t("Compared with"), _days(view.span.before, t) if overview.before else MISSING),
        (t("Data"), freshness(choices, view, t)),
    ]
    if overview.shows_sample:
        head.append((t("Sample data"), t("Some of these campaigns are invented.")))
    return head


def _days(span: Span, t: Language) -> str:
    return f"{t.date(span.start)} – {t.date(span.end)}"


def _file_name(view: View) -> str:
    return f"campaigns_{view.span.start:%Y-%m-%d}_{view.span.end:%Y-%m-%d}"
