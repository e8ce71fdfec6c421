"""The table that cuts a view by platform, type, campaign, what is in it, or day of week."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components.filters import read_any_language
from components.labels import currency_unit, dimension_name, slice_name
from components.links import campaign_address
from core.campaigns.kpis import Totals, cpa, relative_change, roas
from core.campaigns.schemas import Breakdown, Dimension, Slice
from core.i18n import MISSING, Language

_ROWS_SHOWN = 12
_ROW_HEIGHT = 36
_NARROW_NAME_WIDTH = 170
_NAME_WIDTH = 235  # of campaigns, whose names are long
_REPORTED_APART = (Dimension.AUDIENCE, Dimension.CREATIVE)
_LONG_NAMES = (Dimension.CAMPAIGN, *_REPORTED_APART)
_ROUNDING = 0.0005
_READABLE = 0.1  # with smaller shares only, bars are drawn against the largest, not the whole


def choose(t: Language, offered: Sequence[Dimension] = tuple(Dimension)) -> Dimension:
    """Which dimension the table has a row for, the first at first; kept in the URL."""
    read_any_language("by", offered, dimension_name, t)
    chosen = st.segmented_control(
        t("Break down by"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda by: dimension_name(by, t),
        label_visibility="collapsed",
        key="by",
        bind="query-params",
    )
    return chosen or offered[0]


def show(breakdown: Breakdown, whole: Totals, currency: str, t: Language) -> None:
    """Draw the table; ``whole`` is what the shares are shares of."""
    if not breakdown.slices:
        _nothing(breakdown.by, t)
        return
    long = len(breakdown.slices) > _ROWS_SHOWN
    st.dataframe(
        table(breakdown, whole, t),
        hide_index=True,
        height=(_ROWS_SHOWN + 1) * _ROW_HEIGHT if long else "content",
        row_height=_ROW_HEIGHT,
        column_config=_columns(breakdown, whole, currency, t),
        placeholder=MISSING,
        alt=t("Figures by {dimension}", dimension=dimension_name(breakdown.by, t)),
    )
    if breakdown.count > len(breakdown.slices):
        st.caption(
            t(
                "The {shown} with most spend of {all}. The export holds them all.",
                shown=t.number(len(breakdown.slices)),
                all=t.number(breakdown.count),
            )
        )
    elif breakdown.by in _REPORTED_APART:
        _coverage(breakdown, whole, t)


def _nothing(by: Dimension, t: Language) -> None:
    if by not in _REPORTED_APART:
        st.info(t("No rows for these days and filters."), icon=":material/filter_alt_off:")
        return
    st.info(
        t(
            "No report tells figures by {dimension} for these days and filters. Import one "
            "that has a column for it, and they appear here.",
            dimension=dimension_name(by, t).lower(),
        ),
        icon=":material/hourglass_empty:",
    )


def _coverage(breakdown: Breakdown, whole: Totals, t: Language) -> None:
    """Of which part of the spend the table speaks, where it is not all of it."""
    share = sum(one.now.spend for one in breakdown.slices) / whole.spend if whole.spend else None
    if share is not None and abs(share - 1) > _ROUNDING:
        st.caption(
            t(
                "From reports of their own, which tell of {share} of the spend above.",
                share=t.percent(share, 1),
            )
        )


def table(breakdown: Breakdown, whole: Totals, t: Language) -> pa.Table:
    """The breakdown's columns: name, spend and its share, revenue and its change, ratios, trend.

    Rounded here to what the columns show, because the browser cuts off what goes beyond.
    """
    slices = breakdown.slices
    columns: dict[str, Any] = {
        "name": pa.array([slice_name(breakdown.by, one.label, t) for one in slices], pa.string())
    }
    if breakdown.by is Dimension.CAMPAIGN:
        columns["open"] = pa.array([_address(one) for one in slices], pa.string())
    columns |= {
        "spend": _numbers([one.now.spend for one in slices], 0),
        "share": _numbers([_share(one, whole) for one in slices], 3),
        "revenue": _numbers([one.now.revenue for one in slices], 0),
    }
    if breakdown.comparable:
        columns["change"] = _numbers([_revenue_change(one) for one in slices], 3)
    columns |= {
        "roas": _numbers([roas(one.now) for one in slices], 2),
        "cpa": _numbers([cpa(one.now) for one in slices], 2),
    }
    if breakdown.by is not Dimension.WEEKDAY:
        trends = [list(one.trend) for one in slices]
        columns["trend"] = pa.array(trends, pa.list_(pa.float64()))
    return pa.table(columns)


def _address(one: Slice) -> str | None:
    return campaign_address(one.key) if isinstance(one.key, int) else None


def _share(one: Slice, whole: Totals) -> float | None:
    return one.now.spend / whole.spend if whole.spend else None


def _revenue_change(one: Slice) -> float | None:
    return relative_change(one.now.revenue, one.before.revenue if one.before else None)


def _numbers(values: list[float | None], digits: int) -> pa.Array:
    rounded = [None if value is None else round(value, digits) for value in values]
    return pa.array(rounded, pa.float64())


def _columns(breakdown: Breakdown, whole: Totals, currency: str, t: Language) -> dict[str, Any]:
    config = st.column_config
    money = currency_unit(currency, t)
    is_by_campaign = breakdown.by is Dimension.CAMPAIGN  # whose nine columns are to fit 1280 pixels
    width = _NAME_WIDTH if breakdown.by in _LONG_NAMES else None
    width = _NARROW_NAME_WIDTH if is_by_campaign else width
    largest = max((_share(one, whole) or 0.0 for one in breakdown.slices), default=0.0)
    return {
        "open": config.LinkColumn(t("Page"), display_text=t("Open"), width=56),
        "name": config.TextColumn(dimension_name(breakdown.by, t), pinned=True, width=width),
        "spend": config.NumberColumn(f"{t('Spend')} ({money})", format="localized", step=1),
        "share": config.ProgressColumn(
            t("Share"),
            help=t("Share of the spend of everything shown."),
            format="percent",
            step=0.001,
            max_value=1.0 if largest >= _READABLE else largest,
            width=90 if is_by_campaign else 130,
        ),
        "revenue": config.NumberColumn(f"{t('Revenue')} ({money})", format="localized", step=1),
        "change": config.NumberColumn(
            t("Change"),
            help=t("Revenue against the days compared with."),
            format="percent",
            step=0.001,
        ),
        "roas": config.NumberColumn(t("ROAS"), format="localized", step=0.01),
        "cpa": config.NumberColumn(f"{t('CPA')} ({money})", format="localized", step=0.01),
        "trend": config.LineChartColumn(t("Spend over time"), width=80 if is_by_campaign else 130),
    }
