"""The versions of a family: how good each day's is, and the list of a day's."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.charts import card, plotly
from components.charts.model_quality import auc_by_day
from components.models import detail, names
from core.accounts.access import Principal
from core.i18n import Language
from core.registry import service
from core.registry.schemas import Family, Version
from wiring import services


def families() -> tuple[Family, ...]:
    """Every family of models there is."""
    return services().model_families


def show(principal: Principal, family: Family, t: Language) -> None:
    """A family's chart, a day's versions, and the one that is chosen."""
    with services().reading() as session:
        versions = service.list_versions(session, principal, family)
    if not versions:
        _empty(t)
        return
    _chart(family, versions, t)
    st.subheader(t("Versions"), anchor=False)
    day = _day(family, versions, t)
    of_day = [one for one in versions if one.name == family.model(day)]
    if not of_day:
        st.caption(t("Nothing was trained for this day yet."))
        return
    detail.show(principal, _choose(of_day, t), t)


def _empty(t: Language) -> None:
    st.info(
        t(
            "No model was trained yet. Import courses that have ended on the Data page, of at "
            "least two start dates, then train one for a day of the course."
        ),
        icon=":material/model_training:",
    )


def _chart(family: Family, versions: Sequence[Version], t: Language) -> None:
    """The version that answers for each day, or the newest where none does."""
    shown = {}
    for day, name in family.models:
        of_day = [one for one in versions if one.name == name]
        best = [one for one in of_day if one.is_champion] or of_day
        if best:
            shown[day] = best[0]
    if any("auc" not in one.metrics for one in shown.values()):
        _intervals(shown, t)
        return
    card.show(
        t("How well learners are told apart (AUC), by day of the course"),
        auc_by_day(shown, t),
        "auc",
        t,
        positions=t("Day"),
        draw=plotly.draw,
    )
    st.caption(
        t(
            "1 is perfect, 0.5 is chance. Measured on courses that came after those learned "
            "from; of the version that answers, or of the newest where none does."
        )
    )


def _intervals(shown: dict[int, Version], t: Language) -> None:
    """How far the forecasts of each day may be relied on."""
    rows = [
        {
            t("Day"): t.number(day),
            **{
                t(label): names.measured(name, one.metrics.get(name), t)
                for name, label in names.measures(one.metrics).items()
            },
        }
        for day, one in shown.items()
    ]
    st.dataframe(rows, hide_index=True, alt=t("How good the forecasts of each day are"))
    st.caption(
        t(
            "Measured on courses that came after those learned from; of the version that "
            "answers, or of the newest where none does."
        )
    )


def _day(family: Family, versions: Sequence[Version], t: Language) -> int:
    newest = next(day for day, name in family.models if name == versions[0].name)
    day: int | None = st.segmented_control(
        t("Day of the course"),
        family.days,
        default=newest,
        required=True,
        format_func=t.number,
        key=f"{family.name}-day",
        bind="query-params",
    )
    return day or newest


def _choose(versions: list[Version], t: Language) -> Version:
    """The list; the chosen version, at first the one that answers."""
    event = st.dataframe(
        [_row(one, t) for one in versions],
        key=f"versions-{versions[0].name}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=_columns(versions[0], t),
        alt=t("Versions with their verdict and how good they are"),
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(versions):
        return versions[rows[0]]
    return next((one for one in versions if one.is_champion), versions[0])


def _row(version: Version, t: Language) -> dict[str, Any]:
    return {
        "version": t.number(version.version),
        "verdict": detail.verdict(version, t),
        "trained": t.date(version.trained_at.date()),
        "algorithm": names.algorithm_name(version.algorithm, t),
        **{
            name: names.measured(name, version.metrics.get(name), t)
            for name in names.in_list(version.metrics)
        },
    }


def _columns(version: Version, t: Language) -> dict[str, Any]:
    column = st.column_config
    return {
        "version": column.TextColumn(t("Version"), width=66, pinned=True),
        "verdict": column.TextColumn(t("Verdict"), width=135),
        "trained": column.TextColumn(t("Trained"), width=95),
        "algorithm": column.TextColumn(t("Algorithm"), width=140),
        **{
            name: column.TextColumn(t(label), alignment="right", width=82)
            for name, label in names.in_list(version.metrics).items()
        },
    }
