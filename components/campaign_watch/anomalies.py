"""Unusual days: which they were, and one campaign's days with what was to be expected."""

from collections.abc import Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components.charts import card, plotly
from components.charts.figure import Figure, Line, steps_for
from components.charts.spend_revenue import axis_texts
from components.filters import read_any_language
from components.links import campaign_address
from core.campaigns.anomalies import WATCHED, Anomalies, Anomaly, ExpectedCourse
from core.campaigns.expected import MIN_DAYS
from core.campaigns.kpis import Kpi, Unit, written
from core.i18n import MISSING, Language

ROWS = 50
_ROW_HEIGHT = 36


def show(found: Anomalies | None, currency: str, t: Language) -> None:
    """A table of all campaigns' unusual days, or that there were none."""
    if found is None or not found.judged:
        st.info(too_early(t), icon=":material/hourglass_empty:")
        return
    if not found.found:
        st.info(_nothing(found, t), icon=":material/check_circle:")
        return
    table(found.found[:ROWS], currency, t, is_linked=True)
    st.caption(_judged(found, t))


def of_campaign(found: Anomalies | None, campaign_id: int, currency: str, t: Language) -> None:
    """The same for one campaign."""
    own = [one for one in found.found if one.campaign_id == campaign_id] if found else []
    if own:
        table(own, currency, t, is_linked=False)
    if found and found.judged:
        st.caption(_judged(found, t) if own else _nothing(found, t))


def table(rows: Sequence[Anomaly], currency: str, t: Language, *, is_linked: bool) -> None:
    """Day, figure, value and expected range of each anomaly, as texts a reader reads."""
    kpis = [WATCHED[one.kpi][0] for one in rows]
    columns: dict[str, list[str]] = {}
    if is_linked:
        columns["open"] = [campaign_address(one.campaign_id) for one in rows]
        columns["campaign"] = [one.name for one in rows]
    columns |= {
        "day": [t.date(one.day) for one in rows],
        "kpi": [t(kpi.label) for kpi in kpis],
        "value": [_value(kpi, one.value, currency, t) for kpi, one in zip(kpis, rows, strict=True)],
        "range": [
            f"{_value(kpi, one.low, currency, t)} – {_value(kpi, one.high, currency, t)}"
            for kpi, one in zip(kpis, rows, strict=True)
        ],
        "direction": [t("above") if one.is_above else t("below") for one in rows],
    }
    st.dataframe(
        pa.table(columns),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        column_config=_columns(t),
        placeholder=MISSING,
        alt=t("Days outside the usual range"),
    )


def _columns(t: Language) -> dict[str, Any]:
    config = st.column_config
    return {
        "campaign": config.TextColumn(t("Campaign"), pinned=True),
        "day": config.TextColumn(t("Day")),
        "kpi": config.TextColumn(t("Figure")),
        "value": config.TextColumn(t("Value"), alignment="right"),
        "range": config.TextColumn(
            t("Usual range"),
            alignment="right",
            help=t("Where 95 of 100 ordinary days of this campaign and weekday lie."),
        ),
        "direction": config.TextColumn(t("Direction")),
        "open": config.LinkColumn(t("Details"), display_text=t("Open"), width=70),
    }


def choose(t: Language) -> str:
    """Which figure the chart shows; kept in the URL."""
    names = list(WATCHED)
    read_any_language("figure", names, lambda kpi, to: to(WATCHED[kpi][0].label), t)
    chosen = st.segmented_control(
        t("Figure"),
        names,
        default=names[0],
        required=True,
        format_func=lambda kpi: t(WATCHED[kpi][0].label),
        label_visibility="collapsed",
        key="figure",
        bind="query-params",
    )
    return chosen or names[0]


def chart(course: ExpectedCourse | None, currency: str, t: Language) -> None:
    """A figure by day, between the lines of its usual range."""
    if course is None or all(value is None for value in course.values):
        st.info(t("No day has this figure yet."), icon=":material/hourglass_empty:")
        return
    kpi = WATCHED[course.kpi][0]
    title = t("{kpi} by day, with its usual range", kpi=t(kpi.label))
    card.show(title, figure(course, kpi, currency, t), "expected", t, draw=plotly.draw)
    if all(value is None for value in course.high):
        st.caption(too_early(t))


def figure(course: ExpectedCourse, kpi: Kpi, currency: str, t: Language) -> Figure:
    """The chart of a course, with the values as a reader reads them."""

    def line(name: str, values: tuple[float | None, ...], token: str, dashed: bool) -> Line:
        texts = tuple(written(kpi, value, currency, t) for value in values)
        return Line(name, values, texts, token, dashed)

    lines = [
        line(t(kpi.label), course.values, "first", False),
        line(t("Usually at most"), course.high, "muted", True),
        line(t("Usually at least"), course.low, "muted", True),
    ]
    steps = steps_for(lines)
    return Figure(
        ticks=tuple(t.day_month(day) for day in course.days),
        headings=tuple(f"{t.date(day, 'EEE')}, {t.date(day)}" for day in course.days),
        lines=tuple(lines),
        steps=steps,
        step_texts=_axis(steps, kpi, currency, t),
        alt=_alt(course, kpi, t),
    )


def too_early(t: Language) -> str:
    """Why there is no usual range yet."""
    return t(
        "Too early to tell: a figure needs {days} days, a third of them above zero, before it "
        "has a usual range.",
        days=t.number(MIN_DAYS),
    )


def _axis(steps: tuple[float, ...], kpi: Kpi, currency: str, t: Language) -> tuple[str, ...]:
    if kpi.unit is Unit.MONEY:
        return axis_texts(steps, currency, t)
    return tuple(written(kpi, step, currency, t, short=True) for step in steps)


def _alt(course: ExpectedCourse, kpi: Kpi, t: Language) -> str:
    days = zip(course.values, course.low, course.high, strict=True)
    outside = sum(
        value is not None and low is not None and high is not None and not low <= value <= high
        for value, low, high in days
    )
    return t(
        "{kpi} from {start} to {end}: {outside} of {days} days outside the usual range",
        kpi=t(kpi.label),
        start=t.date(course.days[0]),
        end=t.date(course.days[-1]),
        outside=t.number(outside),
        days=t.number(len(course.days)),
    )


def _value(kpi: Kpi, value: float, currency: str, t: Language) -> str:
    return written(kpi, round(value, 1) if kpi.unit is Unit.COUNT else value, currency, t)


def _nothing(found: Anomalies, t: Language) -> str:
    return t(
        "Nothing unusual from {start} to {end}: {series} series were judged by their own "
        "weekdays, trend and noise.",
        start=t.date(found.first_day),
        end=t.date(found.last_day),
        series=t.number(found.judged),
    )


def _judged(found: Anomalies, t: Language) -> str:
    return t(
        "Of {series} series judged from {start} to {end}. About one line in twenty is chance.",
        series=t.number(found.judged),
        start=t.date(found.first_day),
        end=t.date(found.last_day),
    )
