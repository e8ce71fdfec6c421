"""Asking what the columns of a file mean that nobody knows, and showing what that would give."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components import viewer
from components.labels import literal
from core.campaigns.platforms import platform_name
from core.i18n import Language
from core.imports.meanings import COLUMNS, TITLES
from data.pipeline.headings import fold
from data.pipeline.peeking import Peek

_WORDS: dict[str, tuple[str, ...]] = {  # beside our own names, to begin with
    "date": ("day", "date_day", "fecha", "jour", "tag"),
    "campaign_name": ("campaign", "campana", "kampagne", "campagne"),
    "campaign": ("campaign_id",),
    "creative": ("creative_id", "ad_id"),
    "creative_name": ("creative", "ad_name", "ad"),
    "audience": ("audience_id", "segment_id"),
    "audience_name": ("audience", "segment"),
    "account_id": ("account",),
    "spend": ("cost", "costs", "amount", "coste", "kosten", "cout"),
    "conversions_value": ("revenue", "value", "sales", "conversion_value"),
    "revenue": ("sales", "total_sales", "income", "turnover"),
}
_PLATFORMS = (
    "google_ads", "microsoft_ads", "facebook_ads", "linkedin_ads", "tiktok_ads", "pinterest_ads",
    "snapchat_ads", "amazon_ads", "mailchimp",
)  # fmt: skip
_MICROS = 0.000001


def asked(name: str, peek: Peek) -> dict[str, Any]:
    """Widgets for a file's kind and columns, with a preview; gives the mapping as it stands."""
    t = viewer.words()
    st.markdown(
        t(
            "**{file}** is none of the reports that are known. Say what it holds; the next file "
            "with these columns is then read by itself.",
            file=literal(name),
        )
    )
    kind: str = st.selectbox(
        t("Each row is about"), list(TITLES), format_func=lambda one: t(TITLES[one]), key="map-kind"
    )
    columns = _columns(t, kind, peek)
    mapping: dict[str, Any] = {"kind": kind, "columns": columns}
    if kind != "outcomes":
        mapping |= _platform(t, kind)
    _preview(t, kind, columns, peek)
    return mapping


def _columns(t: Language, kind: str, peek: Peek) -> dict[str, str]:
    """One choice for each of our columns."""
    headings = dict(zip(peek.columns, peek.headings, strict=True))
    chosen: dict[str, str] = {}
    places: Sequence[Any] = ()
    for at, (ours, label) in enumerate(COLUMNS[kind].items()):
        options = ["", *peek.columns]
        if at % 3 == 0:  # row by row, so that a phone keeps the order
            places = st.columns(3, gap="small")
        with places[at % 3]:
            chosen[ours] = st.selectbox(
                t(label),
                options,
                index=options.index(_guess(ours, peek.columns)),
                format_func=lambda name: headings.get(name) or t("Not in the file"),
                key=f"map-{kind}-{ours}",
            )
    return chosen


def _guess(ours: str, columns: Sequence[str]) -> str:
    """The column that is called as we call it, or as it often is; "" where none is."""
    folded = {fold(name): name for name in columns}
    words = (ours, *_WORDS.get(ours, ()))
    return next((folded[fold(word)] for word in words if fold(word) in folded), "")


def _platform(t: Language, kind: str) -> dict[str, Any]:
    left, right = st.columns(2, gap="small")
    with left:
        platform: str = st.selectbox(
            t("Platform"),
            ["", *_PLATFORMS],
            format_func=lambda code: platform_name(code) if code else t("None of these"),
            key=f"map-{kind}-platform",
        )
    with right:
        scale: float = st.selectbox(
            t("Spend is written in"),
            [1, _MICROS],
            format_func=lambda one: t("Whole units") if one == 1 else t("Millionths"),
            key=f"map-{kind}-scale",
        )
    return {"platform": platform, "scale": scale}


def _preview(t: Language, kind: str, columns: Mapping[str, str], peek: Peek) -> None:
    """The file's first rows under our names, or its own before anything was chosen."""
    places = {
        t(label): peek.columns.index(columns[ours])
        for ours, label in COLUMNS[kind].items()
        if columns[ours]
    }
    if not places:
        places = {heading: at for at, heading in enumerate(peek.headings)}
        st.caption(t("The first rows of the file"))
    else:
        st.caption(t("The first rows as they would be read"))
    st.dataframe(
        [{label: row[at] for label, at in places.items()} for row in peek.rows],
        hide_index=True,
        alt=t("The first rows of the file under the names chosen"),
    )
