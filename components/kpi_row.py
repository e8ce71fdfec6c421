"""The KPI cards: value, change against the period before, course, and formula on demand."""

from collections.abc import Sequence
from math import nan
from typing import Literal

import streamlit as st

from core.campaigns.kpis import (
    DETAIL,
    HEADLINE,
    Good,
    Kpi,
    Totals,
    coverage,
    relative_change,
    written,
)
from core.campaigns.schemas import Overview
from core.i18n import Language

_COLORS: dict[Good, Literal["normal", "inverse", "off"]] = {
    Good.HIGHER: "normal",
    Good.LOWER: "inverse",
    Good.NEITHER: "off",
}
_FLAT = 0.0005  # a change that rounds to nothing is neither up nor down
_NARROWEST = 140  # two cards side by side on a phone


def show(
    overview: Overview, t: Language, groups: Sequence[Sequence[Kpi]] = (HEADLINE, DETAIL)
) -> None:
    """A row of cards for each group of KPIs; two cards a row on a phone.

    Below them what the ratios leave out, where they do.
    """
    for group in groups:
        with st.grid(len(group), min_column_width=_NARROWEST):
            for kpi in group:
                _card(kpi, overview, t)
    told = coverage(overview.now, t) if overview.now else ""
    if told:
        st.caption(told)


def _card(kpi: Kpi, overview: Overview, t: Language) -> None:
    now = _value(kpi, overview.now)
    change = relative_change(now, _value(kpi, overview.before))
    course = [kpi.course(point.now, point.span.days) for point in overview.points]
    flat = change is not None and abs(change) < _FLAT
    st.metric(
        t(kpi.label),
        written(kpi, now, overview.view.currency, t, short=True),
        None if change is None else t.percent(0 if flat else change, 1, signed=True),
        delta_color="off" if flat else _COLORS[kpi.good],
        delta_arrow="off" if flat else "auto",
        help=t(kpi.formula),
        border=True,
        height="stretch",
        chart_data=line(course),
    )


def line(course: Sequence[float | None]) -> list[float]:
    """A KPI's course as a card draws it: a gap is no number and keeps its place in time."""
    if all(value is None for value in course):
        return []
    return [nan if value is None else value for value in course]


def _value(kpi: Kpi, figures: Totals | None) -> float | None:
    return kpi.value(figures) if figures else None
