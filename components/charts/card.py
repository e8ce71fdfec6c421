"""A chart in a card, with its table twin one switch away."""

from collections.abc import Callable

import pyarrow.lib as pa
import streamlit as st

from components.charts.echarts import option
from components.charts.figure import Figure
from components.theme import tokens
from core.i18n import MISSING, Language

_HEIGHT = 340


def show(
    title: str,
    figure: Figure,
    key: str,
    t: Language,
    *,
    positions: str | None = None,
    draw: Callable[[Figure, str], None] | None = None,
    table: Callable[[], None] | None = None,
) -> None:
    """Draw the figure, or its table where the reader asked for that; only one is computed.

    ``positions`` heads the table's first column, days by default; ``draw`` draws the figure
    under a key, by ECharts where nothing is given; ``table`` draws the table where it says
    more than the figure's own texts.
    """
    with st.container(border=True):
        st.subheader(title, anchor=False)
        drawing = st.container()
        # Below: the chart's own buttons come up at its top when somebody points at it.
        as_table = st.toggle(t("Show as table"), key=f"{key}_as_table", persist_state="session")
        with drawing:
            if as_table and table:
                table()
            elif as_table:
                _table(title, figure, positions or t("Days"))
            else:
                (draw or _chart)(figure, f"{key}_chart")


def _chart(figure: Figure, key: str) -> None:
    st.echarts_chart(
        option(figure, tokens()),
        height=_HEIGHT,
        key=key,
        renderer="svg",
        alt=figure.alt,
    )


def _table(title: str, figure: Figure, positions: str) -> None:
    columns = {positions: list(figure.headings)}
    columns |= {line.name: list(line.texts) for line in figure.lines}
    right = {line.name: st.column_config.TextColumn(alignment="right") for line in figure.lines}
    st.dataframe(
        pa.table(columns),
        hide_index=True,
        height=_HEIGHT,
        column_config=right,
        placeholder=MISSING,
        alt=title,
    )
