"""Charts of the track record: predicted beside realised, and calibration."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil, floor
from typing import Any

import streamlit as st

from components.charts import card, plotly
from components.charts.figure import Figure, Line, round_steps
from components.theme import tokens
from components.track_record import wording
from core.i18n import Language
from core.track_record.calibration import LEVELS, measured, observed
from core.track_record.schemas import Accepted, Gain

_SHOWN = 12
_HEIGHT = 340


def intervals(records: Sequence[Accepted], t: Language) -> None:
    """The latest judged suggestions: predicted and realised, each with its 90% interval."""
    shown = measured(records)[:_SHOWN][::-1]
    gains = [(one.predicted, one.realised) for one in shown if one.realised]
    figure = _intervals(shown, gains, t)
    card.show(
        t("Predicted and realised gain"),
        figure,
        "track_intervals",
        t,
        positions=t("Suggestion"),
        draw=partial(_draw_intervals, gains),
    )


def calibration(records: Sequence[Accepted], t: Language) -> None:
    """Predicted quantiles against how often what came lies below them."""
    seen = observed(records)
    steps = (0.0, 0.25, 0.5, 0.75, 1.0)
    levels, told = _percent(LEVELS, t), _percent(seen, t)
    figure = Figure(
        ticks=levels,
        headings=levels,
        lines=(
            Line(t("Came at or below it"), seen, told, "first"),
            Line(t("Perfectly calibrated"), LEVELS, levels, "muted", dashed=True),
        ),
        steps=steps,
        step_texts=_percent(steps, t),
        alt=t(
            "How often what came lies at or below the predicted quantile: {values}",
            values=", ".join(f"{a}: {b}" for a, b in zip(levels, told, strict=True)),
        ),
    )
    card.show(
        t("Calibration"),
        figure,
        "track_calibration",
        t,
        positions=t("Predicted quantile"),
        draw=plotly.draw,
    )


def _percent(values: Sequence[float], t: Language) -> tuple[str, ...]:
    return tuple(t.percent(one, 0) for one in values)


def _intervals(
    shown: Sequence[Accepted], gains: Sequence[tuple[Gain, Gain]], t: Language
) -> Figure:
    names = tuple(f"{wording.title(one, t)} (#{one.id})" for one in shown)
    steps = _steps(gains)
    sides = ((t("Predicted"), 0, "muted"), (t("Realised"), 1, "first"))
    lines = tuple(
        Line(
            name,
            tuple(pair[side].mean for pair in gains),
            tuple(wording.share(pair[side], t) for pair in gains),
            token,
        )
        for name, side, token in sides
    )
    told = [
        t("{name}: predicted {predicted}, realised {realised}", name=name, predicted=a, realised=b)
        for name, a, b in zip(names, lines[0].texts, lines[1].texts, strict=True)
    ]
    return Figure(
        ticks=tuple(f"#{one.id}" for one in shown),
        headings=names,
        lines=lines,
        steps=steps,
        step_texts=tuple(t.percent(one, 0) for one in steps),
        alt=t("Gain with its 90% interval; {values}", values="; ".join(told)),
    )


def _steps(gains: Sequence[tuple[Gain, Gain]]) -> tuple[float, ...]:
    """Round steps that hold every interval and zero."""
    low = min((one.p05 for pair in gains for one in pair), default=0.0)
    high = max((one.p95 for pair in gains for one in pair), default=0.0)
    size = round_steps(max(high, -low, 0.01))[1]
    first, last = floor(min(low, 0.0) / size), ceil(max(high, 0.0) / size)
    return tuple(round(step * size, 6) for step in range(first, last + 1))


def _draw_intervals(gains: Sequence[tuple[Gain, Gain]], figure: Figure, key: str) -> None:
    drawn = plotly.described(replace(figure), tokens())
    for side, trace in enumerate(drawn["data"]):
        trace |= _with_interval([pair[side] for pair in gains], side, trace)
    drawn["layout"]["scattermode"] = "group"
    drawn["layout"]["yaxis"] |= {"zeroline": True, "zerolinecolor": tokens().muted}
    st.plotly_chart(
        drawn,
        height=_HEIGHT,
        key=key,
        theme="streamlit",
        config=plotly.CONFIG,
        alt=figure.alt,
    )


def _with_interval(gains: Sequence[Gain], side: int, trace: dict[str, Any]) -> dict[str, Any]:
    return {
        "mode": "markers",
        "offsetgroup": str(side),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [one.p95 - one.mean for one in gains],
            "arrayminus": [one.mean - one.p05 for one in gains],
            "color": trace["line"]["color"],
            "thickness": 2,
            "width": 6,
        },
    }
