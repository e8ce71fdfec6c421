"""What needs attention, below the figures of the Campaigns page; computed once it is opened."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components import watch_queries
from components.campaign_watch import anomalies, tracking
from components.campaign_watch.wording import standing
from components.filters import read_any_language
from components.links import campaign_address
from core.accounts.access import Principal
from core.campaigns.pacing import Pacing
from core.campaigns.watching import WatchedCampaign
from core.i18n import MISSING, Language, mark

_PARTS = {
    "pacing": mark("Budgets"),
    "days": mark("Unusual days"),
    "tracking": mark("Tracking"),
}
_ROW_HEIGHT = 36


def show(principal: Principal, generation: int, currency: str, t: Language) -> None:
    """A box that costs nothing while it is closed; the choice of its part is in the URL."""
    box = st.expander(
        t("What needs attention"),
        icon=":material/notifications:",
        key="attention",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        part = _choose(t)
        if part == "pacing":
            pacing(watch_queries.campaigns_watched(principal, generation), t)
            return
        st.caption(t("Every campaign in this currency, whatever the other filters."))
        if part == "days":
            found = watch_queries.campaign_anomalies(principal, generation, currency)
            anomalies.show(found, currency, t)
        else:
            tracking.show(watch_queries.campaigns_troubled(principal, generation, currency), t)


def pacing(campaigns: Sequence[WatchedCampaign], t: Language) -> None:
    """Every running campaign's budget: spent, expected and projected; the most urgent first."""
    if not campaigns:
        st.info(
            t("No running campaign has a plan. Plan one with a budget to see its pacing."),
            icon=":material/edit_calendar:",
        )
        return
    st.dataframe(
        _table(sorted(campaigns, key=_urgency), t),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        column_config=_columns(t),
        placeholder=MISSING,
        alt=t("Budgets of running campaigns with their projected spend"),
    )
    st.caption(
        t("Budgets of all running campaigns, whatever the filters, each in its own currency.")
    )


def _columns(t: Language) -> dict[str, Any]:
    config = st.column_config
    texts = {
        "standing": t("State"),
        "budget": t("Budget"),
        "spent": t("Spent so far"),
        "expected": t("Expected by now"),
        "projected": t("Projected at the end"),
        "range": t("90% interval"),
        "day": t("Needed a day"),
        "end": t("Last day"),
    }
    return {
        "campaign": config.TextColumn(t("Campaign"), pinned=True),
        "open": config.LinkColumn(t("Details"), display_text=t("Open"), width=70),
        **{
            name: config.TextColumn(label, alignment="left" if name == "standing" else "right")
            for name, label in texts.items()
        },
    }


def _choose(t: Language) -> str:
    read_any_language("watch", list(_PARTS), lambda part, to: to(_PARTS[part]), t)
    chosen = st.segmented_control(
        t("What needs attention"),
        list(_PARTS),
        default="pacing",
        required=True,
        format_func=lambda part: t(_PARTS[part]),
        label_visibility="collapsed",
        key="watch",
        bind="query-params",
    )
    return chosen or "pacing"


def _urgency(one: WatchedCampaign) -> tuple[int, float]:
    """Over budget by most first, then under it, then what is not known."""
    if not isinstance(one.pacing, Pacing):
        return 1, 0.0
    return 0, -abs(one.pacing.projected / one.pacing.budget - 1)


def _table(rows: Sequence[WatchedCampaign], t: Language) -> pa.Table:
    return pa.Table.from_pylist([_row(one, t) for one in rows])


def _row(one: WatchedCampaign, t: Language) -> dict[str, str | None]:
    pacing, currency = one.pacing, one.currency
    address = None if one.campaign_id is None else campaign_address(one.campaign_id)
    row: dict[str, str | None] = {
        "open": address,
        "campaign": one.name,
        "standing": standing(pacing, t),
    }
    if isinstance(pacing, Pacing):
        row |= {
            "budget": t.money(pacing.budget, currency, 0),
            "spent": t.money(pacing.spent, currency, 0),
            "expected": t.money(pacing.expected, currency, 0),
            "projected": t.money(pacing.projected, currency, 0),
            "range": f"{t.money(pacing.low, currency, 0)} – {t.money(pacing.high, currency, 0)}",
            "day": t.money(pacing.day_to_land, currency),
            "end": t.date(pacing.end),
        }
    else:
        spent = t.money(pacing.spent, currency, 0) if pacing.spent is not None else None
        row |= dict.fromkeys(("budget", "expected", "projected", "range", "day", "end"))
        row["spent"] = spent
    return row
