"""Figures as horizontal bars in Streamlit's native ECharts, a bar a position."""

from typing import Any

import streamlit as st

from components.charts.figure import Figure
from components.theme import Tokens, tokens

_BAR, _AROUND = 40, 40  # pixels a bar, and around them all
_ROOM_FOR_TEXT = 1.4  # behind the longest bar, also on a phone


def draw(figure: Figure, key: str) -> None:
    """Draw a figure of one line in the reader's theme, the first position at the top."""
    st.echarts_chart(
        option(figure, tokens()),
        height=_AROUND + _BAR * len(figure.ticks),
        key=key,
        renderer="svg",
        alt=figure.alt,
    )


def option(figure: Figure, tokens: Tokens) -> dict[str, Any]:
    """The ECharts option: each bar with its text behind it, so that no axis is needed."""
    (line,) = figure.lines
    color = getattr(tokens, line.token)
    return {
        "animationDuration": 300,
        "grid": {"left": 4, "right": 12, "top": 4, "bottom": 4, "containLabel": True},
        "tooltip": {"show": False},
        "xAxis": {"type": "value", "show": False, "max": figure.steps[-1] * _ROOM_FOR_TEXT},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(figure.ticks),
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {"color": tokens.text},
        },
        "series": [
            {
                "type": "bar",
                "name": line.name,
                "barWidth": "60%",
                "itemStyle": {"color": color},
                "data": [
                    {"value": value or 0.0, "label": {"formatter": _plain(text)}}
                    for value, text in zip(line.values, line.texts, strict=True)
                ],
                "label": {"show": True, "position": "right", "color": tokens.text},
            }
        ],
    }


def _plain(text: str) -> str:
    """A text in which ECharts finds no placeholder."""
    return text.replace("{", "").replace("}", "")
