"""Figures for Plotly, as plain dicts: drawn as SVG, with everything a reader reads by us."""

from typing import Any

import streamlit as st

from components.charts.figure import Figure, Line
from components.theme import Tokens, tokens

_HEIGHT = 340
_MANY = 31  # positions beyond which markers crowd
_TICKS = 6
CONFIG = {"displayModeBar": False, "responsive": True}


def draw(figure: Figure, key: str) -> None:
    """Draw a figure in the reader's theme."""
    st.plotly_chart(
        described(figure, tokens()),
        height=_HEIGHT,
        key=key,
        theme="streamlit",
        config=CONFIG,
        alt=figure.alt,
    )


def described(figure: Figure, tokens: Tokens) -> dict[str, Any]:
    """The figure as Plotly's plain values; its vertical axis spans the figure's steps."""
    return {
        "data": [_trace(figure, line, tokens) for line in figure.lines],
        "layout": {
            "margin": {"l": 4, "r": 12, "t": 8, "b": 4},
            "hovermode": "x unified",
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "font": {"color": tokens.text},
            "xaxis": {
                "type": "category",
                "automargin": True,
                "nticks": _TICKS,
                "tickangle": 0,
                "showgrid": False,
                "linecolor": tokens.grid,
                "tickfont": {"color": tokens.muted},
            },
            "yaxis": {
                "automargin": True,
                "range": [figure.steps[0], figure.steps[-1]],
                "tickvals": list(figure.steps),
                "ticktext": list(figure.step_texts),
                "gridcolor": tokens.grid,
                "zeroline": False,
                "tickfont": {"color": tokens.muted},
            },
        },
    }


def _trace(figure: Figure, line: Line, tokens: Tokens) -> dict[str, Any]:
    color = getattr(tokens, line.token)
    is_long = len(figure.ticks) > _MANY
    return {
        "type": "scatter",
        "mode": "lines" if line.dashed and is_long else "lines+markers",
        "name": line.name,
        "x": list(figure.ticks),
        "y": list(line.values),
        "customdata": list(line.texts),
        "hovertemplate": "%{customdata}",
        "cliponaxis": False,  # a point at the lowest step is drawn whole
        "line": {
            "color": color,
            "width": 1.6 if line.dashed else 2.2,
            "dash": "dash" if line.dashed else "solid",
        },
        "marker": {
            "color": color,
            "size": 5 if is_long else 8,
            "symbol": "circle-open" if line.dashed else "circle",
        },
    }
