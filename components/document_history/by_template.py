"""What each template's documents have come to: time, score and satisfaction as bars."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.charts import card, echarts_bars
from components.charts.figure import Figure, Line, round_steps
from components.labels import literal
from core.documents.searching import LEAST, TemplateRecord
from core.i18n import Language

Value = Callable[[TemplateRecord], float | None]


def show(records: Sequence[TemplateRecord], t: Language) -> None:
    """Three charts of means; templates with too few documents are named instead."""
    st.subheader(t("By template"))
    if all(one.documents < LEAST for one in records):
        st.info(
            t(
                "Time, score and satisfaction are told of a template from {n} documents on.",
                n=t.number(LEAST),
            ),
            icon=":material/bar_chart:",
        )
        return
    with st.grid(3, min_column_width=250) as grid:
        with grid.cell():
            title = t("Mean time taken, in seconds")
            _card(title, "by_template_seconds", records, t, _seconds, lambda x: t.number(x, 2))
        with grid.cell():
            title = t("Mean score")
            _card(title, "by_template_score", records, t, _score, lambda x: t.percent(x, 0))
        with grid.cell():
            title = t("Mean satisfaction, from 1 to 5")
            _card(title, "by_template_stars", records, t, _satisfaction, lambda x: t.number(x, 1))
    few = [one for one in records if one.documents < LEAST]
    told = [
        t(
            "Means of the documents found above; the tables tell of how many. Of fewer than "
            "{n} none is told.",
            n=t.number(LEAST),
        )
    ]
    if few:
        names = ", ".join(f"{literal(t(one.name))} ({t.number(one.documents)})" for one in few)
        told.append(t("Too few documents yet: {names}.", names=names))
    st.caption(" ".join(told))


def figure(
    title: str,
    records: Sequence[TemplateRecord],
    t: Language,
    value: Value,
    text: Callable[[float], str],
) -> Figure | None:
    """A bar for each template of which a mean is told; ``None`` where there is none."""
    told = [(one, mean) for one in records if (mean := value(one)) is not None]
    if not told:
        return None
    names = tuple(t(one.name) for one, _ in told)
    counted = tuple(f"{t(one.name)} ({t.number(_counted(one, value))})" for one, _ in told)
    texts = tuple(text(mean) for _, mean in told)
    means = tuple(mean for _, mean in told)
    steps = round_steps(max(means))
    pairs = ", ".join(f"{name} {shown}" for name, shown in zip(counted, texts, strict=True))
    return Figure(
        ticks=names,
        headings=counted,
        lines=(Line(title, means, texts, "first"),),
        steps=steps,
        step_texts=tuple(t.number(step, 2) for step in steps),
        alt=t("{title} by template: {pairs}", title=title, pairs=pairs),
    )


def _card(
    title: str,
    key: str,
    records: Sequence[TemplateRecord],
    t: Language,
    value: Value,
    text: Callable[[float], str],
) -> None:
    drawn = figure(title, records, t, value, text)
    if drawn is not None:
        card.show(title, drawn, key, t, positions=t("Template"), draw=echarts_bars.draw)
        return
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.caption(t("No template has {n} ratings yet.", n=t.number(LEAST)))


def _counted(one: TemplateRecord, value: Value) -> int:
    return one.ratings if value is _satisfaction else one.documents


def _seconds(one: TemplateRecord) -> float | None:
    return one.seconds


def _score(one: TemplateRecord) -> float | None:
    return one.score


def _satisfaction(one: TemplateRecord) -> float | None:
    return one.satisfaction
