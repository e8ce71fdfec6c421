"""A response curve with its doubt: a line in a band, and the points of today and tomorrow."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.charts.figure import Figure, Line, round_steps
from components.charts.plotly import CONFIG
from components.charts.spend_revenue import axis_texts
from components.theme import Tokens, tokens
from core.campaigns.optimizer.curve import Curve, CurvePoint
from core.i18n import Language

_HEIGHT = 380


def figure(curve: Curve, currency: str, t: Language) -> Figure:
    """The curve in words and as the lines of its table."""
    points = _by_spend(curve)
    spends = tuple(_spend_text(point, curve, currency, t) for point in points)
    lines = tuple(
        _line(name, [getattr(point.revenue, part) for point in points], currency, t)
        for name, part in (
            (t("Expected revenue"), "mean"),
            (t("5% are lower"), "p05"),
            (t("5% are higher"), "p95"),
        )
    )
    steps = _steps(curve)
    return Figure(
        ticks=spends,
        headings=spends,
        lines=lines,
        steps=steps,
        step_texts=axis_texts(steps, currency, t),
        alt=t(
            "Revenue that spend on {campaign} brings: {now} brings {brings_now}, {then} brings "
            "{brings_then}",
            campaign=curve.name,
            now=t.money(curve.now.spend, currency, 0),
            brings_now=_told(curve.now, currency, t),
            then=t.money(curve.then.spend, currency, 0),
            brings_then=_told(curve.then, currency, t),
        ),
    )


def draw(curve: Curve, currency: str, t: Language, figure: Figure, key: str) -> None:
    """Draw the curve in the reader's theme."""
    st.plotly_chart(
        described(curve, currency, t, figure, tokens()),
        height=_HEIGHT,
        key=key,
        theme="streamlit",
        config=CONFIG,
        alt=figure.alt,
    )


def described(
    curve: Curve, currency: str, t: Language, figure: Figure, tokens: Tokens
) -> dict[str, Any]:
    """The curve as Plotly's plain values; both axes begin at zero."""
    across = round_steps(curve.points[-1].spend)
    return {
        "data": [
            _edge(curve, "p95", tokens, t),
            _edge(curve, "p05", tokens, t),
            _middle(curve, currency, t, tokens),
            _point(curve.now, t("Today"), "circle", tokens.second, currency, t),
            _point(curve.then, t("Suggested"), "diamond", tokens.text, currency, t),
        ],
        "layout": {
            "margin": {"l": 4, "r": 16, "t": 8, "b": 4},
            "hovermode": "closest",
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "font": {"color": tokens.text},
            "xaxis": _axis(across, axis_texts(across, currency, t), tokens)
            | {
                "title": {"text": t("Spend over these days")},
                "range": [0, curve.points[-1].spend],
            },
            "yaxis": _axis(figure.steps, figure.step_texts, tokens)
            | {"title": {"text": t("Revenue caused")}},
            "shapes": _seen(curve, tokens),
        },
    }


def _edge(curve: Curve, part: str, tokens: Tokens, t: Language) -> dict[str, Any]:
    """An edge of the band; the lower one fills up to the upper one."""
    is_lower = part == "p05"
    return {
        "type": "scatter",
        "mode": "lines",
        "name": t("90% interval"),
        "showlegend": is_lower,
        "x": [point.spend for point in curve.points],
        "y": [getattr(point.revenue, part) for point in curve.points],
        "line": {"color": tokens.first, "width": 0.6},
        "fill": "tonexty" if is_lower else "none",
        "fillcolor": _faint(tokens.first),
        "hoverinfo": "skip",
    }


def _middle(curve: Curve, currency: str, t: Language, tokens: Tokens) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": t("Expected revenue"),
        "x": [point.spend for point in curve.points],
        "y": [point.revenue.mean for point in curve.points],
        "customdata": [
            f"{t.money(point.spend, currency, 0)}: {_told(point, currency, t)}"
            for point in curve.points
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": tokens.first, "width": 2.4},
    }


def _point(
    point: CurvePoint, name: str, symbol: str, color: str, currency: str, t: Language
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [point.spend],
        "y": [point.revenue.mean],
        "customdata": [f"{t.money(point.spend, currency, 0)}: {_told(point, currency, t)}"],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": color, "size": 12, "symbol": symbol},
    }


def _seen(curve: Curve, tokens: Tokens) -> list[dict[str, Any]]:
    """A line where spend ends that was seen, if the curve goes on beyond."""
    if curve.seen_most >= curve.points[-1].spend:
        return []
    line = {"color": tokens.muted, "width": 1.4, "dash": "dot"}
    across = {"x0": curve.seen_most, "x1": curve.seen_most}
    return [{"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": line, **across}]


def _axis(steps: Sequence[float], texts: Sequence[str], tokens: Tokens) -> dict[str, Any]:
    return {
        "automargin": True,
        "range": [0, steps[-1]],
        "tickvals": list(steps),
        "ticktext": list(texts),
        "gridcolor": tokens.grid,
        "zeroline": False,
        "tickfont": {"color": tokens.muted},
    }


def _by_spend(curve: Curve) -> list[CurvePoint]:
    """Every fourth point, with those of today and of the plan, in order of spend."""
    chosen = {point.spend: point for point in curve.points[::4]}
    chosen |= {curve.now.spend: curve.now, curve.then.spend: curve.then}
    return [chosen[spend] for spend in sorted(chosen)]


def _spend_text(point: CurvePoint, curve: Curve, currency: str, t: Language) -> str:
    text = t.money(point.spend, currency, 0)
    if point == curve.now:
        return t("{spend} (today)", spend=text)
    return t("{spend} (suggested)", spend=text) if point == curve.then else text


def _line(name: str, values: Sequence[float], currency: str, t: Language) -> Line:
    return Line(name, tuple(values), tuple(t.money(one, currency, 0) for one in values), "first")


def _steps(curve: Curve) -> tuple[float, ...]:
    return round_steps(max(point.revenue.p95 for point in curve.points))


def _told(point: CurvePoint, currency: str, t: Language) -> str:
    mean, low, high = (
        t.money(one, currency, 0)
        for one in (point.revenue.mean, point.revenue.p05, point.revenue.p95)
    )
    return t("{mean} ({low} to {high})", mean=mean, low=low, high=high)


def _faint(color: str) -> str:
    """A colour of the theme at a fifth of its strength."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.2)"
