"""Tracking health: campaigns whose conversions may not be counted as they should."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components.links import campaign_address
from core.alerts.models import AlertKind
from core.campaigns.alert_sentences import sentence
from core.campaigns.tracking import TROUBLES, WINDOW_DAYS, Tracking, Troubled
from core.i18n import MISSING, Language

_ROW_HEIGHT = 36


def show(found: Troubled, t: Language) -> None:
    """A table of the campaigns with trouble, those with most spend first."""
    if not found.rows:
        st.info(
            t.plural(
                "No trouble in the last four weeks: {n} campaign was looked at.",
                "No trouble in the last four weeks: {n} campaigns were looked at.",
                found.looked_at,
            ),
            icon=":material/check_circle:",
        )
        return
    config = st.column_config
    st.dataframe(
        _table(found.rows, t),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        column_config={
            "campaign": config.TextColumn(t("Campaign"), pinned=True),
            "trouble": config.TextColumn(t("Trouble")),
            "unconverted": _count(
                t("Spend without conversions"), t("Days with spend and no conversion.")
            ),
            "unspent": _count(
                t("Conversions without spend"), t("Days with conversions and no spend.")
            ),
            "gaps": _count(t("Days missing"), t("Days on which the whole account has no row.")),
            "last": config.TextColumn(t("Last conversion")),
            "open": config.LinkColumn(t("Details"), display_text=t("Open"), width=70),
        },
        placeholder=MISSING,
        alt=t("Campaigns with trouble in their tracking"),
    )
    st.caption(_reach(t))


def of_campaign(one: Tracking | None, currency: str, t: Language) -> None:
    """One campaign's days as counts, with what is wrong said in words."""
    if one is None:
        st.info(t("No row in the last four weeks."), icon=":material/hourglass_empty:")
        return
    if one.is_silent and one.last_conversion:
        facts = {
            "since": one.last_conversion.isoformat(),
            "spend": one.spend_since,
            "expected": one.expected_since,
        }
        told = sentence(AlertKind.TRACKING, facts, currency, t).replace("$", "\\$")
        st.warning(told, icon=":material/warning:")
    with st.grid(2, min_column_width=240):
        for label, days, help_text in _counts(one, t):
            st.metric(label, t.number(days), help=help_text, border=True, height="stretch")
    troubles = ", ".join(t(TROUBLES[trouble]) for trouble in one.troubles)
    st.caption(f"{troubles}. {_reach(t)}" if troubles else _reach(t))


def _counts(one: Tracking, t: Language) -> list[tuple[str, int | None, str]]:
    reported = one.unconverted_days if one.conversions is not None else None
    return [
        (t("Spend without conversions"), reported, t("Days with spend and no conversion.")),
        (
            t("Conversions without spend"),
            one.unspent_days,
            t("Days with conversions and no spend."),
        ),
        (t("Days missing"), one.gap_days, t("Days on which the whole account has no row.")),
        (t("Idle days"), one.idle_days, t("Days on which only this campaign has no row.")),
    ]


def _table(rows: Sequence[Tracking], t: Language) -> pa.Table:
    return pa.table(
        {
            "open": [campaign_address(one.campaign_id) for one in rows],
            "campaign": [one.name for one in rows],
            "trouble": [", ".join(t(TROUBLES[it]) for it in one.troubles) for one in rows],
            "unconverted": pa.array(
                [None if one.conversions is None else one.unconverted_days for one in rows],
                pa.int64(),
            ),
            "unspent": [one.unspent_days for one in rows],
            "gaps": [one.gap_days for one in rows],
            "last": [t.date(one.last_conversion) for one in rows],
        }
    )


def _count(label: str, help_text: str) -> Any:
    return st.column_config.NumberColumn(label, help=help_text)


def _reach(t: Language) -> str:
    return t(
        "Counted over the {days} days before the data ends; days without any row of the account "
        "are missing, days without a row of one campaign are idle.",
        days=t.number(WINDOW_DAYS),
    )
