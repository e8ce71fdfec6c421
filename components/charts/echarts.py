"""Figures for Streamlit's native ECharts, everything a reader reads written by us.

ECharts formats numbers in English and takes no JavaScript here. So the axis labels are a
category axis of texts beside the value axis, and the tooltip is a template over texts that
travel with the data.
"""

from html import escape
from typing import Any

from components.charts.figure import Figure, Line
from components.theme import Tokens

_LABELS_WANTED = 6
_STROKE = "path://M0,9 h24 v2 h-24 Z"
_DASHES = "path://M0,9 h6 v2 h-6 Z M9,9 h6 v2 h-6 Z M18,9 h6 v2 h-6 Z"
_TOP, _TOP_NARROW = 44, 64  # room for one row of legend, and for two


def option(figure: Figure, tokens: Tokens) -> dict[str, Any]:
    """The ECharts option of a figure, as plain JSON values."""
    return {
        "animationDuration": 300,
        "grid": {"left": 4, "right": 12, "top": _TOP, "bottom": 4, "containLabel": True},
        "legend": {
            "left": 0,
            "top": 0,
            "itemWidth": 22,
            "itemGap": 18,
            "data": [
                {"name": line.name, "icon": _DASHES if line.dashed else _STROKE}
                for line in figure.lines
            ],
            "textStyle": {"color": tokens.text},
        },
        "tooltip": {
            "trigger": "axis",
            "confine": True,
            "formatter": _tooltip(figure, tokens),
            "axisPointer": {"type": "line", "label": {"show": False}},
        },
        "dataset": {"dimensions": _dimensions(figure), "source": _source(figure)},
        "xAxis": _across(len(figure.ticks), tokens),
        "yAxis": [_values(figure.steps, tokens), _texts(figure.step_texts, tokens)],
        "series": [_series(position, line, tokens) for position, line in enumerate(figure.lines)],
        "media": [{"query": {"maxWidth": 420}, "option": {"grid": {"top": _TOP_NARROW}}}],
    }


def _dimensions(figure: Figure) -> list[str]:
    count = len(figure.lines)
    return ["tick", "heading", *(f"value{i}" for i in range(count)), *_texts_of(count)]


def _texts_of(count: int) -> list[str]:
    return [f"text{i}" for i in range(count)]


def _source(figure: Figure) -> list[list[str | float | None]]:
    """A row for each position: tick, heading, the values, and the values as texts."""
    columns = [line.values for line in figure.lines]
    texts = [line.texts for line in figure.lines]
    return [list(row) for row in zip(figure.ticks, figure.headings, *columns, *texts, strict=True)]


def _tooltip(figure: Figure, tokens: Tokens) -> str:
    rows = [
        f'<div style="display:flex;gap:16px;justify-content:space-between">'
        f'<span><span style="color:{getattr(tokens, line.token)}">●</span> {escape(line.name)}'
        f"</span><b>{{@text{position}}}</b></div>"
        for position, line in enumerate(figure.lines)
    ]
    return "<div>{@heading}</div>" + "".join(rows)


def _across(count: int, tokens: Tokens) -> dict[str, Any]:
    # A label every week or every other one: equal distances, never crowded.
    every = max(1, -(-count // _LABELS_WANTED))
    if every > 3 and count <= 92:
        every = -(-every // 7) * 7
    return {
        "type": "category",
        "boundaryGap": False,
        "axisTick": {"show": False},
        "axisLine": {"show": True, "lineStyle": {"color": tokens.grid}},
        "axisLabel": {"interval": every - 1, "color": tokens.muted, "margin": 12},
    }


def _values(steps: tuple[float, ...], tokens: Tokens) -> dict[str, Any]:
    return {
        "type": "value",
        "min": 0,
        "max": steps[-1],
        "interval": steps[1],
        "axisLabel": {"show": False},
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "splitLine": {"show": True, "lineStyle": {"color": tokens.grid, "type": "solid"}},
    }


def _texts(labels: tuple[str, ...], tokens: Tokens) -> dict[str, Any]:
    return {
        "type": "category",
        "position": "left",
        "boundaryGap": False,
        "data": list(labels),
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "splitLine": {"show": False},
        "axisLabel": {"interval": 0, "color": tokens.muted},
        "axisPointer": {"show": False},
    }


def _series(position: int, line: Line, tokens: Tokens) -> dict[str, Any]:
    color = getattr(tokens, line.token)
    style = {"color": color, "width": 1.6 if line.dashed else 2.2}
    return {
        "type": "line",
        "name": line.name,
        "encode": {"x": "tick", "y": f"value{position}"},
        "yAxisIndex": 0,
        "showSymbol": _has_lone_values(line),
        "showAllSymbol": True,
        "symbolSize": 7,
        "connectNulls": False,
        "color": color,
        "itemStyle": {"color": color},
        "lineStyle": style | {"type": "dashed" if line.dashed else "solid"},
        "z": 2 if line.dashed else 3,
    }


def _has_lone_values(line: Line) -> bool:
    """Whether a value has gaps on both sides, where a line alone would draw nothing."""
    padded = (None, *line.values, None)
    return any(
        value is not None and before is None and after is None
        for before, value, after in zip(padded, padded[1:], padded[2:], strict=False)
    )
