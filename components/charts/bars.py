"""Figures as horizontal bars in Plotly, as plain dicts: a bar a position, stacked by line."""

from typing import Any

import streamlit as st

from components.charts.figure import Figure, Line
from components.charts.plotly import CONFIG
from components.theme import Tokens, tokens

_BAR, _AROUND = 34, 60  # pixels a bar, and around them all
_ROOM_FOR_TEXT = 1.4  # behind the longest bar, also on a phone


def draw(figure: Figure, key: str) -> None:
    """Draw a figure in the reader's theme, the first position at the top."""
    st.plotly_chart(
        described(figure, tokens()),
        height=_AROUND + _BAR * len(figure.ticks),
        key=key,
        theme="streamlit",
        config=CONFIG,
        alt=figure.alt,
    )


def described(figure: Figure, tokens: Tokens) -> dict[str, Any]:
    """The figure as Plotly's plain values; its horizontal axis spans the figure's steps."""
    return {
        "data": [_bars(figure, line, tokens) for line in figure.lines],
        "layout": {
            "barmode": "stack",
            "bargap": 0.35,
            "margin": {"l": 4, "r": 16, "t": 8, "b": 4},
            "hovermode": "y unified",
            "showlegend": len(figure.lines) > 1,
            "legend": {
                "orientation": "h",
                "traceorder": "normal",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
            },
            "font": {"color": tokens.text},
            "yaxis": {
                "type": "category",
                "autorange": "reversed",
                "automargin": True,
                "tickfont": {"color": tokens.text},
                "showgrid": False,
            },
            "xaxis": _horizontal(figure, tokens),
        },
    }


def _bars(figure: Figure, line: Line, tokens: Tokens) -> dict[str, Any]:
    """One line's bars; a single line has its values written behind them."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": line.name,
        "y": list(figure.ticks),
        "x": list(line.values),
        "customdata": list(line.texts),
        "hovertemplate": "%{customdata}",
        "text": list(line.texts) if len(figure.lines) == 1 else None,
        "textposition": "outside",
        "textfont": {"color": tokens.text},
        "cliponaxis": False,
        "marker": {"color": getattr(tokens, line.token)},
    }


def _horizontal(figure: Figure, tokens: Tokens) -> dict[str, Any]:
    return {
        "range": [figure.steps[0], figure.steps[-1] * _room(figure)],
        "tickvals": list(figure.steps),
        "ticktext": list(figure.step_texts),
        "gridcolor": tokens.grid,
        "zeroline": False,
        "tickfont": {"color": tokens.muted},
    }


def _room(figure: Figure) -> float:
    """How much wider than its steps the axis is; only single bars have their text behind them."""
    return _ROOM_FOR_TEXT if len(figure.lines) == 1 else 1.0
