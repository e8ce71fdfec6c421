"""A campaign's days as a table, the last one first."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components.labels import currency_unit
from core.campaigns.kpis import KPIS, Kpi, Unit
from core.campaigns.schemas import Day, View
from core.i18n import MISSING, Language

_ROWS_SHOWN = 14
_ROW_HEIGHT = 36
_DIGITS = {Unit.MONEY: 2, Unit.COUNT: 1, Unit.SHARE: 4, Unit.MULTIPLE: 2}


def show(days: Sequence[Day], view: View, t: Language) -> None:
    """Every day that has rows, with all KPIs."""
    st.dataframe(
        table(days),
        hide_index=True,
        height=(_ROWS_SHOWN + 1) * _ROW_HEIGHT if len(days) > _ROWS_SHOWN else "content",
        row_height=_ROW_HEIGHT,
        column_config=_columns(view, t),
        placeholder=MISSING,
        alt=t("Figures by day"),
    )
    missing = view.span.days - len(days)
    if missing:
        st.caption(
            t.plural(
                "{n} day without a row is left out: nothing was reported for it.",
                "{n} days without a row are left out: nothing was reported for them.",
                missing,
            )
        )


def table(days: Sequence[Day]) -> pa.Table:
    """The days' columns, rounded to what they show."""
    columns: dict[str, Any] = {"day": pa.array([day.date for day in days], pa.date32())}
    for kpi in KPIS:
        values = [kpi.value(day.figures) for day in days]
        digits = _DIGITS[kpi.unit]
        rounded = [None if value is None else round(value, digits) for value in values]
        columns[kpi.key] = pa.array(rounded, pa.float64())
    return pa.table(columns)


def _columns(view: View, t: Language) -> dict[str, Any]:
    config = st.column_config
    unit = currency_unit(view.currency, t)
    days = {"day": config.DateColumn(t("Day"), format="YYYY-MM-DD", pinned=True)}
    return days | {kpi.key: _column(kpi, unit, t) for kpi in KPIS}


def _column(kpi: Kpi, unit: str, t: Language) -> Any:
    label = f"{t(kpi.label)} ({unit})" if kpi.unit is Unit.MONEY else t(kpi.label)
    return st.column_config.NumberColumn(
        label,
        help=t(kpi.formula),
        format="percent" if kpi.unit is Unit.SHARE else "localized",
        step=10 ** -_DIGITS[kpi.unit],
    )
